import { MurmurationError } from "../core/errors.ts";
import { whyItDoesNotRun } from "../core/node-platform.ts";
import { NODE_MAJOR_MIN } from "../remote/ssh-agent-scripts.ts";
import { noRoom } from "../remote/ssh-runtime.ts";
import type { RuntimeCheck, RuntimePlace } from "../remote/ssh-runtime-scripts.ts";
import type { RuntimeFile } from "./runtime-file.ts";

/** What a shell ends with where it may not start a program. */
const NOT_EXECUTABLE = 126;

export interface RuntimeContext {
  /** Of the target. */
  readonly name: string;
  readonly agentDir: string;
  readonly file: RuntimeFile;
}

/** To be asked before a runtime is moved. @throws MurmurationError `AGENT_DIR_NOEXEC`, `DISK_FULL` */
export function requireUsable(
  name: string,
  place: RuntimePlace,
  { noExec, freeBytes }: Extract<RuntimeCheck, { kind: "lacking" }>,
): void {
  if (noExec) {
    const why = `no program may be run from ${place.agentDir}, which is probably mounted noexec`;
    throw new MurmurationError("AGENT_DIR_NOEXEC", `${name}: cannot start the agent: ${why}`);
  }
  if (freeBytes !== undefined && freeBytes < place.sizeBytes) throw noRoom(name, place, freeBytes);
}

/** The path of a runtime that runs on its target. @throws MurmurationError why it does not, and what to give instead */
export function pathOfRunning(check: RuntimeCheck, { name, agentDir, file }: RuntimeContext): string {
  switch (check.kind) {
    case "runs": {
      const { path, version } = check;
      if (Number(/^v(\d+)/.exec(version)?.[1]) >= NODE_MAJOR_MIN) return path;
      const why = `the runtime ${file.path} is Node.js ${version}; ${NODE_MAJOR_MIN} or newer needed`;
      throw new MurmurationError("NODE_UNUSABLE", `${name}: cannot start the agent: ${why}`);
    }
    case "does-not-run": {
      if (check.exitCode === NOT_EXECUTABLE && /Permission denied/i.test(check.words)) {
        const why = `the runtime in ${agentDir} may not be run (${check.words}); its file system is probably mounted noexec`;
        throw new MurmurationError("AGENT_DIR_NOEXEC", `${name}: cannot start the agent: ${why}`);
      }
      const why = `the Node.js runtime for ${file.platform} does not run there: ${whyItDoesNotRun(check, file.platform)}`;
      throw new MurmurationError("NODE_UNUSABLE", `${name}: cannot start the agent: ${why}`);
    }
    case "lacking":
      throw new MurmurationError("AGENT_PUSH_FAILED", `${name}: the runtime is gone from ${agentDir} again`);
  }
}
