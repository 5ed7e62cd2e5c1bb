import { Button, Stack } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { FormAlert } from "../../forms/FormAlert.tsx";
import { Pictogram } from "../../pictograms/Pictogram.tsx";
import { PasskeyError } from "./passkeys.ts";

type PasskeyButtonProps = {
  readonly children: string;
  /** What is done with the passkey, and what comes after; what it throws is shown. */
  readonly onPress: () => Promise<unknown>;
  /** The step's main action. */
  readonly main?: boolean;
  /** The first thing to do here. */
  readonly focused?: boolean;
};

/** A dialog asks for the first, a page for the second. */
const takesFocus = { "data-autofocus": true, autoFocus: true };

/** Asks the device for a passkey. */
export function PasskeyButton({ children, onPress, main = false, focused = false }: PasskeyButtonProps): ReactNode {
  const { mutate, isPending, error } = useMutation({ networkMode: "always", mutationFn: onPress });
  return (
    <Stack gap="md">
      <PasskeyAlert failure={error} />
      <Button
        variant={main ? "filled" : "default"}
        leftSection={<Pictogram name="key" size={18} />}
        loading={isPending}
        onClick={() => mutate()}
        {...(focused ? takesFocus : {})}
      >
        {children}
      </Button>
    </Stack>
  );
}

/** Why no passkey came, in words. */
export function PasskeyAlert({ failure }: { readonly failure: unknown }): ReactNode {
  const t = useTranslations("account.passkey");
  return <FormAlert failure={failure} words={failure instanceof PasskeyError ? t(failure.problem) : undefined} />;
}
