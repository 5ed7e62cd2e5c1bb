import { Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { FactorsView } from "@tessera/contracts";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { passkeysWork } from "../account/factors/passkeys.ts";
import { useTRPC } from "../app/trpc.ts";
import { AddPasskey } from "./AddPasskey.tsx";
import { ConfirmDialog } from "./ConfirmDialog.tsx";
import { PasskeyNameForm } from "./PasskeyNameForm.tsx";
import { SettingButton } from "./SettingButton.tsx";
import { SettingDialog } from "./SettingDialog.tsx";
import { SettingRow, useSay } from "./SettingsSection.tsx";
import { useMoment } from "./use-moment.ts";
import classes from "./SettingsSection.module.css";

type Passkey = FactorsView["passkeys"][number];

type PasskeySettingsProps = {
  readonly passkeys: readonly Passkey[];
  /** The one there is cannot be removed: nobody could sign in any more. */
  readonly isOnlyFactor: boolean;
  /** Looks again what there is. */
  readonly refresh: () => Promise<unknown>;
};

/** All passkeys of the account: add one, name it, remove it. */
export function PasskeySettings({ passkeys, isOnlyFactor, refresh }: PasskeySettingsProps): ReactNode {
  const t = useTranslations("security");
  return (
    <SettingRow
      name={t("passkeys.title")}
      value={
        !passkeysWork()
          ? t("passkeys.unsupported")
          : passkeys.length === 0
            ? t("passkeys.none")
            : isOnlyFactor
              ? t("onlyFactor")
              : undefined
      }
      action={passkeysWork() ? <AddPasskey refresh={refresh} /> : undefined}
    >
      {passkeys.length > 0 && (
        <ul className={classes.rows} aria-label={t("passkeys.title")}>
          {passkeys.map((passkey) => (
            <li key={passkey.id}>
              <PasskeyRow passkey={passkey} removable={!isOnlyFactor} refresh={refresh} />
            </li>
          ))}
        </ul>
      )}
    </SettingRow>
  );
}

type PasskeyRowProps = {
  readonly passkey: Passkey;
  readonly removable: boolean;
  readonly refresh: () => Promise<unknown>;
};

function PasskeyRow({ passkey, removable, refresh }: PasskeyRowProps): ReactNode {
  const t = useTranslations("security.passkeys");
  const moment = useMoment();
  const say = useSay();
  const trpc = useTRPC();
  const [asking, setAsking] = useState<"rename" | "remove" | null>(null);
  const remove = useMutation(trpc.auth.factors.removePasskey.mutationOptions());
  const { id, name, createdAt, lastUsedAt } = passkey;
  const close = (): void => setAsking(null);
  return (
    <SettingRow
      name={name}
      value={
        <Text component="span" size="sm">
          {t("added", { date: moment(createdAt, "date") })},{" "}
          {lastUsedAt === null ? t("neverUsed") : t("lastUsed", { date: moment(lastUsedAt) })}
        </Text>
      }
      action={
        <>
          <SettingButton label={t("renameLabel", { name })} onClick={() => setAsking("rename")}>
            {t("rename")}
          </SettingButton>
          {removable && (
            <SettingButton label={t("removeLabel", { name })} danger onClick={() => setAsking("remove")}>
              {t("remove")}
            </SettingButton>
          )}
        </>
      }
    >
      <SettingDialog opened={asking === "rename"} onClose={close} title={t("renameTitle")}>
        <RenameForm
          passkey={passkey}
          onRenamed={async (renamed) => {
            await refresh();
            close();
            say(t("renamedDone", { name: renamed }));
          }}
        />
      </SettingDialog>
      <ConfirmDialog
        opened={asking === "remove"}
        onClose={close}
        title={t("removeTitle", { name })}
        confirm={t("removeSubmit")}
        danger
        onConfirm={async () => {
          await remove.mutateAsync({ passkeyId: id });
          say(t("removedDone", { name }));
          await refresh();
        }}
      >
        {t("removeText")}
      </ConfirmDialog>
    </SettingRow>
  );
}

type RenameFormProps = { readonly passkey: Passkey; readonly onRenamed: (name: string) => Promise<void> };

function RenameForm({ passkey, onRenamed }: RenameFormProps): ReactNode {
  const t = useTranslations("security.passkeys");
  const trpc = useTRPC();
  const rename = useMutation(trpc.auth.factors.renamePasskey.mutationOptions());
  return (
    <PasskeyNameForm
      initialName={passkey.name}
      submitLabel={t("renameSubmit")}
      submit={async (name) => {
        await rename.mutateAsync({ passkeyId: passkey.id, name });
        await onRenamed(name);
      }}
    />
  );
}
