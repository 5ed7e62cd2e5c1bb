import { Alert } from "@mantine/core";
import { type ReactNode, useEffect, useRef } from "react";
import { useErrorMessage } from "../errors/use-error-message.ts";
import { Pictogram } from "../pictograms/Pictogram.tsx";

/** Why the form was refused. It takes the focus, so that it is read out and in view; nothing while all is well. */
export function FormAlert({ failure }: { readonly failure: unknown }): ReactNode {
  const errorMessage = useErrorMessage();
  const alert = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (failure !== null && failure !== undefined) alert.current?.focus();
  }, [failure]);

  if (failure === null || failure === undefined) return null;
  return (
    <Alert ref={alert} role="alert" tabIndex={-1} color="terracotta" icon={<Pictogram name="warning" size={18} />}>
      {errorMessage(failure)}
    </Alert>
  );
}
