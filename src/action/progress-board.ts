import type { FromOrigin, MessageOf, Packed } from "../contract.ts";
import {
  type DownloadProgress,
  type FleetProgress,
  progressLine,
  type TargetProgress,
} from "../report/progress-line.ts";
import type { SessionProgress } from "./target-watch.ts";

const LINE_INTERVAL_MS = 2_000;
/** The rate shown is the mean over this long: a second's burst says nothing. */
const RATE_WINDOW_MS = 4_000;

const BEFORE_THE_FETCH: ReadonlySet<string> = new Set(["connect", "preflight", "lock", "resume", "failed"]);

interface Sample {
  readonly atMs: number;
  readonly pieces: number;
}

export interface BoardOptions {
  readonly clock: () => number;
  /** Names of all targets, in the inventory's order. */
  readonly targets: readonly string[];
  readonly log: (line: string) => void;
  /** Gets every step of every target; for debugging. */
  readonly debug: ((line: string) => void) | undefined;
}

/** What is known of the fleet at the moment, told in one line of the log every two seconds. */
export class ProgressBoard implements Disposable {
  readonly #options: BoardOptions;
  readonly #targets: Map<string, TargetProgress>;
  readonly #timer: NodeJS.Timeout;
  readonly #samples: Sample[] = [];
  readonly #uploadSamples: Sample[] = [];
  #packing: FleetProgress["packing"] = null;
  #download: DownloadProgress | null = null;
  #wave: FleetProgress["wave"] = null;
  #seedHost: string | undefined;
  #bastion: TargetProgress | undefined;
  #pieceLengthBytes = 0;
  #lengthBytes = 0;
  #lastLine = "";

  constructor(options: BoardOptions) {
    this.#options = options;
    this.#targets = new Map(
      options.targets.map((target) => [target, { target, step: "connect", piecesDone: 0, piecesTotal: 0 }]),
    );
    this.#timer = setInterval(() => this.#tell(), LINE_INTERVAL_MS);
  }

  /** Null when it is over. */
  downloading(download: DownloadProgress | null): void {
    this.#download = download;
  }

  packing({ bytes, totalBytes }: MessageOf<FromOrigin, "packing">): void {
    this.#packing = { bytes, totalBytes };
  }

  packed({ torrent }: Pick<Packed, "torrent">): void {
    this.#packing = null;
    this.#pieceLengthBytes = torrent.pieceLengthBytes;
    this.#lengthBytes = torrent.lengthBytes;
  }

  /** The release goes there first from now on: a target, or the bastion. */
  seedsFrom(name: string): void {
    this.#seedHost = name;
    this.#options.log(`the release goes to ${name} first, and from there to all others`);
    this.#uploadSamples.length = 0;
  }

  bastion(progress: SessionProgress): void {
    this.#bastion = progress;
    this.#options.debug?.(JSON.stringify({ progress }));
  }

  wave(number: number, of: number): void {
    this.#wave = { number, of };
  }

  target(progress: SessionProgress): void {
    this.#targets.set(progress.target, progress);
    this.#options.debug?.(JSON.stringify({ progress }));
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }

  #tell(): void {
    const targets = [...this.#targets.values()];
    const line = progressLine({
      elapsedMs: this.#options.clock(),
      packing: this.#packing,
      download: this.#download,
      fleetRateBytesPerSecond: this.#rate(targets),
      targets,
      wave: this.#wave,
      upload: this.#upload(),
    });
    if (line === this.#lastLine) return;
    this.#lastLine = line;
    this.#options.log(line);
  }

  #rate(targets: readonly TargetProgress[]): number {
    const fetching = targets.filter(({ step }) => !BEFORE_THE_FETCH.has(step));
    const pieces = fetching.reduce((sum, { piecesDone }) => sum + piecesDone, 0);
    return this.#rateOver(this.#samples, pieces);
  }

  #upload(): NonNullable<FleetProgress["upload"]> | null {
    const host = this.#seedHost;
    if (host === undefined) return null;
    const progress = this.#targets.get(host) ?? this.#bastion;
    if (progress?.step !== "fetch") return null;
    const { piecesDone } = progress;
    const rateBytesPerSecond = this.#rateOver(this.#uploadSamples, piecesDone);
    const bytes = Math.min(this.#lengthBytes, piecesDone * this.#pieceLengthBytes);
    return { to: host, bytes, totalBytes: this.#lengthBytes, rateBytesPerSecond };
  }

  #rateOver(samples: Sample[], pieces: number): number {
    const atMs = this.#options.clock();
    samples.push({ atMs, pieces });
    while (samples.length > 2 && atMs - samples[0]!.atMs > RATE_WINDOW_MS) samples.shift();
    const first = samples[0]!;
    if (atMs === first.atMs || pieces <= first.pieces) return 0;
    return ((pieces - first.pieces) * this.#pieceLengthBytes * 1_000) / (atMs - first.atMs);
  }
}
