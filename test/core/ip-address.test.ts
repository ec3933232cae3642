import { expect, test } from "vitest";
import { isLinkLocal, plainAddress } from "../../src/core/ip-address.ts";

test("one address has one form, however it is written", () => {
  const forms: Readonly<Record<string, readonly string[]>> = {
    "10.1.2.3": ["10.1.2.3", "::ffff:10.1.2.3", "::FFFF:a01:203", "0:0:0:0:0:ffff:10.1.2.3"],
    "0.0.255.1": ["::ffff:0:ff01", "::ffff:0.0.255.1"],
    "fd77::1": ["fd77::1", "FD77::1", "fd77:0:0:0:0:0:0:1", "fd77::0001"],
    "fe80::1": ["fe80::1", "fe80::1%eth0", "FE80:0::1%3"],
    "::1": ["::1", "0:0:0:0:0:0:0:1"],
  };
  for (const [plain, written] of Object.entries(forms))
    for (const form of written) expect([form, plainAddress(form)]).toEqual([form, plain]);
});

test("what is no address has none", () => {
  const texts = [
    "",
    "web-1.example.com",
    "localhost",
    "::g",
    "1:2",
    "fd77::1]/",
    "10.1.2",
    ":",
    "%eth0",
    "[::1]",
  ];
  for (const text of texts) expect([text, plainAddress(text)]).toEqual([text, undefined]);
});

test("link-local addresses are told from all others", () => {
  for (const text of ["fe80::1", "FE80::1%eth0", "febf::1"]) expect(isLinkLocal(text)).toBe(true);
  for (const text of ["fec0::1", "fd77::1", "169.254.1.1", "fe80.example.com"])
    expect(isLinkLocal(text)).toBe(false);
});
