import { Anchor, type AnchorProps, Button, type ButtonProps } from "@mantine/core";
import { createLink } from "@tanstack/react-router";
import type { ComponentPropsWithRef, ReactNode } from "react";

function ButtonAnchor(props: ButtonProps & Omit<ComponentPropsWithRef<"a">, keyof ButtonProps>): ReactNode {
  return <Button component="a" {...props} />;
}

function TextAnchor(props: AnchorProps & Omit<ComponentPropsWithRef<"a">, keyof AnchorProps>): ReactNode {
  return <Anchor {...props} />;
}

/** A link that looks like a button; its address is checked by type. */
export const ButtonLink = createLink(ButtonAnchor);

/** A link in text; its address is checked by type. */
export const TextLink = createLink(TextAnchor);
