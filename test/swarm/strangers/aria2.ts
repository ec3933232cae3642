import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { describe, test } from "vitest";

/** Debian's aria2: a BitTorrent client that shares no code with ours, or with anything written in JavaScript. */
const ARIA2 = "/usr/bin/aria2c";
const INSTALL_TIMEOUT_MS = 180_000;

/** Tests that need aria2. Where it cannot be installed they are left out with one line that says so; in CI that is a failure. */
export function describeWithAria2(name: string, body: () => void): void {
  if (!existsSync(ARIA2) && process.platform === "linux" && process.getuid?.() === 0) install();
  const why = `${ARIA2} is missing, and could not be installed (that needs root and apt)`;
  if (existsSync(ARIA2)) {
    describe(name, body);
  } else if (process.env.CI) {
    test(`${name}: needs aria2`, () => {
      throw new Error(why);
    });
  } else {
    console.error(`${name}: left out: ${why}`);
    describe.skip(name, body);
  }
}

function install(): void {
  const options = {
    stdio: "ignore",
    timeout: INSTALL_TIMEOUT_MS,
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  } as const;
  // Another test file may be installing at the same time; the lock makes one wait for the other.
  const common = ["-q", "-y", "-o", "DPkg::Lock::Timeout=120"];
  const wanted = [...common, "install", "--no-install-recommends", "aria2"];
  if (spawnSync("apt-get", wanted, options).status === 0) return;
  spawnSync("apt-get", [...common, "update"], options);
  spawnSync("apt-get", wanted, options);
}

export interface Aria2Options {
  readonly torrentFile: string;
  /** Where the content is, or is put. */
  readonly folder: string;
  readonly seed: boolean;
}

/** A running aria2. Disposing it ends the process. */
export class Aria2 implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #exit: Promise<unknown>;
  #output = "";

  constructor({ torrentFile, folder, seed }: Aria2Options) {
    this.#child = spawn(
      ARIA2,
      [
        "--no-conf",
        `--dir=${folder}`,
        "--enable-dht=false",
        "--enable-dht6=false",
        "--bt-enable-lpd=false",
        "--enable-peer-exchange=false",
        "--listen-port=31000-31999",
        "--bt-tracker-interval=2",
        "--allow-overwrite=true",
        "--check-integrity=true",
        "--summary-interval=0",
        "--console-log-level=notice",
        seed ? "--seed-ratio=0.0" : "--seed-time=0",
        torrentFile,
      ],
      { stdio: ["ignore", "pipe", "pipe"] },
    );
    this.#exit = once(this.#child, "exit");
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on("data", (chunk: Buffer) => {
        this.#output = (this.#output + chunk.toString()).slice(-4_000);
      });
  }

  /** What it said last. */
  get output(): string {
    return this.#output;
  }

  /** Resolves when it has everything, and checked it. @throws where it gives up */
  async finished(): Promise<void> {
    await this.#exit;
    if (this.#child.exitCode !== 0)
      throw new Error(`aria2 failed (${this.#child.exitCode}):\n${this.#output}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill("SIGKILL");
    await this.#exit;
  }
}
