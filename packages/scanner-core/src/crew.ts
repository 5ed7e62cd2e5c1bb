import type { Shift } from "@tessera/contracts";
import {
  type MemberKeys,
  newDeviceKey,
  newMemberKeys,
  newNamesKey,
  openFor,
  openVault,
  sealFor,
} from "./names-vault.ts";
import type { NamesVault, Store } from "./ports.ts";
import type { AtWork } from "./scanner-options.ts";

/** The tables of the store that a crew is kept in. */
const crewTables = { members: "crew", keys: "crewKeys", ended: "endedShifts" } as const;

type DeviceKey = Awaited<ReturnType<typeof newDeviceKey>>;
type Bytes = Uint8Array<ArrayBuffer>;

/** Somebody whose shift is open on this tablet. */
export type Member = {
  readonly shift: Shift;
  /** Null once the PIN was tried too often: then only a sign-in helps. */
  readonly keys: MemberKeys | null;
  /** The key of the names, sealed for them. */
  readonly names: Bytes;
  /** Wrong PINs since the last right one. */
  readonly tries: number;
};

/** Who may decide against the screen, and how often still. */
export type Supervisor = {
  readonly shiftId: string;
  readonly displayName: string;
  readonly overridesLeft: number;
};

const mostTries = 5;

const isSupervisor = ({ shift: { role } }: Member): boolean => role === "supervisor" || role === "admin";

const isMember = (value: unknown): value is Member =>
  typeof value === "object" &&
  value !== null &&
  "shift" in value &&
  "keys" in value &&
  "names" in value &&
  "tries" in value;

/**
 * Who works with a tablet. Each has signed in once, with a network, and unlocks it with a PIN of their own from then on,
 * also without one. The names of visitors can be read only while somebody is unlocked, and nobody can any more when the last
 * shift has ended.
 */
export class Crew {
  readonly #store: Store;
  #members: readonly Member[];
  #deviceKey: DeviceKey | null;
  #namesKey: Bytes | null = null;
  #vault: NamesVault | null = null;
  #unlocked: string | null = null;
  #last: Promise<unknown> = Promise.resolve();

  /** Use `openCrew`. */
  constructor(store: Store, members: readonly Member[], deviceKey: DeviceKey | null) {
    this.#store = store;
    this.#members = members;
    this.#deviceKey = deviceKey;
  }

  /** Whose shifts are open at a moment, unix milliseconds. */
  at(nowMs: number): readonly Member[] {
    return this.#members.filter(({ shift }) => Date.parse(shift.endsAt) > nowMs);
  }

  /** Whose shifts have ended by time, and were not cleared away yet. */
  overAt(nowMs: number): readonly Member[] {
    return this.#members.filter(({ shift }) => Date.parse(shift.endsAt) <= nowMs);
  }

  get unlocked(): Member | null {
    return this.#members.find(({ shift }) => shift.id === this.#unlocked) ?? null;
  }

  /** Seals names; null while the tablet is locked. */
  get vault(): NamesVault | null {
    return this.#vault;
  }

  /**
   * Somebody has signed in, chosen a PIN, and is unlocked. A shift that they had here before ends. On a locked tablet nobody
   * can open the names that are there: there is a new key for those that come, and it is sealed for the others too.
   */
  begin(shift: Shift, pin: string): Promise<void> {
    return this.#alone(async () => {
      this.#deviceKey ??= await newDeviceKey();
      const namesKey = this.#namesKey ?? newNamesKey();
      const keys = await newMemberKeys(pin, this.#deviceKey);
      const member: Member = { shift, keys, names: await sealFor(keys.publicKey, namesKey), tries: 0 };
      const before = this.#members.filter((one) => one.shift.accountId === shift.accountId);
      const others = this.#members.filter((one) => !before.includes(one));
      const told = this.#namesKey === null ? await Promise.all(others.map((one) => withNames(one, namesKey))) : others;
      await this.#store.write([
        { table: crewTables.keys, key: "device", value: this.#deviceKey },
        ...before.map((one) => ({ table: crewTables.members, key: one.shift.id, value: null })),
        ...[...told, member].map((one) => ({ table: crewTables.members, key: one.shift.id, value: one })),
      ]);
      this.#members = [...told, member];
      await this.#open(shift.id, namesKey);
    });
  }

  /** Tries a PIN: null when it was right, and that one is unlocked; otherwise the tries that are left. */
  unlock(shiftId: string, pin: string): Promise<number | null> {
    return this.#alone(async () => {
      const tried = await this.#try(shiftId, pin);
      if (typeof tried === "number") return tried;
      await this.#open(shiftId, tried);
      return null;
    });
  }

  /** Whether this is somebody's PIN, whoever is unlocked. A wrong one counts as in `unlock`. */
  isPinOf(shiftId: string, pin: string): Promise<boolean> {
    return this.#alone(async () => typeof (await this.#try(shiftId, pin)) !== "number");
  }

  lock(): void {
    this.#unlocked = null;
    this.#vault = null;
    this.#namesKey = null;
  }

  /** Ends shifts here; the server has still to be told of them. True if nobody is left, and so every name must go. */
  end(shiftIds: readonly string[]): Promise<boolean> {
    return this.#alone(async () => {
      const left = this.#members.filter(({ shift }) => !shiftIds.includes(shift.id));
      await this.#store.write([
        ...shiftIds.map((id) => ({ table: crewTables.members, key: id, value: null })),
        ...shiftIds.map((id) => ({ table: crewTables.ended, key: id, value: { shiftId: id } })),
        ...(left.length === 0 ? [{ table: crewTables.keys, key: "device", value: null }] : []),
      ]);
      this.#members = left;
      if (this.#unlocked !== null && shiftIds.includes(this.#unlocked)) this.lock();
      if (left.length === 0) this.#deviceKey = null;
      return left.length === 0;
    });
  }

  /** Says of shifts that ended here while the server could not be told, as far as it answers now. */
  async tellEnded(tell: (shiftId: string) => Promise<boolean>): Promise<void> {
    for (const ended of await this.#store.readAll(crewTables.ended)) {
      const shiftId: unknown = Reflect.get(Object(ended), "shiftId");
      if (typeof shiftId !== "string") continue;
      if (await tell(shiftId)) await this.#store.write([{ table: crewTables.ended, key: shiftId, value: null }]);
    }
  }

  /** Supervisors and admins with an open shift. */
  supervisors(nowMs: number, overridesIn: (shiftId: string) => number): readonly Supervisor[] {
    return this.at(nowMs)
      .filter(isSupervisor)
      .map(({ shift }) => ({
        shiftId: shift.id,
        displayName: shift.displayName,
        overridesLeft: Math.max(0, shift.overrides - overridesIn(shift.id)),
      }));
  }

  /** What the work at a gate asks of who does it. */
  atWork(nowMs: () => number): AtWork {
    const supervisor = (shiftId: string) =>
      this.at(nowMs()).find((member) => member.shift.id === shiftId && isSupervisor(member));
    return {
      shiftId: () => this.unlocked?.shift.id ?? null,
      authorise: async (shiftId, pin) => (await this.isPinOf(shiftId, pin)) && supervisor(shiftId) !== undefined,
      overridesOf: (shiftId) => supervisor(shiftId)?.shift.overrides ?? 0,
    };
  }

  /** Written before it is tried: who takes the battery out has used the try up. */
  async #try(shiftId: string, pin: string): Promise<Bytes | number> {
    const member = this.#members.find(({ shift }) => shift.id === shiftId);
    if (member === undefined || member.keys === null || this.#deviceKey === null) return 0;
    const tries = member.tries + 1;
    await this.#write({ ...member, tries });
    const namesKey = await openFor(member.names, member.keys, pin, this.#deviceKey);
    if (namesKey !== null) {
      await this.#write({ ...member, tries: 0 });
      return namesKey;
    }
    if (tries >= mostTries) await this.#write({ ...member, tries, keys: null });
    return Math.max(0, mostTries - tries);
  }

  async #write(member: Member): Promise<void> {
    const { id } = member.shift;
    await this.#store.write([{ table: crewTables.members, key: id, value: member }]);
    this.#members = this.#members.map((one) => (one.shift.id === id ? member : one));
  }

  async #open(shiftId: string, namesKey: Bytes): Promise<void> {
    this.#namesKey = namesKey;
    this.#vault = await openVault(namesKey);
    this.#unlocked = shiftId;
  }

  /** What changes who is here comes one after the other. */
  #alone<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}

const withNames = async (member: Member, namesKey: Bytes): Promise<Member> =>
  member.keys === null ? member : { ...member, names: await sealFor(member.keys.publicKey, namesKey) };

/** Opens what is kept. The tablet begins locked. */
export async function openCrew(store: Store): Promise<Crew> {
  const members = (await store.readAll(crewTables.members)).filter(isMember);
  const key = await store.read(crewTables.keys, "device");
  return new Crew(store, members, isKey(key) ? key : null);
}

const isKey = (value: unknown): value is DeviceKey =>
  typeof value === "object" && value !== null && Reflect.get(value, "type") === "secret";
