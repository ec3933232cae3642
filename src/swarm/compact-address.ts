import { isIPv4, SocketAddress } from "node:net";

/** IP addresses as trackers send them: 4 bytes (BEP 23) or 16 (BEP 7). */

/** In the usual short form, so that one peer has one name. */
export function addressText(bytes: Buffer): string {
  if (bytes.length === 4) return bytes.join(".");
  const groups = (bytes.toString("hex").match(/.{4}/g) ?? []).join(":");
  return new SocketAddress({ address: groups, family: "ipv6" }).address;
}

/** Undefined for what is no address, or one with a zone, which means nothing elsewhere. */
export function addressBytes(text: string): Buffer | undefined {
  if (isIPv4(text)) return Buffer.from(text.split(".").map(Number));
  // Whatever form it has, here it has groups of hexadecimal digits and at most one gap.
  const normal = URL.parse(`http://[${text}]`)?.hostname.slice(1, -1);
  if (normal === undefined) return undefined;
  const [before = [], after = []] = normal
    .split("::")
    .map((half) => half.split(":").filter((group) => group !== ""));
  const gap = Array.from({ length: 8 - before.length - after.length }, () => "0");
  const groups = [...before, ...gap, ...after].map((group) => group.padStart(4, "0"));
  return Buffer.from(groups.join(""), "hex");
}
