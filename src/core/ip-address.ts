/**
 * An IP address in the one form in which it can be compared: IPv6 as RFC 5952 writes it and without a zone, IPv4 as such even where it
 * comes within IPv6 (`::ffff:10.1.2.3`, what a socket that listens for both says). Undefined: it is none.
 */
export function plainAddress(text: string): string | undefined {
  const [address = ""] = text.split("%");
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(address)) return address;
  const url = `http://[${address}]/`;
  if (!/^[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*$/.test(address) || !URL.canParse(url)) return undefined;
  const short = new URL(url).hostname.slice(1, -1);
  const [, high = "", low = ""] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(short) ?? [];
  if (high === "") return short;
  const bytes = [high, low].flatMap((group) => {
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 255];
  });
  return bytes.join(".");
}

/** Good on one link only, and with the name that one machine has for it: nobody can be told it (RFC 4007 §6). */
export function isLinkLocal(text: string): boolean {
  return /^fe[89ab][0-9a-f]:/.test(plainAddress(text) ?? "");
}

/** As a URL takes it, and whatever writes a port behind it: IPv6 in brackets (RFC 3986 §3.2.2). */
export function bracketed(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}

/** `web-1.example.com:22`, `[fd77::1]:22`. */
export function hostAndPort({ host, port }: { readonly host: string; readonly port: number }): string {
  return `${bracketed(host)}:${port}`;
}
