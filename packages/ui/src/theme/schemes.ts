import { type ColourName, palette } from "./palette.ts";

/** How one colour appears: as a filled surface with words on it, as a tint with words on it, and as words on paper. */
type Tone = {
  readonly fill: string;
  readonly fillHover: string;
  readonly onFill: string;
  readonly tint: string;
  readonly tintHover: string;
  readonly onTint: string;
  readonly text: string;
};

/** Every colour of one colour scheme. Text is at least 4.5 : 1 on what it stands on; a test computes it. */
export type Scheme = {
  /** The page. */
  readonly paper: string;
  /** What lies on the page: fields, menus, dialogs. */
  readonly raised: string;
  /** What is let into the page: table heads, quiet bands. */
  readonly sunken: string;
  /** Hairlines between rows. */
  readonly line: string;
  /** Edges of controls, 3 : 1 on paper. */
  readonly edge: string;
  readonly text: string;
  /** Second-rank text and placeholders. */
  readonly softText: string;
  readonly tones: Readonly<Record<ColourName, Tone>>;
};

const { ink, laurel, terracotta, sky, ochre, stone, night } = palette;

export const schemes: Readonly<Record<"light" | "dark", Scheme>> = {
  light: {
    paper: stone[1],
    raised: stone[0],
    sunken: stone[2],
    line: stone[3],
    edge: "#857c6c",
    text: ink[8],
    softText: ink[5],
    tones: {
      ink: {
        fill: ink[8],
        fillHover: ink[7],
        onFill: stone[1],
        tint: stone[2],
        tintHover: stone[3],
        onTint: ink[8],
        text: ink[8],
      },
      laurel: {
        fill: laurel[7],
        fillHover: laurel[8],
        onFill: stone[0],
        tint: laurel[1],
        tintHover: laurel[2],
        onTint: laurel[8],
        text: laurel[7],
      },
      terracotta: {
        fill: terracotta[7],
        fillHover: terracotta[8],
        onFill: stone[0],
        tint: terracotta[1],
        tintHover: terracotta[2],
        onTint: terracotta[8],
        text: terracotta[7],
      },
      sky: {
        fill: sky[7],
        fillHover: sky[8],
        onFill: stone[0],
        tint: sky[1],
        tintHover: sky[2],
        onTint: sky[8],
        text: sky[7],
      },
      ochre: {
        fill: ochre[4],
        fillHover: ochre[3],
        onFill: ink[9],
        tint: ochre[1],
        tintHover: ochre[2],
        onTint: ochre[8],
        text: ochre[7],
      },
    },
  },
  dark: {
    paper: night[7],
    raised: night[6],
    sunken: night[8],
    line: night[5],
    edge: night[3],
    text: night[0],
    softText: night[2],
    tones: {
      ink: {
        fill: stone[2],
        fillHover: stone[3],
        onFill: ink[8],
        tint: night[5],
        tintHover: night[4],
        onTint: night[0],
        text: night[0],
      },
      laurel: {
        fill: laurel[4],
        fillHover: laurel[3],
        onFill: ink[9],
        tint: "#1d3a33",
        tintHover: "#24473d",
        onTint: laurel[2],
        text: laurel[4],
      },
      terracotta: {
        fill: terracotta[4],
        fillHover: terracotta[3],
        onFill: ink[9],
        tint: "#42292a",
        tintHover: "#51312f",
        onTint: terracotta[2],
        text: terracotta[3],
      },
      sky: {
        fill: sky[4],
        fillHover: sky[3],
        onFill: ink[9],
        tint: "#1b3550",
        tintHover: "#214160",
        onTint: sky[2],
        text: sky[3],
      },
      ochre: {
        fill: ochre[4],
        fillHover: ochre[3],
        onFill: ink[9],
        tint: "#3d3424",
        tintHover: "#4b3f29",
        onTint: ochre[2],
        text: ochre[3],
      },
    },
  },
};
