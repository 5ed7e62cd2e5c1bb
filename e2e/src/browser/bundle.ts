import { build, type Rolldown } from "vite";

/**
 * One module and all that it imports, as a script for a browser, unminified.
 *
 * @param entry the module's file
 * @param name the global variable that gets what it exports
 */
export async function bundle(entry: string, name: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: "error",
    build: { lib: { entry, name, formats: ["iife"] }, minify: false, write: false },
  });
  const outputs = Array.isArray(built) ? built : [built];
  const chunks = outputs.flatMap((one) => ("output" in one ? one.output : [])).filter(isChunk);
  const [chunk] = chunks;
  if (chunk === undefined || chunks.length > 1) throw new Error(`${entry} did not become one script`);
  return chunk.code;
}

const isChunk = (one: Rolldown.OutputChunk | Rolldown.OutputAsset): one is Rolldown.OutputChunk => one.type === "chunk";
