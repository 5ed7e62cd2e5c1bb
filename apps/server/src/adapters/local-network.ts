import { networkInterfaces } from "node:os";

/** The IPv4 addresses by which other devices on the local network reach this machine. */
export function localAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === "IPv4" && !internal)
    .map(({ address }) => address);
}
