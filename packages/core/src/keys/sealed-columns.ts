import type { SealedPlace } from "@tessera/pass/issuer";
import { accountKeyPlace } from "../accounts/account.ts";
import { totpEnrolmentPlace, totpSecretPlace } from "../accounts/factors/totp.ts";
import { mailPlace } from "../mail/queue-mail.ts";
import { purchaseKeyPlace } from "../tickets/passes.ts";
import type { KekKind } from "./keyring.ts";
import { type OrganiserKeyKind, organiserKeyKinds } from "./organiser-keys.queries.ts";
import { organiserKeyPlace } from "./organiser-keys.ts";

/** A column whose values are sealed under the KEKs of one kind. */
export type SealedColumn = {
  kind: KekKind;
  table: string;
  column: string;
  /** The primary key, with PostgreSQL's types. */
  key: readonly { name: string; type: "uuid" | "integer" | "text" }[];
  /** Of a table that holds several kinds: the column that tells them apart is this kind's. */
  only?: { column: string; value: string };
  /** Where a row's value is sealed for, from its primary key as text. */
  placeOf(key: readonly string[]): SealedPlace;
};

/** Everything in the database that is sealed. A test compares it with the schema. */
export const sealedColumns: readonly SealedColumn[] = [
  {
    kind: "account",
    table: "account",
    column: "sealed_account_key",
    key: [{ name: "id", type: "uuid" }],
    placeOf: ([id = ""]) => accountKeyPlace(id),
  },
  {
    kind: "purchase",
    table: "ticket_epoch",
    column: "sealed_purchase_key",
    key: [
      { name: "competition_session_id", type: "uuid" },
      { name: "ticket_id", type: "uuid" },
      { name: "epoch", type: "integer" },
    ],
    placeOf: ([, ticketId = "", epoch]) => purchaseKeyPlace(ticketId, Number(epoch)),
  },
  {
    kind: "totp",
    table: "totp_factor",
    column: "sealed_secret",
    key: [{ name: "account_id", type: "uuid" }],
    placeOf: ([accountId = ""]) => totpSecretPlace(accountId),
  },
  {
    kind: "totp",
    table: "totp_enrolment",
    column: "sealed_secret",
    key: [{ name: "account_id", type: "uuid" }],
    placeOf: ([accountId = ""]) => totpEnrolmentPlace(accountId),
  },
  ...organiserKeyKinds.map(organiserKeyColumn),
  {
    kind: "mail",
    table: "mail",
    column: "sealed_content",
    key: [{ name: "id", type: "uuid" }],
    placeOf: ([id = ""]) => mailPlace(id),
  },
];

function organiserKeyColumn(kind: OrganiserKeyKind): SealedColumn {
  return {
    kind,
    table: "organiser_key",
    column: "sealed_secret",
    key: [
      { name: "kind", type: "text" },
      { name: "id", type: "integer" },
    ],
    only: { column: "kind", value: kind },
    placeOf: ([, id]) => organiserKeyPlace(kind, Number(id)),
  };
}
