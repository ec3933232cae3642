import type { RunContext, SwarmConfig } from "./config.ts";
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
  { announceAddress }: Pick<SwarmConfig, "announceAddress">,
): string[] {
  return isHosted && announceAddress === null
    ? [`seed-from: runner will not work here. ${HOSTED_RUNNER}`]
    : [];
}

const PORTS = "0 (any free port), a port such as 7000, or a range such as 7000-7010";

/** How the release gets from the runner to the targets. */
export function readSwarm(inputs: Inputs): SwarmConfig {
  const engine = inputs.parsed("engine", oneOf("swarm", "webtorrent"), "swarm or webtorrent");
  const encryption = inputs.parsed("encryption", parseOnOff, "on or off");
  if (engine === "webtorrent" && encryption)
    inputs.reject("engine", "it can't encrypt, set encryption: off with it");
  return {
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
