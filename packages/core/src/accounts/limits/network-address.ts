import { isIPv6 } from "node:net";

/** Whose address it is, for counting. */
export type Networks = {
  /** Who tries: one household or server. */
  near: string;
  /** Whom that belongs to: nobody gets 65,536 counters by having one network. */
  wide: string;
};

/**
 * An IPv4 address stands for itself. Of an IPv6 address the first 64 bits are the near network and the first 48 the wide
 * one, as networks are given out (RFC 6177). An IPv4 address that is written as IPv6 (`::ffff:192.0.2.1`, in decimal or
 * hexadecimal) is an IPv4 address.
 */
export function networksOf(address: string): Networks {
  const [plain = ""] = address.split("%");
  if (!isIPv6(plain)) return { near: plain, wide: plain };
  const groups = groupsOf(plain);
  const mapped = ipv4Of(groups);
  if (mapped !== undefined) return { near: mapped, wide: mapped };
  return { near: `${groups.slice(0, 4).join(":")}::/64`, wide: `${groups.slice(0, 3).join(":")}::/48` };
}

/** The eight groups of an IPv6 address. The URL parser writes each in the one canonical way (RFC 5952). */
function groupsOf(address: string): string[] {
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [before = [], after = []] = canonical.split("::").map((text) => (text === "" ? [] : text.split(":")));
  return [...before, ...Array<string>(8 - before.length - after.length).fill("0"), ...after];
}

/** RFC 4291 section 2.5.5.2. */
function ipv4Of(groups: readonly string[]): string | undefined {
  if (groups.slice(0, 6).join(":") !== "0:0:0:0:0:ffff") return undefined;
  const bytes = groups.slice(6).flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]);
  return bytes.join(".");
}
