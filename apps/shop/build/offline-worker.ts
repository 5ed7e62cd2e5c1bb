import type { Plugin, Rolldown } from "vite";

/** What the service worker keeps of one build. */
export type OfflineBuild = {
  /** Another one for each build whose page, files or worker differ. */
  readonly version: string;
  /** The script that the page begins with: a page that does not name it is of another build. */
  readonly entry: string;
  /** Paths from the root of the shop, without the page itself. */
  readonly files: readonly string[];
};

const worker = "service-worker.js";
const source = "/src/service-worker/service-worker.ts";

/**
 * What a ticket needs where there is no network: its two pages, the words of both languages, and the signing for
 * browsers that cannot do it themselves. What these import at once comes with them, what they load later does not.
 */
const roots = [
  "/shop/src/routes/ticket.tsx",
  "/shop/src/routes/tickets.tsx",
  "/messages/src/fr.ts",
  "/messages/src/en.ts",
  "/@noble/ed25519/index.js",
];
/** The scripts of both languages; whoever's name needs more has it from the fonts of the device. */
const isWanted = (file: string): boolean => !file.endsWith(".woff2") || /-latin-(?!ext)/.test(file);

/** For the shop's build: the service worker at its root, with the list of what it keeps in place of `OFFLINE_BUILD`. */
export function offlineWorker(): Plugin {
  return {
    name: "tessera:offline-worker",
    apply: "build",
    enforce: "post",
    buildStart() {
      this.emitFile({ type: "chunk", id: source, fileName: worker });
    },
    async generateBundle(_, bundle) {
      const chunk = bundle[worker];
      if (chunk?.type !== "chunk") throw new Error(`the build has no ${worker}`);
      if (chunk.imports.length > 0)
        throw new Error(`${worker} must stand alone, and imports ${chunk.imports.join(", ")}`);
      const build = JSON.stringify(await offlineBuild(bundle, chunk.code));
      chunk.code = chunk.code.replace("OFFLINE_BUILD", () => build);
    },
  };
}

async function offlineBuild(bundle: Rolldown.OutputBundle, code: string): Promise<OfflineBuild> {
  const chunks = Object.values(bundle).filter((output) => output.type === "chunk");
  const entry = chunks.find(({ isEntry, fileName }) => isEntry && fileName !== worker);
  if (entry === undefined) throw new Error("the build has no first script");
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
  for (const root of roots) {
    const chunk = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(root) ?? false);
    if (chunk === undefined)
      throw new Error(`the build has no chunk of its own for ${root}, which tickets need offline`);
    add(chunk);
  }
  const files = [...wanted].toSorted().map((file) => `/${file}`);
  const page = bundle["index.html"];
  if (page?.type !== "asset") throw new Error("the build has no page");
  const version = await digestOf([...files, page.source.toString(), code].join("\n"));
  return { version, entry: `/${entry.fileName}`, files };
}

async function digestOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest, 0, 6), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
