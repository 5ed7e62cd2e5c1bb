import { type ReactNode, useSyncExternalStore } from "react";
import { useAutoLock } from "../features/shift/use-auto-lock.ts";
import { readTabletStart, type TabletStart, watchTabletStart } from "../features/tablet/start-tablet.ts";
import { OpenElsewhere, Starting, StorageStopped } from "../features/tablet/Stopped.tsx";
import type { TabletApp } from "../shared/tablet.ts";
import { NewDevice } from "./new-device.tsx";
import { TabletGate } from "./tablet-gate.tsx";

type TabletShellProps = {
  /** The whole screen is the page's, once somebody may see it. */
  readonly bare: boolean;
  readonly renderShell: (content: ReactNode, bare: boolean) => ReactNode;
  readonly children: ReactNode;
};

/** Starts the tablet, and shows its pages once it may. */
export function TabletShell({ bare, renderShell, children }: TabletShellProps): ReactNode {
  const start = useSyncExternalStore(watchTabletStart, readTabletStart);
  if (start.status === "running") {
    return (
      <Running tablet={start.tablet} bare={bare} renderShell={renderShell}>
        {children}
      </Running>
    );
  }
  return renderShell(<NotRunning start={start} />, false);
}

/** Why there is no tablet, or not yet. */
function NotRunning({ start }: { readonly start: Exclude<TabletStart, { status: "running" }> }): ReactNode {
  if (start.status === "starting") return <Starting />;
  if (start.status === "elsewhere") return <OpenElsewhere />;
  if (start.status === "stopped") return <StorageStopped failure={start.failure} />;
  return <NewDevice missing={start.missing} outcome={null} onCode={() => Promise.resolve()} />;
}

function Running({
  tablet,
  bare,
  renderShell,
  children,
}: TabletShellProps & { readonly tablet: TabletApp }): ReactNode {
  const state = useSyncExternalStore(tablet.subscribe, tablet.state);
  const isUnlocked = state.phase === "enrolled" && state.unlocked !== null;
  useAutoLock(isUnlocked, tablet.lock);
  return renderShell(
    <TabletGate tablet={tablet} state={state}>
      {children}
    </TabletGate>,
    bare && isUnlocked,
  );
}
