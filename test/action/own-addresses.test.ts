import type { NetworkInterfaceInfo } from "node:os";
import { expect, test } from "vitest";
import { ownAddresses } from "../../src/agent/own-addresses.ts";
import { ADDRESSES_MAX } from "../../src/contract.ts";

test("a host of hundreds of containers tells the addresses that others can use before those of its links", () => {
  const interfaceOf = (address: string) => [{ address }] as NetworkInterfaceInfo[];
  const containers = Array.from({ length: 400 }, (_, index) => `fe80::${(index + 1).toString(16)}`);
  const interfaces = Object.fromEntries(
    [...containers, "10.1.2.3", "2001:db8::7"].map((address, index) => [
      `veth${index}`,
      interfaceOf(address),
    ]),
  );
  const told = ownAddresses(interfaces);
  expect(told).toHaveLength(ADDRESSES_MAX);
  expect(told.slice(0, 3)).toEqual(["10.1.2.3", "2001:db8::7", "fe80::1"]);
});
