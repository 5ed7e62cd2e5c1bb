import { Stack, Text, Title } from "@mantine/core";
import { useFocusedHeading, usePageTitle } from "@tessera/ui";
import type { ReactNode } from "react";

type ScreenTitleProps = {
  /** The heading, and the name of the tab. */
  readonly children: string;
  /** The screen in one sentence. */
  readonly text?: ReactNode;
};

/** The heading of a screen that has taken the place of another at the same address; the focus goes on from here. */
export function ScreenTitle({ children, text }: ScreenTitleProps): ReactNode {
  const heading = useFocusedHeading();
  usePageTitle(children);
  return (
    <Stack gap="xs">
      <Title order={1} ref={heading} tabIndex={-1} style={{ outline: "none" }}>
        {children}
      </Title>
      {text !== undefined && <Text>{text}</Text>}
    </Stack>
  );
}
