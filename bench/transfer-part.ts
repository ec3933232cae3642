import { join } from "node:path";
import { fetchTimesMs, startSpreadMs } from "../demo/report-file.ts";
import { makeSampleBuild } from "../demo/sample-build.ts";
import { formatBytes } from "../src/core/units.ts";
import type { BenchOptions } from "./bench-options.ts";
import { startLab } from "./lab.ts";
import { startLabSshd } from "./lab-sshd.ts";
import { probeLink } from "./link-probe.ts";
import { runMeasuredStep } from "./measured-step.ts";
import { runRsync } from "./rsync-run.ts";
import { markdownTable, median } from "./table.ts";

const MIB = 1024 * 1024;
/** Long enough that the bucket's first burst does not count: two seconds of the link. */
const PROBE_SECONDS = 2;

/** The action, and rsync beside it, on the same lab: seconds until the first, the median and the last target has all of it. */
export async function measureTransfer(
  options: BenchOptions,
  folder: string,
  { signal, say }: { signal: AbortSignal; say: (line: string) => void },
): Promise<string> {
  const { targets, rateMbit, sizeBytes } = options;
  await using lab = await startLab({ targets, rateMbit });
  // Room for one copy by each way and each run: a later release reuses nothing of an earlier one here.
  const sizeMiB = Math.ceil((sizeBytes / MIB) * (options.runs + 1) * 1.2) + 64;
  await using sshd = await startLabSshd(lab.targets, { folder, sizeMiB });
  const linkMbit = await probeLink(lab.runner, lab.targets[0]!, (rateMbit * 1e6 * PROBE_SECONDS) / 8);
  const boundSeconds = (sizeBytes * 8) / (rateMbit * 1e6);
  say(
    `link: ${rateMbit} Mbit/s set, ${linkMbit.toFixed(1)} Mbit/s by plain TCP; F/B = ${boundSeconds.toFixed(2)} s`,
  );

  const rows: string[][] = [];
  const addRow = (name: string, seconds: readonly number[], wholeSeconds: number) => {
    const figures = [seconds[0]!, median(seconds), seconds.at(-1)!].map((value) => `${value.toFixed(2)} s`);
    const ratio = (seconds.at(-1)! / boundSeconds).toFixed(2);
    rows.push([name, ...figures, ratio, `${wholeSeconds.toFixed(1)} s`]);
    say(`${name}: first ${figures[0]}, median ${figures[1]}, last ${figures[2]}, last ÷ F/B ${ratio}`);
  };

  for (let run = 1; options.parts.has("swarm") && run <= options.runs; run++) {
    signal.throwIfAborted();
    const source = join(folder, `build-${run}`);
    // Other contents each time: a target that holds a release fetches nothing of it again.
    await makeSampleBuild(source, sizeBytes, run);
    const step = await runMeasuredStep(
      {
        inputs: {
          path: source,
          targets: sshd.inventoryText,
          "deploy-to": "/srv/app",
          "ssh-key": sshd.privateKey,
          "ssh-known-hosts": sshd.knownHostsText,
          encryption: options.encryption,
        },
        tempFolder: join(folder, `runner-${run}`),
        workspace: folder,
        commandPrefix: lab.runner.prefix,
        verbose: options.verbose,
      },
      { signal },
    );
    const seconds = fetchTimesMs(step.report).map((milliseconds) => milliseconds / 1_000);
    addRow(`murmuration, run ${run}`, seconds, step.wallMs / 1_000);
    say(
      `  its targets began to fetch within ${(startSpreadMs(step.report) / 1_000).toFixed(2)} s of each other`,
    );
  }
  if (options.parts.has("rsync")) {
    signal.throwIfAborted();
    const source = join(folder, "build-rsync");
    await makeSampleBuild(source, sizeBytes, 1);
    const seconds = await runRsync(lab, sshd, { source, folder: "/srv/rsync", signal });
    addRow(`rsync, ${targets} at once`, seconds, seconds.at(-1)!);
  }
  const title = `${targets} targets, ${formatBytes(sizeBytes)}, every link ${rateMbit} Mbit/s in both directions, encryption ${options.encryption}; F/B = ${boundSeconds.toFixed(2)} s (plain TCP reaches ${linkMbit.toFixed(1)} Mbit/s)`;
  const headings = ["", "first target", "median", "last target", "last ÷ F/B", "whole step"];
  const columns = headings.map(
    (heading, index) => ({ heading, align: index === 0 ? "left" : "right" }) as const,
  );
  return `${title}\n\n${markdownTable(columns, rows)}`;
}
