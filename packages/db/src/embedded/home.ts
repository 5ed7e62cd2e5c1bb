import { createHash } from "node:crypto";
import { access, chmod, chown, constants, cp, mkdir, mkdtemp, readFile, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { DatabaseSetupError, messageOf } from "../setup-error.ts";
import { ensureExecutable } from "./binaries.ts";
import { run, type SystemUser } from "./run.ts";

/** Where a cluster lives, whose it is, and which programs run it. */
export interface ClusterHome {
  /** Holds the cluster: `data/`, `credentials.json`, `postgres.log`. */
  readonly folder: string;
  /** Holds PostgreSQL: `bin/`, `lib/`, `share/`. */
  readonly binaries: string;
  /** PostgreSQL refuses to run as root, so root runs it as this user. */
  readonly user: SystemUser | undefined;
}

/** What to look for and where. `log` is told of everything that an operator might wonder about. */
export interface HomeOptions {
  readonly dataDir: string;
  readonly binaries: string;
  readonly log: (message: string) => void;
  /** Where root puts what PostgreSQL's user could not reach. */
  readonly sharedFolder?: string;
}

const defaultSharedFolder = "/var/lib/tessera";

/**
 * Decides where the cluster of a data folder lives and creates the folders above it. As root, the cluster's user may
 * reach neither the data nor the programs (a clone under a home folder of mode 700): then both go to a place it reaches.
 *
 * @throws DatabaseSetupError `data_dir_unusable`, `embedded_no_system_user`, `embedded_data_not_ours`
 */
export async function prepareHome(options: HomeOptions): Promise<ClusterHome> {
  const { log, sharedFolder = defaultSharedFolder } = options;
  const dataDir = path.resolve(options.dataDir);
  await makeDataDir(dataDir);
  const wanted = path.join(dataDir, "postgres");
  await ensureExecutable(options.binaries);

  const owner = await ownerOf(wanted);
  if (owner === undefined) {
    await access(dataDir, constants.W_OK | constants.X_OK).catch((error: unknown) => refuseFolder(dataDir, error));
  }
  if (process.getuid?.() !== 0) {
    if (owner !== undefined && owner.uid !== process.getuid?.()) throw notOurs(wanted);
    return { folder: wanted, binaries: options.binaries, user: undefined };
  }

  const user = owner ?? (await findOrCreateUser());
  const binaries = (await canReach(user, path.join(options.binaries, "bin")))
    ? options.binaries
    : await copyBinaries(options.binaries, sharedFolder, log);
  if (await canReach(user, dataDir)) return { folder: wanted, binaries, user };

  const place = path.join(sharedFolder, shortHash(dataDir));
  await makeOpenFolder(place);
  const folder = path.join(place, "postgres");
  if ((await exists(wanted)) && !(await exists(folder))) await copyTree(wanted, folder, user);
  log(`PostgreSQL's user cannot reach ${dataDir}, so the database is kept in ${folder}`);
  return { folder, binaries, user };
}

/**
 * Makes the data folder and those above it, unless they are there.
 *
 * @throws DatabaseSetupError `data_dir_unusable`
 */
export async function makeDataDir(dataDir: string): Promise<void> {
  await makeOpenFolder(path.resolve(dataDir)).catch((error: unknown) => refuseFolder(dataDir, error));
}

/** A strict umask would lock out the user that PostgreSQL runs as. What is secret inside has a strict mode of its own. */
async function makeOpenFolder(folder: string): Promise<void> {
  if (await exists(folder)) {
    if (!(await stat(folder)).isDirectory()) throw new Error(`${folder} is not a folder`);
    return;
  }
  await makeOpenFolder(path.dirname(folder));
  // One at a time: Node's recursive mkdir never returns where nothing can be made, such as under /proc.
  try {
    await mkdir(folder);
  } catch (error) {
    // Another start made it just now.
    if (await exists(folder)) return;
    throw error;
  }
  await chmod(folder, 0o755);
}

function refuseFolder(folder: string, error: unknown): never {
  throw new DatabaseSetupError(
    "data_dir_unusable",
    `The data folder ${folder} cannot be used: ${messageOf(error)}. ` +
      "Set TESSERA_DATA_DIR to a folder that this user may write to.",
    { cause: error },
  );
}

/** The user that owns a cluster made earlier, since PostgreSQL runs only as the owner of its data. */
async function ownerOf(folder: string): Promise<SystemUser | undefined> {
  if (!(await exists(folder))) return undefined;
  const { uid, gid } = await stat(folder);
  return { uid, gid };
}

function notOurs(folder: string): DatabaseSetupError {
  return new DatabaseSetupError(
    "embedded_data_not_ours",
    `${folder} belongs to another user, perhaps since Tessera was started as root before. ` +
      "Start it as that user again, give the folder to this one (chown -R), or set another data folder.",
  );
}

const userName = "postgres";

async function findOrCreateUser(): Promise<SystemUser> {
  const found = await findUser();
  if (found) return found;
  const made = await run("useradd", ["--system", "--user-group", "--no-create-home", userName], { user: undefined });
  // When two starts make the user at once, one of them fails, and the user is there all the same.
  const user = await findUser();
  if (user) return user;
  throw new DatabaseSetupError(
    "embedded_no_system_user",
    `PostgreSQL does not run as root, and the system user ${userName} could not be created: ${made.output}. ` +
      "Create it, start Tessera as an ordinary user, or set DATABASE_URL and DATABASE_OWNER_URL.",
  );
}

async function findUser(): Promise<SystemUser | undefined> {
  const [uid, gid] = await Promise.all(["-u", "-g"].map((flag) => run("id", [flag, userName], { user: undefined })));
  return uid?.ok && gid?.ok ? { uid: Number(uid.output), gid: Number(gid.output) } : undefined;
}

/** Asks the kernel rather than reading modes: access lists and mount options count too. */
async function canReach(user: SystemUser, folder: string): Promise<boolean> {
  return (await run("/bin/sh", ["-c", 'test -x "$0"', folder], { user })).ok;
}

async function copyBinaries(from: string, sharedFolder: string, log: (message: string) => void): Promise<string> {
  // The manifest has the version: another PostgreSQL at the same path is another copy.
  const manifest = await readFile(path.join(from, "..", "package.json"), "utf8");
  const place = path.join(sharedFolder, shortHash(from + manifest));
  const to = path.join(place, "postgresql");
  if (!(await exists(to))) {
    await makeOpenFolder(place);
    await copyTree(from, to, undefined);
    log(`PostgreSQL's user cannot reach ${from}, so PostgreSQL was copied to ${to}`);
  }
  return to;
}

/** Copies a folder so that it is there whole or not at all, however many copy it at once. */
async function copyTree(from: string, to: string, owner: SystemUser | undefined): Promise<void> {
  const draft = await mkdtemp(`${to}-`);
  try {
    // A link inside must go on pointing inside, not back to the folder that cannot be reached.
    await cp(from, draft, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
    if (owner) await changeTree("chown", `${owner.uid}:${owner.gid}`, draft);
    else await changeTree("chmod", "a+rX", draft);
    await renameUnlessThere(draft, to);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function changeTree(program: "chown" | "chmod", change: string, folder: string): Promise<void> {
  const { ok, output } = await run(program, ["-R", change, folder], { user: undefined });
  if (!ok) throw new Error(`${program} of ${folder} failed: ${output}`);
}

/** Renames a folder into place; when somebody else's is there already, that one stays. */
export async function renameUnlessThere(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (!(await exists(to))) throw error;
  }
}

/** Makes a folder that only the cluster's user enters. */
export async function makeDraft(home: ClusterHome): Promise<string> {
  const draft = await mkdtemp(`${home.folder}-`);
  if (home.user) await chown(draft, home.user.uid, home.user.gid);
  return draft;
}

export async function exists(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch (error) {
    // ENOTDIR: there is a file where one of the folders above it would be.
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR"))
      return false;
    throw error;
  }
}

function shortHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
