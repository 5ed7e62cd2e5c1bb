import { serveOffline } from "@tessera/offline/worker";
import { isShopPage } from "./shop-paths.ts";

serveOffline({ name: "shop", isPage: isShopPage, patienceMs: 2000 });
