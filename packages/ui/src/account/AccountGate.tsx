import type { AccountView } from "@tessera/contracts";
import { createContext, lazy, type ReactNode, Suspense, use, useState } from "react";
import { useTranslations } from "use-intl";
import { ErrorState } from "../states/ErrorState.tsx";
import { LoadingState } from "../states/LoadingState.tsx";
import { useRecoveryCodeUsed } from "./factors/recovery-notes.ts";
import type { AddressProof } from "./registration/address-proof.ts";
import type { Door } from "./sign-in/Strangers.tsx";
import { useAuthState } from "./use-auth.ts";

// The forms bring the schemas with them; who is signed in already does not wait for those.
const SignInFlow = lazy(async () => ({ default: (await import("./SignInFlow.tsx")).SignInFlow }));

// So rarely shown that nobody else shall wait for it.
const RecoveryNotice = lazy(async () => ({ default: (await import("./factors/RecoveryNotice.tsx")).RecoveryNotice }));

const AccountContext = createContext<AccountView | null>(null);

type AccountGateProps = {
  readonly children: ReactNode;
  /** Which form a stranger sees first; only the shop registers people. */
  readonly first?: Door;
  /** For a registration whose address is proven already. */
  readonly proof?: AddressProof;
};

/**
 * Shows its children to who is signed in with both factors, and to everybody else the way there, in place: the address
 * stays, and so whoever came by a link lands where it leads.
 */
export function AccountGate({ children, first = "signIn", proof }: AccountGateProps): ReactNode {
  const t = useTranslations("account.gate");
  const auth = useAuthState();
  const recoveryCodeUsed = useRecoveryCodeUsed();
  // Enrolment ends with codes that are shown once: being signed in meanwhile must not take them off the screen.
  const [showingCodes, setShowingCodes] = useState(false);

  if (auth.isPending) return <LoadingState label={t("loading")} />;
  if (auth.data === undefined) return <ErrorState error={auth.error} onRetry={() => void auth.refetch()} />;
  if (auth.data.state === "signed_in" && !showingCodes) {
    return (
      <AccountContext value={auth.data.account}>
        {recoveryCodeUsed && (
          <Suspense>
            <RecoveryNotice />
          </Suspense>
        )}
        {children}
      </AccountContext>
    );
  }
  return (
    <Suspense fallback={<LoadingState />}>
      <SignInFlow auth={auth.data} first={first} proof={proof} onShowingCodes={setShowingCodes} />
    </Suspense>
  );
}

/** The account that is signed in; only below an `<AccountGate>`. */
export function useAccount(): AccountView {
  const account = use(AccountContext);
  if (account === null) throw new Error("useAccount needs an AccountGate above it");
  return account;
}
