import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { apiErrorOf } from "@tessera/client";
import type { MailLinkKind } from "@tessera/contracts";
import type { ReactNode } from "react";
import { FormAlert } from "../../forms/FormAlert.tsx";
import { usePageTitle } from "../../page/use-page-title.ts";
import { Steps } from "../Steps.tsx";
import { StepTitle } from "../StepTitle.tsx";
import { LinkProblem } from "./LinkProblem.tsx";
import { forgetLinkSecret } from "./use-link-secret.ts";

type ConfirmLinkProps<Answer> = {
  readonly kind: MailLinkKind;
  readonly title: string;
  readonly text: string;
  readonly submit: string;
  /** What it takes away is gone for good. */
  readonly danger?: boolean;
  readonly onSubmit: () => Promise<Answer>;
  /** What to show when that is done. */
  readonly children: (answer: Answer) => ReactNode;
};

/** A link that does one thing, when its reader says so. */
export function ConfirmLink<Answer>(props: ConfirmLinkProps<Answer>): ReactNode {
  const { kind, title, text, submit, danger = false, onSubmit, children } = props;
  usePageTitle(title);
  const { mutate, isPending, isSuccess, data, error } = useMutation({
    networkMode: "always",
    mutationFn: async () => {
      const answer = await onSubmit();
      forgetLinkSecret(kind);
      return answer;
    },
  });
  if (isSuccess) return children(data);
  if (error !== null && apiErrorOf(error).errorCode === "link_expired") return <LinkProblem kind={kind} takesFocus />;
  return (
    <Steps>
      <StepTitle takesFocus={false} text={text}>
        {title}
      </StepTitle>
      <FormAlert failure={error} />
      <Button color={danger ? "terracotta" : "laurel"} loading={isPending} onClick={() => mutate()}>
        {submit}
      </Button>
    </Steps>
  );
}
