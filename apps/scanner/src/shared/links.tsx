import { Anchor, type AnchorProps, Button, type ButtonProps, Menu, type MenuItemProps } from "@mantine/core";
import { createLink } from "@tanstack/react-router";
import type { ComponentPropsWithRef, ReactNode } from "react";

function ButtonAnchor(props: ButtonProps & Omit<ComponentPropsWithRef<"a">, keyof ButtonProps>): ReactNode {
  return <Button component="a" {...props} />;
}

/** A link that looks like a button; its address is checked by type. */
export const ButtonLink = createLink(ButtonAnchor);

function TextAnchor(props: AnchorProps & Omit<ComponentPropsWithRef<"a">, keyof AnchorProps>): ReactNode {
  return <Anchor {...props} />;
}

/** A link in text; its address is checked by type. */
export const TextLink = createLink(TextAnchor);

function MenuAnchor(props: MenuItemProps & Omit<ComponentPropsWithRef<"a">, keyof MenuItemProps>): ReactNode {
  return <Menu.Item component="a" mih={44} {...props} />;
}

/** A link among the items of a menu; its address is checked by type. */
export const MenuLink = createLink(MenuAnchor);
