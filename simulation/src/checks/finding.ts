/**
 * What a run found wrong. `copies`: a tablet and the server know different things. `counts`: somebody who went through is not
 * counted, or counted twice, or never was. `refused`: somebody was turned away by a network or a clock. `missed`: no incident
 * where there must be one. `false_alarm`: an incident without a cause. `let_in`: a forged, old or copied code was confirmed.
 * `surprise`: what makes no sense at all. `blurred` is no fault: without a network or a proof, nothing but a clock that is in
 * doubt says when somebody stood there, and so the order of a ticket's passages may be told wrongly.
 */
export type Finding = {
  readonly kind: "copies" | "counts" | "refused" | "missed" | "false_alarm" | "let_in" | "surprise" | "blurred";
  readonly what: string;
  /** Whose story explains it. */
  readonly ticketId?: string | null;
};
