import type { ScannerChoices } from "@tessera/contracts";
import { dayOf } from "@tessera/ui";

type Venue = ScannerChoices[number];

export function venueOf(choices: ScannerChoices, gateId: string): Venue | undefined {
  return choices.find(({ gates }) => gates.some(({ id }) => id === gateId));
}

/** Everything that happens at a venue on the next day on which anything does: what a tablet is mostly for. */
export function firstDay({ competitionSessions }: Pick<Venue, "competitionSessions">): string[] {
  const [first] = competitionSessions;
  if (first === undefined) return [];
  const day = dayOf(first.startsAt, first.timeZone);
  return competitionSessions.filter(({ startsAt, timeZone }) => dayOf(startsAt, timeZone) === day).map(({ id }) => id);
}
