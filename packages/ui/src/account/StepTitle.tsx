import { Title } from "@mantine/core";
import { type ReactNode, useEffect, useRef } from "react";

type StepTitleProps = {
  readonly children: string;
  /** This step has taken the place of another, and the focus went with that one: it goes on from here. */
  readonly takesFocus: boolean;
};

/** The heading of one step. */
export function StepTitle({ children, takesFocus }: StepTitleProps): ReactNode {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (takesFocus) title.current?.focus();
  }, [takesFocus]);
  return (
    <Title order={1} ref={title} tabIndex={-1} style={{ outline: "none" }}>
      {children}
    </Title>
  );
}
