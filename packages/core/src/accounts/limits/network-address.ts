import { isIPv6 } from "node:net";

/**
 * Whose address it is, for counting: an IPv4 address as it is, and of an IPv6 address the first 64 bits, which belong to
 * one household or server (RFC 6177). An IPv4 address that is written as IPv6 (`::ffff:192.0.2.1`) is an IPv4 address.
 */
export function networkOf(address: string): string {
  const [plain = ""] = address.split("%");
  if (!isIPv6(plain)) return plain;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1];
  if (mapped !== undefined) return mapped;
  // The URL parser writes every IPv6 address in the one canonical way (RFC 5952), IPv4 endings included.
  const canonical = new URL(`http://[${plain}]`).hostname.slice(1, -1);
  const [head = "", tail] = canonical.split("::");
  const before = groupsOf(head);
  const after = groupsOf(tail ?? "");
  const groups = [...before, ...Array<string>(8 - before.length - after.length).fill("0"), ...after];
  return `${groups.slice(0, 4).join(":")}::/64`;
}

const groupsOf = (text: string): string[] => (text === "" ? [] : text.split(":"));
