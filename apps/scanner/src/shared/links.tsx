import { Menu, type MenuItemProps } from "@mantine/core";
import { createLink } from "@tanstack/react-router";
import { ButtonAnchor } from "@tessera/ui";
import type { ComponentPropsWithRef, ReactNode } from "react";

/** A link that looks like a button; its address is checked by type. */
export const ButtonLink = createLink(ButtonAnchor);

function MenuAnchor(props: MenuItemProps & Omit<ComponentPropsWithRef<"a">, keyof MenuItemProps>): ReactNode {
  return <Menu.Item component="a" mih={44} {...props} />;
}

/** A link among the items of a menu; its address is checked by type. */
export const MenuLink = createLink(MenuAnchor);
