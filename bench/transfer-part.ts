import { join } from "node:path";
import { fetchTimesMs, seederLoad, startSpreadMs } from "../demo/report-file.ts";
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
  const addRow = (
    name: string,
    seconds: readonly number[],
    { spreadSeconds, copies, wholeSeconds }: { spreadSeconds: number; copies: string; wholeSeconds: number },
  ) => {
    const last = seconds.at(-1)!;
    const figures = [seconds[0]!, median(seconds), last].map((value) => `${value.toFixed(2)} s`);
    const ratios = [last, last - spreadSeconds].map((value) => (value / boundSeconds).toFixed(2));
    rows.push([name, ...figures, ...ratios, copies, `${wholeSeconds.toFixed(1)} s`]);
    say(
      `${name}: first ${figures[0]}, median ${figures[1]}, last ${figures[2]}, ` +
        `last ÷ F/B ${ratios[0]} (from the last start ${ratios[1]})`,
    );
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
    const { copies, duplicated } = seederLoad(step.report);
    addRow(`murmuration, run ${run}`, seconds, {
      spreadSeconds: startSpreadMs(step.report) / 1_000,
      copies: copies.toFixed(2),
      wholeSeconds: step.wallMs / 1_000,
    });
    say(`  the seeder sent ${copies.toFixed(2)} copies; ${(duplicated * 100).toFixed(1)} % came twice`);
  }
  if (options.parts.has("rsync")) {
    signal.throwIfAborted();
    const source = join(folder, "build-rsync");
    await makeSampleBuild(source, sizeBytes, 1);
    const seconds = await runRsync(lab, sshd, { source, folder: "/srv/rsync", signal });
    const wholeSeconds = seconds.at(-1)!;
    addRow(`rsync, ${targets} at once`, seconds, { spreadSeconds: 0, copies: `${targets}`, wholeSeconds });
  }
  const title = `${targets} targets, ${formatBytes(sizeBytes)}, every link ${rateMbit} Mbit/s in both directions, encryption ${options.encryption}; F/B = ${boundSeconds.toFixed(2)} s (plain TCP reaches ${linkMbit.toFixed(1)} Mbit/s)`;
  const headings = [
    ...["", "first target", "median", "last target", "last ÷ F/B", "from the last start"],
    ...["copies from the seeder", "whole step"],
  ];
  const columns = headings.map(
    (heading, index) => ({ heading, align: index === 0 ? "left" : "right" }) as const,
  );
  return `${title}\n\n${markdownTable(columns, rows)}`;
}
