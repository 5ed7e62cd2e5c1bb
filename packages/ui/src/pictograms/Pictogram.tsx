import type { ReactNode } from "react";
import { disciplineTiles } from "./disciplines.ts";
import { stateTiles } from "./states.ts";
import { gridSize, pathOf } from "./tiles.ts";

const tiles: Readonly<Record<string, string>> = { ...disciplineTiles, ...stateTiles };

export type StateName = keyof typeof stateTiles;

type PictogramProps = {
  /** A discipline's three letters, or a state. A code without a picture gets three neutral tiles. */
  // `string & {}` keeps the completion of the known names beside any code that the programme may bring.
  readonly name: keyof typeof disciplineTiles | StateName | (string & {});
  /** Edge in pixels; whole multiples of 6 are crispest. */
  readonly size?: number;
  /** Words for screen readers, where no text beside it says the same. Without them it is decoration. */
  readonly label?: string;
  readonly className?: string;
};

/** A sign in the colour of the text around it. */
export function Pictogram({ name, size = 24, label, className }: PictogramProps): ReactNode {
  const accessible = label === undefined ? { "aria-hidden": true } : { role: "img", "aria-label": label };
  return (
    <svg
      {...accessible}
      {...(className === undefined ? {} : { className })}
      width={size}
      height={size}
      viewBox={`0 0 ${gridSize} ${gridSize}`}
      fill="currentColor"
      focusable="false"
      style={{ flex: "none" }}
    >
      <path d={pathOf(tiles[name] ?? stateTiles.unknown)} />
    </svg>
  );
}
