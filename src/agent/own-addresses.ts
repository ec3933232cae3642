import { networkInterfaces } from "node:os";

/** Of all interfaces of this machine, as the runner and other targets may reach it. */
export function ownAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .map(({ address }) => address);
}
