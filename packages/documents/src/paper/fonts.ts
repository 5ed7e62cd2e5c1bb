import { fileURLToPath } from "node:url";

/** One file of each typeface: the others lie beside it. */
const files = {
  "atkinson-hyperlegible-next": import.meta
    .resolve("@fontsource/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-400-normal.woff"),
  "noto-sans": import.meta.resolve("@fontsource/noto-sans/files/noto-sans-latin-400-normal.woff"),
};

export type Weight = "regular" | "bold";
/** A text, or a piece of one, with the file of the font that draws it. */
export type Run = { text: string; font: string };

type Face = { family: keyof typeof files; subset: string; draws: RegExp };

/** The typeface of the apps, for what Western Europe writes. */
const own: Face = {
  family: "atkinson-hyperlegible-next",
  subset: "latin",
  draws: /[ -~\u00a0-\u00b4\u00b6-\u00ffŒœ–—‘’“”…]/u,
};
/** For the names of everybody else: a font file has one script each. */
const others: readonly Face[] = [
  { ...own, family: "noto-sans" },
  { family: "noto-sans", subset: "latin-ext", draws: /[\u0100-\u0130\u0132-\u0151\u0154-\u024f\u1e00-\u1e9f]/u },
  { family: "noto-sans", subset: "vietnamese", draws: /[\u1ea0-\u1ef9]/u },
  { family: "noto-sans", subset: "greek", draws: /[\u0386\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce]/u },
  { family: "noto-sans", subset: "cyrillic", draws: /[\u0400-\u045f\u0490\u0491]/u },
];

/** The file of the apps' typeface. */
export const fontFile = (weight: Weight): string => fileOf(own, weight);

/**
 * A text in the typeface of the apps, or where that lacks a letter wholly in another one, in pieces by script. Undefined
 * if no font here draws it.
 */
export function runsOf(text: string, weight: Weight): Run[] | undefined {
  const letters = Array.from(text.normalize("NFC").replaceAll("\u202f", "\u00a0"));
  if (letters.every((letter) => own.draws.test(letter))) return [{ text: letters.join(""), font: fileOf(own, weight) }];
  const runs: Run[] = [];
  for (const letter of letters) {
    const face = others.find(({ draws }) => draws.test(letter));
    if (face === undefined) return undefined;
    const font = fileOf(face, weight);
    const last = runs.at(-1);
    if (last?.font === font) last.text += letter;
    else runs.push({ text: letter, font });
  }
  return runs;
}

function fileOf({ family, subset }: Face, weight: Weight): string {
  const name = `${family}-${subset}-${weight === "bold" ? 700 : 400}-normal.woff`;
  return fileURLToPath(new URL(name, files[family]));
}
