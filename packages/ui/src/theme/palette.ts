import type { MantineColorsTuple } from "@mantine/core";

/** Ten shades of each colour, from the lightest to the darkest. What they are used for is in `schemes.ts`. */
export const palette = {
  /** Night blue: text on paper. */
  ink: ["#eef1f7", "#d9dfeb", "#b3bdd3", "#8995b3", "#66738f", "#4e5a75", "#3a4560", "#27314b", "#17203a", "#0d1426"],
  /** Yes, and the one main action. */
  laurel: [
    "#eef4ec",
    "#dbe8d8",
    "#bcd5bc",
    "#a5d2ae",
    "#84c094",
    "#5ea273",
    "#41855a",
    "#2a6843",
    "#215436",
    "#173b27",
  ],
  /** No, and danger. */
  terracotta: [
    "#fbefe9",
    "#f6ddd1",
    "#efc3b0",
    "#eba88f",
    "#e58f72",
    "#d06f50",
    "#bb5435",
    "#9f4026",
    "#82331f",
    "#5b2415",
  ],
  /** Links and focus. */
  sky: ["#edf4fa", "#d6e6f2", "#b6d4ea", "#93c3e8", "#74b0de", "#4791c6", "#2b76ad", "#1b5d91", "#164a74", "#103552"],
  /** Look closer: the gate's third answer, neither yes nor no. */
  ochre: ["#fbf4e3", "#f6e7c2", "#eed394", "#e8c26c", "#e0b04a", "#c08f2c", "#9c711c", "#76540f", "#5d420d", "#42300b"],
  /** Limestone: paper, lines, and what is quiet in the light scheme. */
  stone: ["#fdfbf7", "#f5f1e8", "#ebe5d8", "#dcd3c2", "#c2b8a5", "#988e7e", "#736b5d", "#554f44", "#3a362f", "#23211c"],
  /** The same in the dark scheme. */
  night: ["#ece7dc", "#ccd0d9", "#a9b1c3", "#7f8aa1", "#4c5974", "#2e3a53", "#1f2a41", "#151e31", "#0f1626", "#0a0f1b"],
} as const satisfies Record<string, MantineColorsTuple>;

export type ColourName = "ink" | "laurel" | "terracotta" | "sky" | "ochre";
