import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { fetchTimesMs, seederLoad, startSpreadMs } from "../demo/report-file.ts";
import type { Arena, RunFigures } from "./contenders.ts";
import { runMeasuredStep } from "./measured-step.ts";
import type { SharedBuild } from "./shared-build.ts";

/** The built action, with its real inputs, to the targets' sshd. */
export async function runActionRun(build: SharedBuild, arena: Arena): Promise<RunFigures> {
  const { lab, sshd, targets } = arena;
  const folder = await mkdtemp(join(build.seedFolder, "runner-"));
  const step = await runMeasuredStep(
    {
      inputs: {
        path: build.source,
        targets: targets.map(({ address }) => `root@${address}\n`).join(""),
        "deploy-to": "/srv/app",
        "ssh-key": sshd.privateKey,
        "ssh-known-hosts": sshd.knownHostsText,
        encryption: arena.encryption,
      },
      tempFolder: folder,
      workspace: folder,
      commandPrefix: lab.runner.prefix,
      verbose: arena.verbose,
    },
    { signal: arena.signal },
  );
  return {
    seconds: fetchTimesMs(step.report).map((milliseconds) => milliseconds / 1_000),
    startSpreadSeconds: startSpreadMs(step.report) / 1_000,
    copies: seederLoad(step.report).copies,
    wholeSeconds: step.wallMs / 1_000,
  };
}
