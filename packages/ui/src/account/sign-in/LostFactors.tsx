import { Button, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { AccountView } from "@tessera/contracts";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useTRPC } from "../../app/trpc.ts";
import { FormAlert } from "../../forms/FormAlert.tsx";
import { StepLink } from "../StepLink.tsx";
import { StepTitle } from "../StepTitle.tsx";
import { noteReset, notedReset } from "./reset-note.ts";
import { ResetAsked } from "./ResetAsked.tsx";

type LostFactorsProps = { readonly account: AccountView; readonly onBack: () => void };

/** Nothing is left to show: what can be done, why it takes three days, and who can stop it. */
export function LostFactors({ account, onBack }: LostFactorsProps): ReactNode {
  const t = useTranslations("account.lost");
  const trpc = useTRPC();
  const [note, setNote] = useState(() => notedReset(account.id));
  const request = useMutation(
    trpc.auth.factors.requestReset.mutationOptions({
      onSuccess: ({ readyAt }) => setNote(noteReset(account.id, readyAt)),
    }),
  );

  if (account.role !== "visitor") {
    return (
      <>
        <StepTitle takesFocus text={t("staff")}>
          {t("title")}
        </StepTitle>
        <StepLink onClick={onBack}>{t("back")}</StepLink>
      </>
    );
  }
  if (note !== null) return <ResetAsked note={note} onBack={onBack} />;
  return (
    <>
      <StepTitle takesFocus text={t("text")}>
        {t("title")}
      </StepTitle>
      <Stack gap="xs">
        <Text>{t("mails", { email: account.email })}</Text>
        <Text>{t("frozen")}</Text>
      </Stack>
      <FormAlert failure={request.error} />
      <Button loading={request.isPending} onClick={() => request.mutate()}>
        {t("submit")}
      </Button>
      <StepLink onClick={onBack}>{t("back")}</StepLink>
    </>
  );
}
