import { randomBytes } from "node:crypto";
import { chown, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { DatabaseSetupError } from "../setup-error.ts";
import { type ClusterHome, exists, makeDraft, renameUnlessThere } from "./home.ts";
import { run } from "./run.ts";

/** One password for each role that signs in. */
export interface Credentials {
  readonly admin: string;
  readonly owner: string;
  readonly application: string;
}

export const adminRole = "postgres";
export const ownerRole = "tessera_owner";
export const databaseName = "tessera";

export const dataOf = (home: ClusterHome): string => path.join(home.folder, "data");
export const programOf = (home: ClusterHome, name: string): string => path.join(home.binaries, "bin", name);

const credentialsFile = "credentials.json";

// The built-in provider sorts the same on every machine; the plain locale beside it is still asked for by initdb.
const initdbFlags = [
  "--encoding=UTF8",
  "--locale-provider=builtin",
  "--builtin-locale=C.UTF-8",
  "--locale=C",
  "--auth=scram-sha-256",
  `--username=${adminRole}`,
];

/**
 * Makes the cluster with its roles and its empty database, unless it is there. It is made aside and renamed into place,
 * so that a crash leaves no half of one and, of two starts at once, one cluster wins.
 *
 * @throws DatabaseSetupError `embedded_init_failed`
 */
export async function createClusterOnce(home: ClusterHome, applicationRole: string): Promise<void> {
  if (await exists(home.folder)) return;
  const draft = { ...home, folder: await makeDraft(home) };
  try {
    const credentials: Credentials = { admin: password(), owner: password(), application: password() };
    await initialise(draft, credentials);
    await createRoles(draft, credentials, applicationRole);
    await writeSecret(draft, credentialsFile, JSON.stringify(credentials));
    await renameUnlessThere(draft.folder, home.folder);
  } finally {
    await rm(draft.folder, { recursive: true, force: true });
  }
}

export async function readCredentials(home: ClusterHome): Promise<Credentials> {
  const file = path.join(home.folder, credentialsFile);
  const parsed: unknown = JSON.parse(await readFile(file, "utf8"));
  if (isCredentials(parsed)) return parsed;
  throw new DatabaseSetupError("embedded_init_failed", `${file} does not hold the passwords of the database.`);
}

function isCredentials(value: unknown): value is Credentials {
  return typeof value === "object" && value !== null && "admin" in value && "owner" in value && "application" in value;
}

async function initialise(home: ClusterHome, credentials: Credentials): Promise<void> {
  const passwordFile = await writeSecret(home, "admin-password", credentials.admin);
  const args = [`--pgdata=${dataOf(home)}`, `--pwfile=${passwordFile}`, ...initdbFlags];
  const { ok, output } = await run(programOf(home, "initdb"), args, { user: home.user });
  await rm(passwordFile);
  if (!ok) throw initFailed(output);
}

/** In single-user mode no port is open yet, and so nobody connects to a cluster that is half made. */
async function createRoles(home: ClusterHome, credentials: Credentials, applicationRole: string): Promise<void> {
  const statements = [
    `create role ${ownerRole} login password '${credentials.owner}'`,
    `create role ${applicationRole} login password '${credentials.application}'`,
    `create database ${databaseName} owner ${ownerRole}`,
    // The log must not repeat what people typed, as DETAIL and STATEMENT lines do.
    ...[ownerRole, applicationRole].flatMap((role) => [
      `alter role ${role} set log_error_verbosity = terse`,
      `alter role ${role} set log_min_error_statement = panic`,
    ]),
  ];
  const { ok, output } = await run(
    programOf(home, "postgres"),
    ["--single", "-D", dataOf(home), "-c", "exit_on_error=on", "-c", "log_min_messages=fatal", "postgres"],
    { user: home.user, input: `${statements.join("\n")}\n` },
  );
  if (!ok) throw initFailed(output);
}

function initFailed(output: string): DatabaseSetupError {
  return new DatabaseSetupError("embedded_init_failed", `The embedded PostgreSQL could not be set up: ${output}`);
}

/** 32 bytes as hexadecimal, which needs no quoting in SQL or in a URL. */
function password(): string {
  return randomBytes(32).toString("hex");
}

async function writeSecret(home: ClusterHome, name: string, text: string): Promise<string> {
  const file = path.join(home.folder, name);
  await writeFile(file, text, { mode: 0o600 });
  if (home.user) await chown(file, home.user.uid, home.user.gid);
  return file;
}
