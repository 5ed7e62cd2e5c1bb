import { useQuery } from "@tanstack/react-query";
import { apiErrorOf } from "@tessera/client";
import { registrationCodeInput } from "@tessera/contracts";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useTRPCClient } from "../../app/trpc.ts";
import { usePageTitle } from "../../page/use-page-title.ts";
import { ErrorState } from "../../states/ErrorState.tsx";
import { LoadingState } from "../../states/LoadingState.tsx";
import { AccountGate } from "../AccountGate.tsx";
import type { AddressProof } from "../registration/address-proof.ts";
import { useAuthState } from "../use-auth.ts";
import type { LinkProps } from "./link-props.ts";
import { LinkProblem } from "./LinkProblem.tsx";
import { SignedIn } from "./SignedIn.tsx";

/** The address is proven by the link instead of its code: the registration goes on in this tab. */
export function RegistrationLink({ secret }: LinkProps): ReactNode {
  const [registrationId, code] = secret.split(".");
  const proof = registrationCodeInput.safeParse({ registrationId, code });
  return proof.success ? (
    <Proven proof={proof.data} />
  ) : (
    <LinkProblem kind="registration" problem={secret === "" ? "missing" : "incomplete"} />
  );
}

function Proven({ proof }: { readonly proof: AddressProof }): ReactNode {
  const t = useTranslations("account.links");
  const register = useTranslations("account.register");
  usePageTitle(register("title"));
  const client = useTRPCClient();
  const { data: auth } = useAuthState();
  const checked = useQuery({
    // Without the code: it belongs into no cache. The page is made anew for another one.
    queryKey: ["registration"],
    queryFn: () => client.auth.registration.checkCode.mutate(proof),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    // Once the account is there, the code is used up and there is nothing to check.
    enabled: auth?.state === "signed_out",
  });

  if (auth?.state === "signed_out") {
    if (checked.isPending) return <LoadingState label={t("loading")} />;
    if (checked.isError) {
      const { errorCode } = apiErrorOf(checked.error);
      return ["registration_expired", "wrong_code"].includes(errorCode) ? (
        <LinkProblem kind="registration" />
      ) : (
        <ErrorState error={checked.error} onRetry={() => void checked.refetch()} />
      );
    }
  }
  return (
    <AccountGate first="register" proof={proof}>
      <SignedIn kind="registration" title={t("registration.doneTitle")} action={t("registration.submit")} />
    </AccountGate>
  );
}
