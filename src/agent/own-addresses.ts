import { networkInterfaces } from "node:os";
import { ADDRESSES_MAX } from "../contract.ts";

/**
 * Of all interfaces of this machine, as the runner and other targets may reach it. A host of many containers has hundreds of interfaces, each with an
 * address that is good on its own link only (fe80::/10): those are left out first.
 */
export function ownAddresses(interfaces = networkInterfaces()): string[] {
  const addresses = Object.values(interfaces)
    .flatMap((ofOne) => ofOne ?? [])
    .map(({ address }) => address);
  const isOnLinkOnly = (address: string) => /^fe[89ab]/i.test(address);
  return [...addresses.filter((address) => !isOnLinkOnly(address)), ...addresses.filter(isOnLinkOnly)].slice(
    0,
    ADDRESSES_MAX,
  );
}
