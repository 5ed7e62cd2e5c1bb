import type { reasons as french } from "../fr/reasons.ts";
import type { Translation } from "../translation.ts";

/** `title` is read at two metres: one or two words. `help` says what staff do. */
export const reasons: Translation<typeof french> = {
  malformed: {
    title: "Unreadable",
    help: "Not a Tessera ticket, or a damaged one. Ask to open the ticket in the shop.",
  },
  unknown_version: {
    title: "Too new",
    help: "This code is newer than this tablet. Update the tablet and call a supervisor.",
  },
  unknown_issuer: {
    title: "Unknown issuer",
    help: "This ticket is not from the organiser. Do not let in, and call a supervisor.",
  },
  bad_signature: { title: "Forged", help: "The signature does not match. Do not let in, and call a supervisor." },
  unknown_ticket: {
    title: "Not listed",
    help: "Ask for an identity document and call a supervisor: the list may be old.",
  },
  revoked: { title: "Cancelled", help: "This ticket was cancelled or refunded. Send the person to the help desk." },
  blocked: { title: "Blocked", help: "This ticket is blocked. Call a supervisor." },
  superseded: { title: "Replaced", help: "The ticket changed hands or phone. Ask for it on the new phone." },
  not_current_pass: {
    title: "Wrong code",
    help: "This is not the newest code of this ticket. Ask to open the ticket again.",
  },
  unlisted_pass: {
    title: "Code not listed",
    help: "This code is not on the list. Ask for an identity document and call a supervisor.",
  },
  wrong_competition_session: {
    title: "Other session",
    help: "The ticket is for another session. Show the time and place written on it.",
  },
  wrong_zone: { title: "Other zone", help: "The ticket opens another zone. Show the way." },
  wrong_gate: { title: "Other gate", help: "The ticket opens another gate. Show the way." },
  session_cancelled: {
    title: "Session off",
    help: "The session does not take place. Send the person to the help desk.",
  },
  too_early: { title: "Too early", help: "The gate is not open for this ticket yet. Say when to come back." },
  too_late: { title: "Too late", help: "Entry is over for this ticket. Send the person to the help desk." },
  bad_proof: {
    title: "False code",
    help: "The code is not from the holder’s phone. Ask for the ticket on that phone.",
  },
  stale_code: {
    title: "Old code",
    help: "Probably a screenshot. Ask to open the ticket itself, its code is new every 15 seconds.",
  },
  list_too_old: { title: "Old list", help: "The tablet has had no news for long. Ask for an identity document." },
  paper: { title: "Paper", help: "Ask for an identity document and compare the name." },
  already_inside: {
    title: "Already inside",
    help: "See the time and the gate. Compare an identity document: an exit may not have been heard yet.",
  },
  already_admitted: {
    title: "Already in",
    help: "This ticket has been used. See the time and the gate, then call a supervisor.",
  },
  not_inside: { title: "Not inside", help: "No entry is known for this ticket. Let the person out, and note it." },
  looked_up: {
    title: "No code",
    help: "Compare an identity document with this name. If it is the same, let them in.",
  },
  bad_seal: { title: "Forged", help: "The seal does not match. Do not let in, and call a supervisor." },
  admitted: { title: "Welcome", help: "Enjoy the session!" },
  exited: { title: "Out", help: "The exit is noted." },
};
