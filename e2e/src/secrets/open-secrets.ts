import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { createDatabase } from "@tessera/db";
import { startEmbedded } from "@tessera/db/embedded";
import { deriveEpochToken, deriveTicketKey, type Kek, open } from "@tessera/pass/issuer";
import type { Secret, Shown } from "./find-secrets.ts";

export type OpenedServer = {
  /** The KEKs, every account key A, every purchase key B and ticket key K of every epoch, issuer, list and token keys. */
  readonly secrets: readonly Secret[];
  /** What a pass shows to everybody, of every epoch: to be found, by the same search, wherever passes are. */
  readonly tokens: readonly Secret[];
  /** The database as a dump would show it: a text for each table. */
  readonly tables: readonly Shown[];
};

/** Opens everything that a server on an embedded database has sealed, beside that server, with the KEKs of its folder. */
export async function openSecrets(dataDir: string): Promise<OpenedServer> {
  const keks = await readKeks(path.join(dataDir, "keks"));
  const embedded = await startEmbedded({ dataDir, mustExist: true });
  const db = createDatabase(embedded.ownerUrl, { max: 1, applicationName: "tessera-secrets" });
  try {
    const secrets: Secret[] = [...keks.values()].map(({ id, key }) => ({ what: `KEK ${id}`, bytes: key }));
    const tokens: Secret[] = [];
    const accountKeys = new Map<string, Uint8Array>();
    const accounts = await db.selectFrom("account").select(["id", "sealed_account_key"]).execute();
    for (const { id: rowId, sealed_account_key: sealed } of accounts) {
      // Of a deleted account: nobody has it any more.
      if (sealed.length === 0) continue;
      const accountKey = open(keks, sealed, { table: "account", column: "sealed_account_key", rowId, epoch: 0 });
      accountKeys.set(rowId, accountKey);
      secrets.push({ what: `account key A of ${rowId}`, bytes: accountKey });
    }
    const tokenKeys = new Map<number, Uint8Array>();
    const organiserKeys = await db.selectFrom("organiser_key").select(["kind", "id", "sealed_secret"]).execute();
    for (const { kind, id, sealed_secret: sealed } of organiserKeys) {
      const place = { table: "organiser_key", column: "sealed_secret", rowId: `${kind}/${id}`, epoch: 0 };
      const key = open(keks, sealed, place);
      if (kind === "token") tokenKeys.set(id, key);
      secrets.push({ what: `${kind} key ${id}`, bytes: key });
    }
    const epochs = await db
      .selectFrom("ticket_epoch")
      .select(["ticket_id", "epoch", "holder_account_id", "sealed_purchase_key", "token_key_id"])
      .execute();
    for (const { ticket_id: rowId, epoch, holder_account_id: holder, sealed_purchase_key: sealed, ...row } of epochs) {
      const place = { table: "ticket_epoch", column: "sealed_purchase_key", rowId, epoch };
      const purchaseKey = open(keks, sealed, place);
      const accountKey = accountKeys.get(holder);
      const of = `of ticket ${rowId}, epoch ${epoch}`;
      secrets.push({ what: `purchase key B ${of}`, bytes: purchaseKey });
      if (accountKey !== undefined) {
        secrets.push({ what: `ticket key K ${of}`, bytes: deriveTicketKey(accountKey, purchaseKey, rowId, epoch) });
      }
      const tokenKey = tokenKeys.get(row.token_key_id ?? 0);
      if (tokenKey !== undefined) {
        tokens.push({ what: `token ${of}`, bytes: deriveEpochToken(tokenKey, rowId, epoch) });
      }
    }
    const tables: Shown[] = [];
    for (const { name, schema } of await db.introspection.getTables()) {
      const table = db.dynamic.table(`${schema}.${name}` as "account").as("one");
      // A whole row as PostgreSQL writes it, bytes in hex.
      const rows = await db.selectFrom(table).select(db.dynamic.ref("one")).execute();
      tables.push({ where: `table ${name}`, bytes: Buffer.from(JSON.stringify(rows)) });
    }
    return { secrets, tokens, tables };
  } finally {
    await db.destroy();
    await embedded.stop();
  }
}

async function readKeks(folder: string): Promise<Map<string, Kek>> {
  const files = (await readdir(folder)).filter((name) => name.endsWith(".key"));
  const keks = await Promise.all(
    files.map(async (name) => {
      const key = Buffer.from(await readFile(path.join(folder, name), "utf8"), "base64");
      return { id: path.basename(name, ".key"), key };
    }),
  );
  return new Map(keks.map((kek) => [kek.id, kek]));
}
