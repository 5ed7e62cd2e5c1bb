import { Anchor, Code, Stack, Text } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useTRPC, useTRPCClient } from "../app/trpc.ts";
import { TotpForm } from "../forms/TotpForm.tsx";
import { QrCode } from "../qr/QrCode.tsx";
import { ErrorState } from "../states/ErrorState.tsx";
import { LoadingState } from "../states/LoadingState.tsx";
import { StepTitle } from "./StepTitle.tsx";
import { useRefreshAuth } from "./use-auth.ts";

type TotpEnrolmentProps = {
  readonly takesFocus: boolean;
  /** Gets the recovery codes, which nobody will ever show again. */
  readonly onEnrolled: (recoveryCodes: readonly string[]) => void;
};

/** A second factor for somebody who has none: the secret as a QR code and as text, then its first code. */
export function TotpEnrolment({ takesFocus, onEnrolled }: TotpEnrolmentProps): ReactNode {
  const t = useTranslations("account.enrol");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const refreshAuth = useRefreshAuth();
  // It makes a secret, and so it is a mutation; but it belongs to this screen being open, as a query does. Never
  // fetched twice for one screen, or the code on it would stop being the one that the server waits for.
  const enrolment = useQuery({
    queryKey: ["totp-enrolment"],
    queryFn: () => client.auth.factors.beginTotpEnrolment.mutate(),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const confirm = useMutation(trpc.auth.factors.confirmTotpEnrolment.mutationOptions());

  if (enrolment.isPending) return <LoadingState />;
  if (enrolment.data === undefined) {
    return <ErrorState error={enrolment.error} onRetry={() => void enrolment.refetch()} />;
  }
  const { secret, uri } = enrolment.data;
  return (
    <>
      <Stack gap="xs">
        <StepTitle takesFocus={takesFocus}>{t("title")}</StepTitle>
        <Text>{t("text")}</Text>
      </Stack>
      <Stack gap="sm">
        <Text fw={600}>{t("scan")}</Text>
        <QrCode text={uri} label={t("qrLabel")} width={232} />
        <Anchor href={uri}>{t("openApp")}</Anchor>
        <div>
          <Text size="sm">{t("secretTitle")}</Text>
          <Code fz="md" aria-label={t("secretLabel")} style={{ userSelect: "all", overflowWrap: "anywhere" }}>
            {secret.match(/.{1,4}/g)?.join(" ")}
          </Code>
        </div>
      </Stack>
      <Stack gap="sm">
        <Text fw={600}>{t("confirm")}</Text>
        <TotpForm
          submitLabel={t("submit")}
          submit={async (code) => {
            const { recoveryCodes } = await confirm.mutateAsync({ code });
            onEnrolled(recoveryCodes);
            await refreshAuth();
          }}
        />
      </Stack>
    </>
  );
}
