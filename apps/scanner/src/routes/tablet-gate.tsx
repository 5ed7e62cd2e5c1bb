import { useNavigate } from "@tanstack/react-router";
import type { TabletState } from "@tessera/scanner-core";
import { type ReactNode, useMemo } from "react";
import { CompareScreen } from "../features/enrolment/CompareScreen.tsx";
import { RevokedScreen } from "../features/enrolment/RevokedScreen.tsx";
import { EnrolledContext, type TabletApp } from "../shared/tablet.ts";
import { useBegin } from "../shared/use-begin.ts";
import { LockedTablet } from "./locked-tablet.tsx";
import { NewDevice } from "./new-device.tsx";

type TabletGateProps = {
  readonly tablet: TabletApp;
  readonly state: TabletState;
  /** For whoever has unlocked an enrolled tablet. */
  readonly children: ReactNode;
};

/** What stands between a device and its pages, in place: the address stays, and one goes on where one was. */
export function TabletGate({ tablet, state, children }: TabletGateProps): ReactNode {
  const navigate = useNavigate();
  const begin = useBegin(tablet);
  const enrolled = useMemo(
    () => (state.phase === "enrolled" && state.unlocked !== null ? { tablet, state, you: state.unlocked } : null),
    [tablet, state],
  );

  if (enrolled !== null) return <EnrolledContext value={enrolled}>{children}</EnrolledContext>;
  if (state.phase === "enrolled") {
    return <LockedTablet people={state.people} ended={state.ended} onPin={tablet.unlock} onBegin={begin} />;
  }
  if (state.phase === "revoked") return <RevokedScreen queued={state.queued} onForget={tablet.forget} />;
  if (state.phase === "claimed") {
    const { comparison, connected } = state;
    return <CompareScreen comparison={comparison} connected={connected} onCancel={() => void tablet.forget()} />;
  }
  return (
    <NewDevice
      missing={null}
      outcome={state.outcome}
      onCode={async (code) => {
        await tablet.claim(code);
        // The code has done what it can, and leaves the address.
        await navigate({ to: "/", replace: true });
      }}
    />
  );
}
