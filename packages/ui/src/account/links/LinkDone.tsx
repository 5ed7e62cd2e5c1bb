import type { ReactNode } from "react";
import { ButtonAnchor } from "../../layout/anchors.tsx";
import { usePageTitle } from "../../page/use-page-title.ts";
import { Steps } from "../Steps.tsx";
import { StepTitle } from "../StepTitle.tsx";

type LinkDoneProps = {
  readonly title: string;
  readonly text: string;
  /** The way on. */
  readonly action: { readonly label: string; readonly href: string };
};

/** What a link was for is done. */
export function LinkDone({ title, text, action }: LinkDoneProps): ReactNode {
  usePageTitle(title);
  return (
    <Steps closed>
      <StepTitle takesFocus text={text}>
        {title}
      </StepTitle>
      <ButtonAnchor href={action.href}>{action.label}</ButtonAnchor>
    </Steps>
  );
}
