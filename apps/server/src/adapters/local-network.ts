import { hostname, networkInterfaces } from "node:os";

/** The IPv4 addresses by which other devices on the local network reach this machine. */
export function localAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === "IPv4" && !internal)
    .map(({ address }) => address);
}

/** Every name and address by which a browser may call this machine: also its own name on the local network (mDNS). */
export function ownHosts(): string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((them) => (them ?? []).map(({ address }) => address));
  return [...ownNames(), ...addresses];
}

/** The names alone, without `localhost`. */
export function ownNames(): string[] {
  const [name = ""] = hostname().split(".");
  return [hostname(), name, `${name}.local`];
}
