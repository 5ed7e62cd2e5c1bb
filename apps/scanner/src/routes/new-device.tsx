import { useLocation } from "@tanstack/react-router";
import { AccountGate, useAuthState } from "@tessera/ui";
import { type ReactNode, useState } from "react";
import { EnrolScreen } from "../features/enrolment/EnrolScreen.tsx";
import { ReadyAccount } from "../features/enrolment/ReadyAccount.tsx";
import { codeOfHash } from "../features/enrolment/typed-code.ts";
import type { Missing } from "../features/tablet/device.ts";
import { UnfitDevice } from "../features/tablet/Stopped.tsx";

type NewDeviceProps = {
  /** What it lacks to become a tablet; null: nothing. */
  readonly missing: Missing | null;
  readonly outcome: "refused" | "expired" | null;
  readonly onCode: (code: string) => Promise<unknown>;
};

/**
 * A device that is no tablet: it may become one, unless somebody is signed in on it. That is a volunteer who came by the
 * link of an invitation, on a phone of their own.
 */
export function NewDevice({ missing, outcome, onCode }: NewDeviceProps): ReactNode {
  const code = useLocation({ select: ({ hash }) => codeOfHash(hash) });
  const { data: auth } = useAuthState();
  const [signingIn, setSigningIn] = useState(false);
  const [enrolling, setEnrolling] = useState(code !== "" || outcome !== null);

  if (signingIn || (!enrolling && auth !== undefined && auth.state !== "signed_out")) {
    return (
      <AccountGate>
        <ReadyAccount
          onEnrol={() => {
            setSigningIn(false);
            setEnrolling(true);
          }}
        />
      </AccountGate>
    );
  }
  if (missing !== null) return <UnfitDevice missing={missing} />;
  return <EnrolScreen key={code} code={code} outcome={outcome} onCode={onCode} onSignIn={() => setSigningIn(true)} />;
}
