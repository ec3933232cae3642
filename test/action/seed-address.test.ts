import { expect, test } from "vitest";
import type { Machine } from "../../src/action/machine.ts";
import { addressForTarget, addressOf, announcingFrom } from "../../src/action/seed-address.ts";
import { ADDRESSES_MAX } from "../../src/contract.ts";

const ALONE = { announceAddress: null, isLastJump: false };

/** As far as addresses go. `ssh`: the ends of its connection, client first. */
function machine({
  address = null,
  remoteAddress = "",
  addresses = [],
  ssh = null,
}: {
  readonly address?: string | null;
  readonly remoteAddress?: string;
  readonly addresses?: readonly string[];
  readonly ssh?: readonly [string, string] | null;
}): Machine {
  const ends = ssh === null ? null : { clientAddress: ssh[0], serverAddress: ssh[1] };
  return {
    session: { target: { address }, remoteAddress },
    ready: { addresses, ssh: ends },
  } as unknown as Machine;
}

const bastion = machine({
  remoteAddress: "203.0.113.5",
  ssh: ["198.51.100.7", "203.0.113.5"],
  addresses: ["127.0.0.1", "::1", "203.0.113.5", "10.77.3.11", "10.90.0.1", "fd77:0:0:3::b"],
});

test("a target that is reached by way of the bastion finds it where its own connection comes from", () => {
  const place = { announceAddress: null, isLastJump: true };
  const target = machine({ ssh: ["10.90.0.1", "10.77.3.20"] });
  expect(addressForTarget(bastion, target, place)).toBe("10.90.0.1");
});

test("another one finds it at the address that is most like its own, of the same family", () => {
  const at = (own: string) => addressForTarget(bastion, machine({ ssh: ["198.51.100.7", own] }), ALONE);
  expect(at("10.77.3.20")).toBe("10.77.3.11");
  expect(at("10.90.4.4")).toBe("10.90.0.1");
  expect(at("203.0.113.77")).toBe("203.0.113.5");
  expect(at("fd77::3:0:0:0:20")).toBe("fd77:0:0:3::b");
});

test("what is set comes before what is found", () => {
  const target = machine({ ssh: ["198.51.100.7", "10.77.3.20"] });
  const place = { announceAddress: "gate.internal", isLastJump: true };
  expect(addressForTarget(bastion, target, place)).toBe("gate.internal");
  const named = machine({ address: "10.1.1.1", addresses: ["10.77.3.11"] });
  expect(addressForTarget(named, target, ALONE)).toBe("10.1.1.1");
});

test("where sshd tells nothing it is the address by which the runner reaches it", () => {
  const silent = machine({ remoteAddress: "10.77.3.11" });
  expect(addressForTarget(silent, machine({}), ALONE)).toBe("10.77.3.11");
  expect(addressOf(silent, ALONE)).toBe("10.77.3.11");
  expect(addressOf(bastion, ALONE)).toBe("203.0.113.5");
});

test("a target of very many addresses is let in from no more than a message holds, and from that which is known first", () => {
  const addresses = Array.from({ length: ADDRESSES_MAX }, (_, index) => `10.1.${index >> 8}.${index & 255}`);
  const from = announcingFrom(machine({ remoteAddress: "203.0.113.5", addresses }));
  expect(from).toHaveLength(ADDRESSES_MAX);
  expect(from.slice(0, 2)).toEqual(["203.0.113.5", "10.1.0.0"]);
});
