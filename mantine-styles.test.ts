import { existsSync, globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const ui = `${import.meta.dirname}/packages/ui`;
const imported = readFileSync(`${ui}/src/theme/mantine.css`, "utf8");
const sources = globSync(["packages/ui/src/**/*.tsx", "apps/{shop,admin,scanner}/src/**/*.tsx"], {
  cwd: import.meta.dirname,
});

/** The components that some source takes from Mantine, and that have styles of their own. */
const used = new Set(
  sources
    .map((path) => readFileSync(`${import.meta.dirname}/${path}`, "utf8"))
    .flatMap((source) => [...source.matchAll(/import \{([^}]*)\} from "@mantine\/core"/g)])
    .flatMap(([, names = ""]) => names.split(",").map((name) => name.trim()))
    .filter((name) => existsSync(`${ui}/node_modules/@mantine/core/styles/${name}.css`)),
);

test("the components that are looked for are found", () => {
  expect([...used]).toEqual(expect.arrayContaining(["ActionIcon", "Button", "Table", "Title"]));
});

test("what the apps take from Mantine has its styles in the one stylesheet", () => {
  expect([...used].filter((name) => !imported.includes(`/styles/${name}.css"`))).toEqual([]);
});
