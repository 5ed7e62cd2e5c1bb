import { useTranslations } from "use-intl";
import { useTRPCClient } from "../../app/trpc.ts";
import { deviceName } from "./device-name.ts";
import { createPasskey, showPasskey } from "./passkeys.ts";

type Passkeys = {
  /** Makes one on this device for who is here; gives the recovery codes where it is the first second factor. */
  readonly add: (name?: string) => Promise<readonly string[] | null>;
  /** Shows one as the second factor. */
  readonly verify: () => Promise<void>;
  /** Signs in with one alone. */
  readonly signIn: () => Promise<void>;
};

/** What passkeys are for. Each throws a `PasskeyError` or what the API said, and leaves the auth state to be refreshed. */
export function usePasskeys(): Passkeys {
  const t = useTranslations("account.passkey");
  const { factors } = useTRPCClient().auth;
  return {
    add: async (name = deviceName(navigator.userAgent) || t("unnamed")) => {
      const response = await createPasskey(await factors.beginPasskeyEnrolment.mutate());
      const { recoveryCodes } = await factors.confirmPasskeyEnrolment.mutate({ name, response });
      return recoveryCodes;
    },
    verify: async () => {
      const response = await showPasskey(await factors.beginPasskeyVerification.mutate());
      await factors.verifyPasskey.mutate({ response });
    },
    signIn: async () => {
      const response = await showPasskey(await factors.beginPasskeySignIn.mutate());
      await factors.signInWithPasskey.mutate({ response });
    },
  };
}
