import { Button } from "@mantine/core";
import type { ReactNode } from "react";

type SettingButtonProps = {
  readonly children: string;
  /** Says what it is about, where many buttons of a page say the same. It begins with the words on the button. */
  readonly label?: string;
  readonly danger?: boolean;
  readonly loading?: boolean;
  readonly onClick: () => void;
};

/** The one thing to do about a fact: quiet, since a page has many of them. */
export function SettingButton({ children, label, danger = false, loading, onClick }: SettingButtonProps): ReactNode {
  return (
    <Button
      variant="subtle"
      color={danger ? "terracotta" : "sky"}
      px="sm"
      {...(label === undefined ? {} : { "aria-label": label })}
      {...(loading === undefined ? {} : { loading })}
      onClick={onClick}
    >
      {children}
    </Button>
  );
}
