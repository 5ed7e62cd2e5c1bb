import { Pictogram, type StateName } from "@tessera/ui";
import type { ReactNode } from "react";
import { Screen } from "./Screen.tsx";
import { ScreenTitle } from "./ScreenTitle.tsx";

type NoticeProps = {
  readonly pictogram: StateName;
  readonly title: string;
  /** What happened, and what to do about it. */
  readonly text: ReactNode;
  /** The way on. */
  readonly children?: ReactNode;
};

/** Something stands in the way of the whole app. */
export function Notice({ pictogram, title, text, children }: NoticeProps): ReactNode {
  return (
    <Screen>
      <Pictogram name={pictogram} size={72} />
      <ScreenTitle text={text}>{title}</ScreenTitle>
      {children}
    </Screen>
  );
}
