import type { Plugin, Rolldown } from "vite";

/** What the service worker keeps of one build (worker/serve-offline.ts). */
type OfflineBuild = {
  /** Another one for each build whose page, files or worker differ. */
  readonly version: string;
  /** The path of the page. */
  readonly page: string;
  /** The script that the page begins with: a page that does not name it is of another build. */
  readonly entry: string;
  /** Paths, without the page itself. */
  readonly files: readonly string[];
};

/**
 * What an app needs where there is no network: `everything`, or only some of its parts, named by how the paths of their
 * modules end. What these import at once comes with them, what they load later does not.
 */
type OfflineParts = "everything" | readonly string[];

const worker = "service-worker.js";
const source = "/src/service-worker/service-worker.ts";

/** The scripts of both languages; whoever's name needs more has it from the fonts of the device. */
const isWanted = (file: string): boolean => (file.endsWith(".woff2") ? /-latin-(?!ext)/.test(file) : true);

/** For an app's build: the service worker at its root, with the list of what it keeps in place of `OFFLINE_BUILD`. */
export function offlineWorker(parts: OfflineParts): Plugin {
  let base = "/";
  return {
    name: "tessera:offline-worker",
    apply: "build",
    enforce: "post",
    configResolved(config) {
      base = config.base;
    },
    buildStart() {
      this.emitFile({ type: "chunk", id: source, fileName: worker });
    },
    async generateBundle(_, bundle) {
      const chunk = bundle[worker];
      if (chunk?.type !== "chunk") throw new Error(`the build has no ${worker}`);
      if (chunk.imports.length > 0) {
        throw new Error(`${worker} must stand alone, and imports ${chunk.imports.join(", ")}`);
      }
      const build = JSON.stringify(await offlineBuild(bundle, chunk.code, base, parts));
      chunk.code = chunk.code.replace("OFFLINE_BUILD", () => build);
    },
  };
}

async function offlineBuild(
  bundle: Rolldown.OutputBundle,
  code: string,
  base: string,
  parts: OfflineParts,
): Promise<OfflineBuild> {
  const chunks = Object.values(bundle).filter((output) => output.type === "chunk");
  const entry = chunks.find(({ isEntry, fileName }) => isEntry && fileName !== worker);
  if (entry === undefined) throw new Error("the build has no first script");
  const page = bundle["index.html"];
  if (page?.type !== "asset") throw new Error("the build has no page");
  const names = parts === "everything" ? allFiles(bundle) : filesOf(chunks, entry, parts);
  const files = names.toSorted().map((file) => base + file);
  const version = await digestOf([...files, page.source.toString(), code].join("\n"));
  return { version, page: base, entry: base + entry.fileName, files };
}

/** What is under `assets/`: all that Vite made, scripts, styles, pictures, workers and WebAssembly. */
function allFiles(bundle: Rolldown.OutputBundle): string[] {
  return Object.keys(bundle).filter((file) => file.startsWith("assets/") && !file.endsWith(".map") && isWanted(file));
}

function filesOf(
  chunks: readonly Rolldown.OutputChunk[],
  entry: Rolldown.OutputChunk,
  parts: readonly string[],
): string[] {
  const wanted = new Set<string>();
  const add = (chunk: Rolldown.OutputChunk): void => {
    if (wanted.has(chunk.fileName)) return;
    wanted.add(chunk.fileName);
    for (const file of [...(chunk.viteMetadata?.importedCss ?? []), ...(chunk.viteMetadata?.importedAssets ?? [])]) {
      if (isWanted(file)) wanted.add(file);
    }
    for (const other of chunks.filter(({ fileName }) => chunk.imports.includes(fileName))) add(other);
  };
  add(entry);
  for (const part of parts) {
    const chunk = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(part) ?? false);
    if (chunk === undefined) throw new Error(`the build has no chunk of its own for ${part}, which is needed offline`);
    add(chunk);
  }
  return [...wanted];
}

async function digestOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest, 0, 6), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
