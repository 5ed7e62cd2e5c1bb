import type { Gate } from "@tessera/contracts";

type GateRow = { gate_id: string; gate_code: string; gate_name: string };

export const toGate = (row: GateRow): Gate => ({ id: row.gate_id, code: row.gate_code, name: row.gate_name });

type JoinedGateRow = { gate_id: string | null; gate_code: string | null; gate_name: string | null };

/** A moment at a gate, from columns that are all there or all absent. */
export function toFirst(at: Date | null, row: JoinedGateRow): { at: Date; gate: Gate } | null {
  const { gate_id: id, gate_code: code, gate_name: name } = row;
  if (at === null || id === null || code === null || name === null) return null;
  return { at, gate: { id, code, name } };
}
