import { enableCompileCache } from "node:module";
import path from "node:path";

// What Node makes of the modules (types taken out, compiled) is kept beside the packages, and the next start takes half
// the time. It has to be said before they are imported.
enableCompileCache(path.join(import.meta.dirname, "..", "..", "..", "node_modules", ".cache", "tessera-compile"));
const { run } = await import("./program.ts");
await run();
