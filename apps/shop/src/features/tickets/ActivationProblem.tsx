import { Alert } from "@mantine/core";
import { FormAlert, Pictogram } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useRefusalWords } from "../../shared/use-refusal-words.ts";
import { type ActivationFault, ActivationError } from "./activate-tickets.ts";

const sentences = {
  no_secure_context: "noSecureContext",
  storage: "storageFailed",
  key_test: "keyTestFailed",
} as const satisfies Record<ActivationFault, string>;

/** Why the ticket could not be activated: a fault of this device, or what the server said. */
export function ActivationProblem({ error }: { readonly error: unknown }): ReactNode {
  const t = useTranslations("shop.ticket");
  const wordsFor = useRefusalWords();
  if (!(error instanceof ActivationError)) return <FormAlert failure={error} words={wordsFor(error)} />;
  return (
    <Alert role="alert" color="terracotta" icon={<Pictogram name="warning" size={18} />}>
      {t(sentences[error.fault])}
    </Alert>
  );
}
