import { hostAndPort } from "../core/ip-address.ts";
import { parseSshAddress } from "../core/ssh-address.ts";
import type { OpenSshAddress } from "../remote/openssh-connect.ts";
import type { Inputs } from "./inputs.ts";

/** `ssh-port` is the targets': a bastion is known for having another. */
const JUMP_PORT = 22;
/** Each is a connection inside the one before; nobody has more. */
const JUMP_HOSTS_MAX = 8;

type Unnamed = Omit<OpenSshAddress, "name">;

/** By way of whom the targets are reached, one a line; empty where nobody is given. */
export function readJumpHosts(inputs: Inputs, runnerUser: string): readonly OpenSshAddress[] {
  const user = inputs.text("ssh-user") || runnerUser;
  const hops: Unnamed[] = [];
  const lines = new Map<string, number>();
  for (const [index, whole] of inputs
    .written("jump-hosts")
    .split(/\r\n|\n|\r/)
    .entries()) {
    const line = index + 1;
    const text = whole.replace(/(^|\s)#.*$/, "").trim();
    if (text === "") continue;
    const complain = (why: string) => inputs.complain("jump-hosts", `line ${line}: ${why}`);
    const parsed = parseSshAddress(text);
    if (typeof parsed === "string") {
      complain(`${parsed}; expected [user@]host[:port]`);
      continue;
    }
    // A port is never left to `ssh-config`, where `ssh-port` would be the next to be asked.
    const written = { user: parsed.user !== null, port: true };
    const hop = { host: parsed.host, user: parsed.user ?? user, port: parsed.port ?? JUMP_PORT, written };
    const before = lines.get(placeOf(hop).toLowerCase());
    if (before !== undefined) complain(`${placeOf(hop)} is in the chain already (line ${before})`);
    lines.set(placeOf(hop).toLowerCase(), line);
    hops.push(hop);
  }
  if (hops.length > JUMP_HOSTS_MAX)
    inputs.complain("jump-hosts", `${hops.length} hosts, a chain has at most ${JUMP_HOSTS_MAX}`);
  return hops.map((hop, index) => ({ ...hop, name: nameOf(placeOf(hop), index, hops.length) }));
}

/** Which one it is, where there are several. */
function nameOf(place: string, index: number, count: number): string {
  return count === 1 ? `jump host ${place}` : `jump host ${index + 1} (${place})`;
}

function placeOf(hop: Pick<Unnamed, "host" | "port">): string {
  return hop.port === JUMP_PORT ? hop.host : hostAndPort(hop);
}
