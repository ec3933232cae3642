import { expect, test } from "vitest";
import { SUMMARY_BYTES_MAX, stepSummary } from "../../src/report/step-summary.ts";
import { failedTarget, RELEASE, rightTarget, runOf } from "./sample-run.ts";

test("a right run is one sentence with the bound of the slowest link, and a row a target", () => {
  const summary = stepSummary(runOf([rightTarget("web-1"), rightTarget("web-2")]));
  expect(summary).toContain("## Deploy succeeded");
  expect(summary).toContain(
    `2 of 2 targets verified and activated release ${RELEASE.release} in 8.2 s; the transfer took 6.4 s, ` +
      "1.19 × the 5.4 s that the slowest link seen (50.1 Mbit/s) needs for 32.0 MiB.",
  );
  expect(summary).toContain(
    "| web-1 | activated | 250 ms | 50 ms | 6.4 s | 700 ms | 100 ms | 2.0 MiB | 30.0 MiB | 0 B |",
  );
});

test("where the release was seeded is said, with what came there from the runner", () => {
  const seedHosts = [
    { name: "bastion root@10.0.0.1:22", bytesFromRunner: 3 * 1024 ** 2, bytesReused: 0, bytesUploaded: 0 },
    { name: "we|b-2", bytesFromRunner: 2 * 1024 ** 2, bytesReused: 1024 ** 2, bytesUploaded: 4 * 1024 ** 2 },
    { name: "web-3", bytesFromRunner: 0, bytesReused: 0, bytesUploaded: 9 },
  ];
  const summary = stepSummary({ ...runOf([rightTarget("web-1")]), seedHosts });
  const lines = [
    "Seeded by bastion root@10.0.0.1:22 · 3.0 MiB from the runner · 0 B given to others",
    "Seeded by we\\|b-2 · 2.0 MiB from the runner · 1.0 MiB reused · 4.0 MiB given to others",
    "Tracked by web-3",
  ];
  expect(summary).toContain(`\n\n${lines.join("  \n")}\n\n`);
  expect(stepSummary(runOf([rightTarget("web-1")]))).not.toMatch(/Seeded|Tracked/);
});

test("a target that fetched only a little does not count as the slowest link", () => {
  const nearlyDone = rightTarget("web-2");
  const transfer = {
    ...nearlyDone.transfer,
    bytesFromPeers: 65_536,
    bytesFromSeeder: 0,
    peakRateBytesPerSecond: 9,
  };
  expect(stepSummary(runOf([rightTarget("web-1"), { ...nearlyDone, transfer }]))).toContain("50.1 Mbit/s");
});

test("no bound is named where nothing was moved or the last target never arrived", () => {
  const idle = rightTarget("web-1");
  const transfer = { ...idle.transfer, bytesFromPeers: 0, bytesFromSeeder: 0 };
  expect(stepSummary(runOf([{ ...idle, transfer }]))).not.toContain("transfer took");
  const failed = failedTarget("web-2", { code: "SSH_LOST", message: "the connection broke" });
  expect(stepSummary(runOf([rightTarget("web-1"), failed]))).not.toContain("slowest link");
});

test("failed targets stand first, causes before consequences, each code's remedy once", () => {
  const summary = stepSummary(
    runOf([
      rightTarget("web-1"),
      failedTarget("web-2", { code: "FLEET_INCOMPLETE", message: "web-3 failed" }, "commit"),
      failedTarget("web-3", { code: "HOST_UNREACHABLE", message: "web-3: connection refused" }, "connect"),
    ]),
  );
  const order = ["| web-3 |", "| web-2 |", "| web-1 |"].map((row) => summary.indexOf(row));
  expect(order).toEqual(order.toSorted((one, other) => one - other));
  expect(order).not.toContain(-1);
  expect(summary).toContain("**failed** while connecting: connection refused (HOST_UNREACHABLE)");
  expect(summary.match(/Check name, port and firewall/g)).toHaveLength(1);
  expect(summary).toContain("1 failed, 1 held back");
});

test("a target that was never heard of has its row", () => {
  const summary = stepSummary(runOf([rightTarget("web-1")], { silent: ["web-2"] }));
  expect(summary).toContain(
    "| web-2 | **failed** nothing was heard of it until the run's end (TARGET_SILENT)",
  );
});

test("host keys to pin are printed whole, and can't leave their code block", () => {
  const failed = failedTarget("web-1", { code: "HOST_KEY_UNKNOWN", message: "no key is known" }, "connect");
  const hostKeyLine = "web-1 ssh-ed25519 AAAAC3Nz\n```\n<script>";
  const summary = stepSummary(runOf([{ ...failed, hostKeyLine }]));
  expect(summary).toContain("```\nweb-1 ssh-ed25519 AAAAC3Nz ''' <script>\n```");
});

test("hostile names and messages stay in their cell", () => {
  const message = "a|b\n| c |<img src=x onerror=y>\u001b[31m`x` **y** [z](http://example.com) $\\alpha$";
  const summary = stepSummary(runOf([failedTarget("we|b\n<b>", { code: "INTERNAL", message })]));
  const row = summary.split("\n").filter((line) => line.startsWith("| we"));
  expect(row).toHaveLength(1);
  expect(row[0]).toContain("we\\|b &lt;b&gt;");
  expect(row[0]?.replaceAll("\\|", "").split("|")).toHaveLength(8);
  expect(summary).not.toMatch(/<img|<b>/);
  expect(summary).not.toContain("\u001b");
  expect(summary).toContain("\\*\\*y\\*\\* \\[z\\]");
});

test("a summary of a huge fleet stays below GitHub's limit and says how many rows are missing", () => {
  const failure = { code: "INTERNAL", message: "ü|".repeat(4_000) } as const;
  const fleet = Array.from({ length: 3_000 }, (_, index) => failedTarget(`web-${index}`, failure));
  const summary = stepSummary(runOf(fleet));
  expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(SUMMARY_BYTES_MAX);
  const rows = summary.match(/^\| web-/gm)?.length ?? 0;
  expect(rows).toBeGreaterThan(100);
  expect(summary).toContain(`\nand ${3_000 - rows} more\n`);
});
