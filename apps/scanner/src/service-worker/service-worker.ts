import { serveOffline } from "@tessera/offline/worker";
import { isScannerPage } from "./scanner-paths.ts";

// Somebody stands at the gate: half a second is all that the network gets.
serveOffline({ name: "scanner", isPage: isScannerPage, patienceMs: 500 });
