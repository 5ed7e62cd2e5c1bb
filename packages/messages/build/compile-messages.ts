import { audiences, type Audience, type Locale } from "@tessera/contracts";
import compile from "icu-minify/compile";
import type { Plugin } from "vite";
import { en } from "../src/en.ts";
import { fr } from "../src/fr.ts";

type Tree = { readonly [key: string]: string | Tree };
type Compiled = { readonly [key: string]: ReturnType<typeof compile> | Compiled };

const words: Record<Locale, Tree> = { fr, en };

/** The words of one app, parsed: the namespaces of the other apps are left out, and ICU syntax has become data. */
export function compileMessages(locale: Locale, app: Audience): Compiled {
  const others = new Set<string>(audiences.filter((audience) => audience !== app));
  return compileTree(Object.fromEntries(Object.entries(words[locale]).filter(([namespace]) => !others.has(namespace))));
}

function compileTree(tree: Tree): Compiled {
  return Object.fromEntries(
    Object.entries(tree).map(([key, value]) => [key, typeof value === "string" ? compile(value) : compileTree(value)]),
  );
}

const sources = /packages\/messages\/src\/(fr|en)\.ts$/;

/**
 * For an app's build: puts the compiled words in place of the sentences, and leaves use-intl's parser of ICU
 * MessageFormat out of the first chunk. In development the sentences stay as they are.
 */
export function compiledMessages(app: Audience): Plugin {
  return {
    name: "tessera:compiled-messages",
    apply: "build",
    config: () => ({
      resolve: {
        alias: [{ find: /^use-intl\/format-message$/, replacement: "use-intl/format-message/format-only" }],
      },
    }),
    load: {
      filter: { id: sources },
      handler(id) {
        const locale = sources.exec(id)?.[1] === "en" ? "en" : "fr";
        return { code: `export const ${locale} = ${JSON.stringify(compileMessages(locale, app))};`, moduleType: "js" };
      },
    },
  };
}
