import { Code, Stack, Text } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useTRPC, useTRPCClient } from "../../app/trpc.ts";
import { TotpForm } from "../../forms/TotpForm.tsx";
import { ButtonAnchor } from "../../layout/anchors.tsx";
import { Pictogram } from "../../pictograms/Pictogram.tsx";
import { QrCode } from "../../qr/QrCode.tsx";
import { ErrorState } from "../../states/ErrorState.tsx";
import { LoadingState } from "../../states/LoadingState.tsx";
import { CopyButton } from "./CopyButton.tsx";
import classes from "./TotpEnrolment.module.css";

type TotpEnrolmentProps = {
  /** In a dialog, which would otherwise leave the focus on its cross while the secret is fetched. */
  readonly focused?: boolean;
  /** Gets the recovery codes, which nobody will ever show again; null where the account has its codes already. */
  readonly onEnrolled: (recoveryCodes: readonly string[] | null) => Promise<unknown>;
};

/** An authenticator app, below a heading of where it stands: its secret as a link, a QR code and a text, then its first code. */
export function TotpEnrolment({ focused = false, onEnrolled }: TotpEnrolmentProps): ReactNode {
  const t = useTranslations("account.enrol");
  const trpc = useTRPC();
  const client = useTRPCClient();
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
    <div className={classes.ways}>
      <ButtonAnchor
        variant="default"
        className={classes.here ?? ""}
        href={uri}
        leftSection={<Pictogram name="phone" size={18} />}
      >
        {t("openApp")}
      </ButtonAnchor>
      <Stack gap="sm" className={classes.code ?? ""}>
        <Text>{t("scan")}</Text>
        <QrCode text={uri} label={t("qrLabel")} width={208} />
      </Stack>
      <Stack gap="xs">
        <Text size="sm">{t("secretTitle")}</Text>
        <Code fz="md" aria-label={t("secretLabel")} className={classes.secret ?? ""}>
          {secret.match(/.{1,4}/g)?.join(" ")}
        </Code>
        <div>
          <CopyButton text={secret} copied={t("copiedSecret")}>
            {t("copySecret")}
          </CopyButton>
        </div>
      </Stack>
      <Stack gap="sm">
        <Text fw={600}>{t("confirm")}</Text>
        <TotpForm
          focused={focused}
          submitLabel={t("submit")}
          submit={async (code) => {
            const { recoveryCodes } = await confirm.mutateAsync({ code });
            await onEnrolled(recoveryCodes);
          }}
        />
      </Stack>
    </div>
  );
}
