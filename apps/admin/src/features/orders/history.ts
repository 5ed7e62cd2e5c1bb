import type { AdminOrder } from "@tessera/contracts";

type Change = AdminOrder["history"][number];

/** One line of the history: the same that happened to several tickets in one moment is said once. */
export type Step = Omit<Change, "id"> & { readonly ids: readonly string[] };

/** Oldest first, as the changes come. */
export function stepsOf(history: readonly Change[]): Step[] {
  const steps: Step[] = [];
  for (const { of, state, at, id } of history) {
    const last = steps.at(-1);
    if (last !== undefined && last.of === of && last.state === state && last.at === at) {
      steps[steps.length - 1] = { ...last, ids: [...last.ids, id] };
    } else {
      steps.push({ of, state, at, ids: [id] });
    }
  }
  return steps;
}
