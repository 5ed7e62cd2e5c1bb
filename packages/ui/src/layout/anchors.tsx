import { Anchor, type AnchorProps, Button, type ButtonProps } from "@mantine/core";
import type { ComponentPropsWithRef, ReactNode } from "react";

/** A link that looks like a button. The apps make their router's link from it. */
export function ButtonAnchor(props: ButtonProps & Omit<ComponentPropsWithRef<"a">, keyof ButtonProps>): ReactNode {
  return <Button component="a" {...props} />;
}

/** A link in text. The apps make their router's link from it. */
export function TextAnchor(props: AnchorProps & Omit<ComponentPropsWithRef<"a">, keyof AnchorProps>): ReactNode {
  return <Anchor {...props} />;
}
