import fc from "fast-check";
import { expect, test } from "vitest";
import { addressBytes, addressText } from "../../src/swarm/compact-address.ts";

test("an address is the same after it has crossed the wire", () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (address) => {
      const bytes = addressBytes(address);
      expect(bytes).toHaveLength(address.includes(":") ? 16 : 4);
      expect(addressBytes(addressText(bytes!))).toEqual(bytes);
    }),
  );
});

test.each([
  ["10.77.0.12", "0a4d000c"],
  ["::1", "00000000000000000000000000000001"],
  ["fd77::", "fd770000000000000000000000000000"],
  ["2001:db8::7:0:9", "20010db8000000000000000700000009"],
  ["::ffff:10.0.0.1", "00000000000000000000ffff0a000001"],
])("%s is %s", (text, hex) => {
  expect(addressBytes(text)?.toString("hex")).toBe(hex);
});

test.each(["web-1.example.com", "fe80::1%eth0", ""])("%j is no address to tell", (text) => {
  expect(addressBytes(text)).toBeUndefined();
});
