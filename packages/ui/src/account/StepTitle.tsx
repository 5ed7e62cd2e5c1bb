import { Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useEffect, useRef } from "react";

type StepTitleProps = {
  readonly children: string;
  /** This step has taken the place of another, and the focus went with that one: it goes on from here. */
  readonly takesFocus: boolean;
  /** Stands above it: which step this is. */
  readonly over?: string | undefined;
  /** Stands below it: what the step is for. */
  readonly text?: ReactNode;
};

/** The heading of one step. */
export function StepTitle({ children, takesFocus, over, text }: StepTitleProps): ReactNode {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (takesFocus) title.current?.focus();
  }, [takesFocus]);
  return (
    <Stack gap="xs">
      {over !== undefined && (
        <Text size="sm" c="dimmed" className="tabular">
          {over}
        </Text>
      )}
      <Title order={1} ref={title} tabIndex={-1} style={{ outline: "none" }}>
        {children}
      </Title>
      {text !== undefined && <Text>{text}</Text>}
    </Stack>
  );
}
