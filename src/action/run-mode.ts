import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as core from "@actions/core";
import { fromOrigin } from "../contract.ts";
import type { RunResult } from "../core/outcome.ts";
import { startChildProgram } from "../remote/child-program.ts";
import { type AgentBundle, agentBundleOf } from "../remote/ssh-agent-scripts.ts";
import type { Config, FleetConfig, SshConfig } from "./config.ts";
import { type DeployTools, deploy } from "./deploy.ts";
import { startClock } from "./fleet.ts";
import { type OriginProgress, OriginSession } from "./origin-session.ts";
import { rememberOrigin } from "./origin-state.ts";
import { packageRelease } from "./package-release.ts";
import { ProgressBoard } from "./progress-board.ts";
import { reachTarget } from "./reach.ts";
import { rollBack } from "./rollback.ts";
import { type SshClientInUse, startSshClient } from "./ssh-client.ts";
import { FleetRuntimes } from "./target-runtimes.ts";
import { verifyFleet } from "./verify-fleet.ts";

/** The other programs lie beside this one in `dist/`: of both there is one for each engine. */
const PROGRAM_FILES = {
  swarm: { agent: besideThis("agent.cjs"), origin: besideThis("origin.cjs") },
  webtorrent: { agent: besideThis("webtorrent-agent.cjs"), origin: besideThis("webtorrent-origin.cjs") },
} as const;

/** Does what `mode` asks for, and tells the log about it meanwhile. */
export async function runMode(config: Config, signal: AbortSignal): Promise<RunResult> {
  if (config.mode !== "package") return await runOnFleet(config, signal);
  const tools = { clock: startClock(), startedAt: new Date(), log: core.info };
  return await packageRelease(config, { ...tools, startOrigin: originStarter("swarm") }, signal);
}

async function runOnFleet(config: FleetConfig, signal: AbortSignal): Promise<RunResult> {
  const clock = startClock();
  using board = new ProgressBoard({
    clock,
    targets: config.targets.map(({ name }) => name),
    log: core.info,
    debug: core.isDebug() ? core.debug : undefined,
  });
  const { agentDir } = config;
  const toClient = { run: config.run, warn: core.warning };
  await using ssh = await startSshClient(config.ssh, toClient);
  const hops = hopsToBastion(config);
  await using ownWay =
    hops === undefined ? undefined : await startSshClient({ ...config.ssh, jumpHosts: hops }, toClient);
  const engine = config.mode === "deploy" ? config.swarm.engine : "swarm";
  const bundle = agentBundleOf(readFileSync(PROGRAM_FILES[engine].agent));
  await using runtimes = new FleetRuntimes({
    files: config.runtimeFiles,
    peerPorts: config.mode === "verify" ? null : config.swarm.peerPorts,
    log: core.info,
    debug: core.debug,
    warn: core.warning,
  });
  let originBundle: AgentBundle | undefined;
  const means = {
    agentDir,
    bundle,
    originBundle: () =>
      (originBundle ??= agentBundleOf(readFileSync(PROGRAM_FILES[engine].origin), "origin.cjs")),
    log: core.debug,
  };
  const reachBy =
    (by: SshClientInUse): DeployTools["reach"] =>
    (target, signal, onWait) =>
      reachTarget(target, { ...means, ssh: by, runtimes: runtimes.of(target, onWait), signal });
  const tools: DeployTools = {
    clock,
    startedAt: new Date(),
    board,
    warn: core.warning,
    log: core.info,
    startOrigin: originStarter(engine),
    reach: reachBy(ssh),
    reachBastion: reachBy(ownWay ?? ssh),
  };
  if (config.mode === "verify") return await verifyFleet(config, tools, signal);
  if (config.mode === "rollback") return await rollBack(config, tools, signal);
  return await deploy(config, tools, signal);
}

/**
 * A bastion that is a jump host itself is reached as that is, by a connection of its own: the release does not hold up what the targets say. Undefined where it
 * is reached as the targets are.
 */
function hopsToBastion(config: FleetConfig): SshConfig["jumpHosts"] | undefined {
  const seedFrom = config.mode === "verify" ? undefined : config.swarm.seedFrom;
  const { jumpHosts } = config.ssh;
  if (seedFrom?.kind !== "bastion") return undefined;
  const { host, port } = seedFrom.bastion;
  const place = jumpHosts.findLastIndex((hop) => hop.host === host && hop.port === port);
  return place === -1 ? undefined : jumpHosts.slice(0, place);
}

/** Starts the origin of an engine as a process that the post step ends where the step could not. */
function originStarter(engine: keyof typeof PROGRAM_FILES) {
  return (onProgress: (progress: OriginProgress) => void): OriginSession => {
    const mark = `--run=${randomUUID()}`;
    const program = startChildProgram({
      command: process.execPath,
      arguments: [PROGRAM_FILES[engine].origin, mark],
      environment: {},
      schema: fromOrigin,
      name: "the origin",
      log: core.debug,
    });
    rememberOrigin(program.pid, mark);
    return new OriginSession(program, onProgress);
  };
}

function besideThis(file: string): string {
  return fileURLToPath(new URL(`./${file}`, import.meta.url));
}
