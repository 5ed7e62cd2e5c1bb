import { Button, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { apiErrorOf } from "@tessera/client";
import { displayNameMaxLength, newPassword, registerInput } from "@tessera/contracts";
import { type ReactNode, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { z } from "zod";
import { useTRPC } from "../../app/trpc.ts";
import { FormAlert } from "../../forms/FormAlert.tsx";
import { NewPasswordField } from "../../forms/NewPasswordField.tsx";
import { useZodForm } from "../../forms/use-zod-form.ts";
import { Pictogram } from "../../pictograms/Pictogram.tsx";
import { passkeysWork } from "../factors/passkeys.ts";
import { usePasskeys } from "../factors/use-passkeys.ts";
import { StepLink } from "../StepLink.tsx";
import { StepTitle } from "../StepTitle.tsx";
import type { AddressProof, Registered } from "./address-proof.ts";

type AccountStepProps = {
  readonly proof: AddressProof;
  /** Empty where the proof came by a link. */
  readonly email: string;
  readonly onRegistered: (registered: Registered) => Promise<unknown>;
  /** The proof is no longer good. */
  readonly onStartAgain: () => void;
};

const firstToType = { autoFocus: true };

type Answers = { displayName: string; password: string };

const name = registerInput.pick({ displayName: true });
/** A password that was begun before the other way was taken is none. */
const byPasskey = name.extend({ password: z.string().transform(() => null) });
const byPassword = name.extend({ password: newPassword });

/** Who it is, and what opens the account: a passkey by one press, or a password with an app to follow. */
export function AccountStep({ proof, email, onRegistered, onStartAgain }: AccountStepProps): ReactNode {
  const t = useTranslations("account");
  const locale = useLocale();
  const trpc = useTRPC();
  const passkeys = usePasskeys();
  const [withPasskey, setWithPasskey] = useState(passkeysWork);
  const register = useMutation(trpc.auth.registration.register.mutationOptions());
  const schema: z.ZodType<{ displayName: string; password: string | null }, Answers> = withPasskey
    ? byPasskey
    : byPassword;
  const { form, onSubmit, pending, failure } = useZodForm(schema, {
    initialValues: { displayName: "", password: "" },
    submit: async (answers) => {
      await register.mutateAsync({ ...proof, ...answers, locale });
      await onRegistered(answers.password === null ? await addPasskey() : { recoveryCodes: null });
    },
    fieldOfError: { password_too_short: "password", password_too_long: "password", password_too_common: "password" },
  });

  /** The account is there in any case: what is missing can be done on the next screen. */
  async function addPasskey(): Promise<Registered> {
    try {
      return { recoveryCodes: await passkeys.add() };
    } catch (error) {
      return { recoveryCodes: null, passkeyFailure: error };
    }
  }

  const isOver = failure !== null && ["registration_expired", "wrong_code"].includes(apiErrorOf(failure).errorCode);
  return (
    <>
      <StepTitle
        takesFocus={false}
        over={t("register.step", { step: 3 })}
        text={withPasskey ? t("register.passkeyText") : undefined}
      >
        {t("register.accountTitle")}
      </StepTitle>
      <form onSubmit={onSubmit} noValidate>
        <Stack gap="md">
          <FormAlert failure={failure} />
          {isOver && <StepLink onClick={onStartAgain}>{t("register.startAgain")}</StepLink>}
          {/* For password managers: whose password this is. */}
          <input type="email" autoComplete="username" value={email} readOnly hidden />
          <TextInput
            {...form.getInputProps("displayName")}
            label={t("fields.displayName")}
            description={t("fields.displayNameHint")}
            autoComplete="name"
            {...firstToType}
            maxLength={displayNameMaxLength}
            required
            withAsterisk={false}
          />
          {!withPasskey && (
            <NewPasswordField {...form.getInputProps("password")} known={[email, form.values.displayName]} />
          )}
          <Button
            type="submit"
            loading={pending}
            leftSection={withPasskey ? <Pictogram name="key" size={18} /> : undefined}
          >
            {t(withPasskey ? "register.passkeySubmit" : "register.passwordSubmit")}
          </Button>
        </Stack>
      </form>
      {passkeysWork() && (
        <StepLink onClick={() => setWithPasskey(!withPasskey)}>
          {t(withPasskey ? "register.toPassword" : "register.toPasskey")}
        </StepLink>
      )}
    </>
  );
}
