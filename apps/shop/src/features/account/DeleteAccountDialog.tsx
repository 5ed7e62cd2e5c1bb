import { Alert, Button, Checkbox, Group, Stack } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { apiErrorOf } from "@tessera/client";
import { forgetOwner, FormAlert, Pictogram, SettingDialog, useTRPC } from "@tessera/ui";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { TextLink } from "../../shared/links.tsx";
import classes from "./DeleteAccountDialog.module.css";

type DeleteAccountDialogProps = { readonly opened: boolean; readonly onClose: () => void };

/** Says what goes and what stays, and asks twice where tickets would be lost. */
export function DeleteAccountDialog({ opened, onClose }: DeleteAccountDialogProps): ReactNode {
  const t = useTranslations("shop.account");
  return (
    <SettingDialog opened={opened} onClose={onClose} title={t("deleteTitle")}>
      <DeleteAccount onClose={onClose} />
    </SettingDialog>
  );
}

function DeleteAccount({ onClose }: { readonly onClose: () => void }): ReactNode {
  const t = useTranslations("shop.account");
  const common = useTranslations("common.actions");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const [sure, setSure] = useState(false);
  const [tickets, setTickets] = useState(0);
  const [givesUp, setGivesUp] = useState(false);
  const { mutate, isPending, error } = useMutation(
    trpc.auth.personalData.deleteAccount.mutationOptions({
      onError: (refusal) => {
        const { errorCode, details } = apiErrorOf(refusal);
        if (errorCode === "tickets_still_held") setTickets(Number(details["count"]));
      },
      // First away from what needs an account, then forget whose it was.
      onSuccess: async () => {
        forgetOwner({ forGood: true });
        await navigate({ to: "/account/deleted", replace: true });
        await queryClient.resetQueries();
      },
    }),
  );
  const refusal = error === null ? null : apiErrorOf(error).errorCode;
  return (
    <>
      {refusal === "payment_still_open" ? (
        <Warning>
          {t("paymentText")} <TextLink to="/orders">{t("toOrders")}</TextLink>
        </Warning>
      ) : (
        refusal !== "tickets_still_held" && <FormAlert failure={error} />
      )}
      <ul className={classes.list}>
        <li>{t("deleteGone")}</li>
        <li>{t("deleteTickets")}</li>
        <li>{t("deleteKept")}</li>
      </ul>
      {tickets > 0 && (
        <Warning title={t("ticketsTitle", { count: tickets })}>
          <Stack gap="sm">
            {t("ticketsText")}
            <Checkbox
              label={t("ticketsCheck")}
              checked={givesUp}
              onChange={(event) => setGivesUp(event.currentTarget.checked)}
            />
          </Stack>
        </Warning>
      )}
      <Checkbox
        label={t("deleteCheck")}
        checked={sure}
        onChange={(event) => setSure(event.currentTarget.checked)}
        data-autofocus
      />
      <Group justify="flex-end" gap="sm">
        <Button variant="subtle" color="ink" disabled={isPending} onClick={onClose}>
          {common("cancel")}
        </Button>
        <Button
          color="terracotta"
          disabled={!sure || (tickets > 0 && !givesUp)}
          loading={isPending}
          onClick={() => mutate({ giveUpTickets: givesUp })}
        >
          {t("deleteSubmit")}
        </Button>
      </Group>
    </>
  );
}

type WarningProps = { readonly title?: string; readonly children: ReactNode };

/** What stands in the way. It takes the focus, so that it is read out and in view. */
function Warning({ title, children }: WarningProps): ReactNode {
  const alert = useRef<HTMLDivElement>(null);
  useEffect(() => alert.current?.focus(), []);
  return (
    <Alert
      ref={alert}
      role="alert"
      tabIndex={-1}
      color="terracotta"
      icon={<Pictogram name="warning" size={18} />}
      {...(title === undefined ? {} : { title })}
    >
      {children}
    </Alert>
  );
}
