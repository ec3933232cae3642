import { parseSshAddress } from "../core/ssh-address.ts";
import type { RunContext, SeedFrom, SshConfig, SwarmConfig } from "./config.ts";
import { HOSTED_RUNNER } from "./hosted-runner.ts";
import {
  oneOf,
  parseHost,
  parseOnOff,
  parsePortRange,
  parseTimeLimitMs,
  parseUploadLimit,
  TIME_LIMIT,
} from "./input-values.ts";
import type { Inputs } from "./inputs.ts";
import { readPieceLength } from "./source-inputs.ts";

/** With an address of its own for the fleet it may well be reached, by a VPN. */
export function warnOfHostedRunner(
  { isHosted }: Pick<RunContext, "isHosted">,
  { announceAddress, seedFrom }: Pick<SwarmConfig, "announceAddress" | "seedFrom">,
): string[] {
  return isHosted && announceAddress === null && seedFrom.kind === "runner"
    ? [`seed-from: runner will not work here. ${HOSTED_RUNNER}`]
    : [];
}

/** As a jump host's: `ssh-port` is the targets'. */
const BASTION_PORT = 22;
const PORTS = "0 (any free port), a port such as 7000, or a range such as 7000-7010";

/** What a bastion is that leaves something out. */
export interface BastionWays {
  readonly jumpHosts: SshConfig["jumpHosts"];
  readonly runnerUser: string;
}

/** How the release gets from the runner to the targets. */
export function readSwarm(inputs: Inputs, ways: BastionWays): SwarmConfig {
  const engine = inputs.parsed("engine", oneOf("swarm", "webtorrent"), "swarm or webtorrent");
  const encryption = inputs.parsed("encryption", parseOnOff, "on or off");
  if (engine === "webtorrent" && encryption)
    inputs.reject("engine", "it can't encrypt, set encryption: off with it");
  const seedFrom = readSeedFrom(inputs, ways);
  if (engine === "webtorrent" && seedFrom.kind !== "runner")
    inputs.reject(
      "engine",
      `it can't take the release from the runner by SSH, as seed-from: ${seedFrom.kind} needs`,
    );
  if (seedFrom.kind === "first-target" && inputs.isSet("seed-port"))
    inputs.reject(
      "seed-port",
      "does not apply with seed-from: first-target, where a target seeds: set peer-port",
    );
  return {
    seedFrom,
    engine,
    encryption,
    announceAddress: inputs.parsed(
      "announce-address",
      (text) => (text === "" ? null : parseHost(text)),
      "a host name or an IP address that is not link-local, without port",
    ),
    trackerPorts: inputs.parsed("tracker-port", parsePortRange, PORTS),
    seedPorts: inputs.parsed("seed-port", parsePortRange, PORTS),
    peerPorts: inputs.parsed("peer-port", parsePortRange, PORTS),
    pieceLengthBytes: readPieceLength(inputs),
    uploadLimitBytesPerSecond: inputs.parsed(
      "upload-limit",
      parseUploadLimit,
      "0 (none), or a size per second of at least 64KiB",
    ),
    transferTimeoutMs: inputs.parsed("transfer-timeout", parseTimeLimitMs, TIME_LIMIT),
  };
}

function readSeedFrom(inputs: Inputs, ways: BastionWays): SeedFrom {
  const kind = inputs.parsed(
    "seed-from",
    oneOf("runner", "bastion", "first-target"),
    "runner, bastion or first-target",
  );
  if (kind === "bastion") return readBastion(inputs, ways);
  // Of what was not understood nothing follows for others.
  const isUnderstood = inputs.text("seed-from") === kind;
  if (inputs.isSet("bastion") && isUnderstood)
    inputs.reject("bastion", `does not apply with seed-from: ${kind}, remove it`);
  return { kind };
}

function readBastion(inputs: Inputs, { jumpHosts, runnerUser }: BastionWays): SeedFrom {
  const lastJump = jumpHosts.at(-1);
  if (!inputs.isSet("bastion")) {
    if (lastJump !== undefined) return { kind: "bastion", bastion: { ...lastJump, isLastJump: true } };
    inputs.complain("bastion", "required with seed-from: bastion, where there are no jump-hosts");
    return { kind: "runner" };
  }
  const parsed = parseSshAddress(inputs.text("bastion"));
  if (typeof parsed === "string") {
    inputs.reject("bastion", `expected [user@]host[:port]: ${parsed}`);
    return { kind: "runner" };
  }
  const { host } = parsed;
  const port = parsed.port ?? BASTION_PORT;
  const isHere = (hop: { readonly host: string; readonly port: number }) =>
    hop.host === host && hop.port === port;
  const user = parsed.user ?? jumpHosts.find(isHere)?.user ?? (inputs.text("ssh-user") || runnerUser);
  return {
    kind: "bastion",
    bastion: {
      host,
      user,
      port,
      written: { user: parsed.user !== null, port: true },
      isLastJump: lastJump !== undefined && isHere(lastJump),
    },
  };
}
