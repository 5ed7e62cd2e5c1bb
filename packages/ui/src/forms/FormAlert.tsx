import { Alert } from "@mantine/core";
import { apiErrorOf } from "@tessera/client";
import { type ReactNode, useEffect, useRef } from "react";
import { useErrorMessage } from "../errors/use-error-message.ts";
import { Pictogram } from "../pictograms/Pictogram.tsx";

type FormAlertProps = {
  /** What was thrown; null or undefined while all is well. */
  readonly failure: unknown;
  /** Says it better than the sentence of its error code. */
  readonly words?: string | undefined;
};

/** Why the form was refused. It takes the focus, so that it is read out and in view; nothing while all is well. */
export function FormAlert({ failure, words }: FormAlertProps): ReactNode {
  const errorMessage = useErrorMessage();
  const alert = useRef<HTMLDivElement>(null);
  // Whoever closes the question "is it you?" knows why nothing has happened.
  const toSay = failure !== null && failure !== undefined && apiErrorOf(failure).errorCode !== "step_up_required";

  useEffect(() => {
    if (toSay) alert.current?.focus();
  }, [failure, toSay]);

  if (!toSay) return null;
  return (
    <Alert ref={alert} role="alert" tabIndex={-1} color="terracotta" icon={<Pictogram name="warning" size={18} />}>
      {words ?? errorMessage(failure)}
    </Alert>
  );
}
