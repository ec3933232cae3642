/** `[user@]host[:port]` as a person writes it. Null: not given. An IPv6 host is without its brackets. */
export interface WrittenSshAddress {
  readonly user: string | null;
  readonly host: string;
  readonly port: number | null;
}

const HOST_CHARACTERS_MAX = 255;
const USER_CHARACTERS_MAX = 256;

/**
 * Takes apart `[user@]host[:port]`. An IPv6 address with a port stands in brackets: `[fe80::1%eth0]:22`; without a port it may go
 * without them. Returns a sentence that says what is wrong where it is not such an address.
 */
export function parseSshAddress(text: string): WrittenSshAddress | string {
  // The last @ divides, because users of a directory service may be written user@domain.
  const at = text.lastIndexOf("@");
  const user = at === -1 ? null : text.slice(0, at);
  if (user !== null && !isSshUser(user)) return `${JSON.stringify(user)} is not a user name`;
  const rest = text.slice(at + 1);

  const bracketed = /^\[(?<host>[^\]]*)\](?::(?<port>.*))?$/s.exec(rest)?.groups;
  if (bracketed?.host !== undefined) {
    if (!isIpv6(bracketed.host)) {
      return `${JSON.stringify(rest)}: brackets hold a range such as [2:20] or an IPv6 address such as [::1]`;
    }
    return withPort(user, bracketed.host, bracketed.port);
  }
  if (rest.split(":").length > 2) {
    if (isIpv6(rest)) return { user, host: rest, port: null };
    return `${JSON.stringify(rest)} is neither host:port nor an IPv6 address (which stands in brackets: [::1]:22)`;
  }
  const [host = "", port] = rest.split(":");
  if (!isHost(host)) return `${JSON.stringify(host)} is not a host name or address`;
  return withPort(user, host, port);
}

/** A port as written, or undefined. */
export function parsePort(text: string): number | undefined {
  if (!/^\d{1,5}$/.test(text)) return undefined;
  const port = Number(text);
  return port >= 1 && port <= 65_535 ? port : undefined;
}

/** A host name, an IPv4 or an IPv6 address (without brackets, with or without a zone). */
export function isHost(text: string): boolean {
  if (text.length > HOST_CHARACTERS_MAX) return false;
  if (text.includes(":")) return isIpv6(text);
  if (!/^[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_.])?$/.test(text) || text.includes("..")) return false;
  // A name whose last label is a number is an IPv4 address or a mistake (URL standard, "ends in a number").
  if (/(^|\.)\d+\.?$/.test(text))
    return /^(\d{1,3}\.){3}\d{1,3}$/.test(text) && text.split(".").every((part) => Number(part) < 256);
  return true;
}

/** What `isSshUser` takes, for messages. */
export const SSH_USER = "a user name without blanks, quotes, : / ` ; & < > | ( ) { } or a dash at the start";

/**
 * A leading dash would be read as an option by the `ssh` program; control characters and blanks are never meant. What a shell would act on is refused as by `ssh` itself
 * since 9.6 (CVE-2023-51385): a ProxyCommand of an older one may hold `%r`.
 */
export function isSshUser(text: string): boolean {
  return (
    text.length <= USER_CHARACTERS_MAX &&
    !text.endsWith("\\") &&
    /^(?!-)[^\s\p{Cc}:/'"`;&<>|(){}]+$/u.test(text)
  );
}

function isIpv6(text: string): boolean {
  const parts = /^([0-9A-Fa-f:.]+)(%[A-Za-z0-9_.-]+)?$/.exec(text);
  return parts?.[1]?.includes(":") === true && URL.canParse(`http://[${parts[1]}]/`);
}

function withPort(
  user: string | null,
  host: string,
  portText: string | undefined,
): WrittenSshAddress | string {
  if (portText === undefined) return { user, host, port: null };
  const port = parsePort(portText);
  if (port === undefined) return `port ${JSON.stringify(portText)}: expected 1–65535`;
  return { user, host, port };
}
