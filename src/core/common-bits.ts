import { plainAddress } from "./ip-address.ts";

/** How many bits two addresses share from their start: how near to each other they are, as far as addresses can tell. -1: they are of different families, or one is none. */
export function commonBits(one: string, other: string): number {
  const [left, right] = [bitsOf(one), bitsOf(other)];
  if (left.length !== right.length || left === "") return -1;
  let at = 0;
  while (at < left.length && left[at] === right[at]) at += 1;
  return at;
}

/** As text of zeros and ones, 32 or 128 of them; empty where it is no address. */
function bitsOf(text: string): string {
  const address = plainAddress(text) ?? "";
  if (address === "") return "";
  if (address.includes(":"))
    return groupsOf(address)
      .map((group) => binary(group, 16, 16))
      .join("");
  return address
    .split(".")
    .map((part) => binary(part, 10, 8))
    .join("");
}

function binary(digits: string, base: number, bits: number): string {
  return Number.parseInt(digits || "0", base)
    .toString(2)
    .padStart(bits, "0");
}

/** The eight of an IPv6 address. */
function groupsOf(address: string): string[] {
  const [head = "", tail] = address.split("::");
  const first = head === "" ? [] : head.split(":");
  const last = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = Array<string>(Math.max(0, 8 - first.length - last.length)).fill("0");
  return tail === undefined ? first : [...first, ...zeros, ...last];
}
