import { CodedError } from "./errors.ts";

/** Which states an entity may go to from each of its states. */
export type StateChanges<State extends string> = Readonly<Record<State, readonly State[]>>;

/** The rules of an entity's states: what the table does not allow is an error. */
export type StateTable<State extends string> = {
  allows(from: State, to: State): boolean;
  /** Throws `conflict`, with both states, for a change that the table does not allow. */
  assert(from: State, to: State): void;
};

export function stateTable<State extends string>(changes: StateChanges<State>): StateTable<State> {
  const allows = (from: State, to: State): boolean => changes[from].includes(to);
  return {
    allows,
    assert(from, to) {
      if (allows(from, to)) return;
      // Where nobody has asked for it, as in a job, the log must say where: the refusal itself does not.
      const cause = new Error(`${from} does not become ${to}`);
      throw new CodedError("conflict", { from, to }, { cause });
    },
  };
}
