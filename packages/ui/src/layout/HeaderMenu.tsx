import { ActionIcon } from "@mantine/core";
import { type ReactNode, useId } from "react";
import { Pictogram, type StateName } from "../pictograms/Pictogram.tsx";
import classes from "./HeaderMenu.module.css";

type HeaderMenuProps = {
  /** What the button opens. */
  readonly label: string;
  readonly pictogram: StateName;
  /** Links and buttons, each of which closes it; paragraphs stand between them. */
  readonly children: ReactNode;
};

/**
 * A button of the header and what it opens, which is the browser's own popover: Escape, a click beside it and the way of
 * the focus need no script, and so every page's first chunk does without a library for them.
 */
export function HeaderMenu({ label, pictogram, children }: HeaderMenuProps): ReactNode {
  const id = useId();
  return (
    <>
      <ActionIcon aria-label={label} popoverTarget={id}>
        <Pictogram name={pictogram} size={18} />
      </ActionIcon>
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- it hears the clicks of what is in it, which keys make too */}
      <div
        id={id}
        popover="auto"
        className={classes.menu}
        onClick={({ target, currentTarget }) => {
          if (target instanceof Element && target.closest("a, button") !== null) currentTarget.hidePopover();
        }}
      >
        {children}
      </div>
    </>
  );
}
