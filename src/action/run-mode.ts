import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as core from "@actions/core";
import { fromOrigin } from "../contract.ts";
import type { RunResult } from "../core/outcome.ts";
import { startChildProgram } from "../remote/child-program.ts";
import { agentBundleOf } from "../remote/ssh-agent-scripts.ts";
import type { Config, FleetConfig } from "./config.ts";
import { type DeployTools, deploy } from "./deploy.ts";
import { startClock } from "./fleet.ts";
import { type OriginProgress, OriginSession } from "./origin-session.ts";
import { rememberOrigin } from "./origin-state.ts";
import { packageRelease } from "./package-release.ts";
import { ProgressBoard } from "./progress-board.ts";
import { reachTarget } from "./reach.ts";
import { rollBack } from "./rollback.ts";
import { startSshClient } from "./ssh-client.ts";
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
  await using ssh = await startSshClient(config.ssh, { run: config.run, warn: core.warning });
  const engine = config.mode === "deploy" ? config.swarm.engine : "swarm";
  const bundle = agentBundleOf(readFileSync(PROGRAM_FILES[engine].agent));
  await using runtimes = new FleetRuntimes({
    files: config.runtimeFiles,
    peerPorts: config.mode === "verify" ? null : config.swarm.peerPorts,
    log: core.info,
    debug: core.debug,
  });
  const tools: DeployTools = {
    clock,
    startedAt: new Date(),
    board,
    warn: core.warning,
    log: core.info,
    startOrigin: originStarter(engine),
    reach: (target, signal, onWait) =>
      reachTarget(target, {
        ssh,
        agentDir,
        bundle,
        runtimes: runtimes.of(target, onWait),
        log: core.debug,
        signal,
      }),
  };
  if (config.mode === "verify") return await verifyFleet(config, tools, signal);
  if (config.mode === "rollback") return await rollBack(config, tools, signal);
  return await deploy(config, tools, signal);
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
