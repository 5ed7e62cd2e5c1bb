import type { CompetitionSessionSummary } from "@tessera/contracts";
import type { Authorised, KnownList, Scanner, Tablet } from "@tessera/scanner-core";
import { useEffect, useMemo, useSyncExternalStore } from "react";
import { freshnessOf } from "../features/scanning/freshness.ts";
import type { PinAnswer } from "../features/supervisor/supervisor.ts";
import { noteActivity } from "../shared/activity.ts";
import { remember, remembered } from "../shared/remembered.ts";
import { useSeconds } from "../shared/use-age.ts";
import type { ScanDoings, ScanView } from "./scan-view.ts";

type GateWork = { readonly tablet: Tablet; readonly scanner: Scanner; readonly list: KnownList };

/** What the screen of a gate shows and can ask for, by what the tablet knows. */
export function useScanView(
  { tablet, scanner, list }: GateWork,
  competitionSession: CompetitionSessionSummary,
  gateId: string,
): { readonly view: ScanView; readonly doings: ScanDoings } {
  const state = useSyncExternalStore(scanner.subscribe, scanner.state);
  const tabletState = useSyncExternalStore(tablet.subscribe, tablet.state);
  const nowMs = useSeconds(tablet.nowMs);
  const enrolled = tabletState.phase === "enrolled" ? tabletState : null;
  const policy = list.policy("in", gateId);
  const listAgeMs = Math.max(0, nowMs - list.madeAtMs);
  const { scan, alarm, clockProposal, unwritten, direction, deciding, lastWord } = state;
  const admitted = tablet.journal.admitted(competitionSession.id);
  // Counted anew with each scan and each list, not with each second.
  const inside = useMemo(
    () => scanner.inside().reduce((sum, zone) => sum + zone.inside, 0),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- what it counts lies behind these
    [scanner, list, scan],
  );

  const view: ScanView = {
    verdict: scan,
    deciding,
    standing: {
      connected: enrolled?.connected ?? false,
      listAgeMs,
      freshness: freshnessOf(listAgeMs, policy.maxListAgeMs),
      queued: enrolled?.queued ?? 0,
      admitted,
      inside,
    },
    direction,
    hasExits: policy.reentry === "after_exit",
    opensAt: list.window.opensAt,
    listNumber: list.number,
    whenListOld: policy.stricter?.list_too_old ?? "check",
    troubles: {
      listProblem: tablet.listProblem(competitionSession.id),
      storage: unwritten,
      refusedRecords: tablet.journal.refused,
      clock: clockProposal,
      alarm,
      lastWord,
    },
    supervisors: tablet.supervisors(),
    namesLocked: enrolled?.unlocked === null,
  };
  // A gate stays what it was when the tablet is unlocked again, or started anew.
  const { hasExits } = view;
  useEffect(() => {
    if (hasExits && remembered(directionKey(gateId)) === "out") scanner.turn("out");
    if (!hasExits) scanner.turn("in");
  }, [scanner, gateId, hasExits]);
  // A camera sees a code ten times a second; a scan is what somebody did.
  useEffect(noteActivity, [scan]);

  const doings = useMemo<ScanDoings>(
    () => ({
      nowMs: tablet.nowMs,
      isBusy: () => scanner.isBusy,
      see: (text) => scanner.see(text),
      read: (text, means) => {
        noteActivity();
        scanner.read(text, means);
      },
      next: () => scanner.next(),
      turn: (to) => {
        remember(directionKey(gateId), to);
        scanner.turn(to);
      },
      decide: (admit) => {
        const shown = scanner.state().scan;
        if (shown !== null) void scanner.decide(shown.key, admit);
      },
      override: async (choice) => {
        const shown = scanner.state().scan;
        return shown === null ? "failed" : answerOf(await scanner.override(shown.key, choice));
      },
      confirmClock: async (choice) => answerOf(await scanner.confirmClock(choice)),
      dismissAlarm: () => scanner.dismissAlarm(),
      dismissLastWord: () => scanner.dismissLastWord(),
      search: (text) =>
        scanner.search(text).map(({ entry, ...found }) => ({
          ...found,
          ticketId: entry.ticketId,
          category: entry.category,
          zone: entry.zone,
          state: entry.state,
        })),
      lookUp: (ticketId) => void scanner.lookUp(ticketId),
      zones: () => scanner.inside(),
      refresh: () => void tablet.refresh(),
    }),
    [tablet, scanner, gateId],
  );
  return { view, doings };
}

const answerOf = (came: Authorised): PinAnswer => (came === "gone" ? "failed" : came);

const directionKey = (gateId: string): string => `direction.${gateId}`;
