import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type ArtifactService, startArtifactService } from "../support/artifact-service.ts";
import { currentDigest, deployedState, untilQuiet } from "../support/deployed-state.ts";
import { describeWithOpenSsh } from "../support/describe-with-open-ssh.ts";
import { type ExampleShop, makeExampleShop } from "../support/example-shop.ts";
import { type SshdFleet, startSshdFleet } from "../support/sshd-fleet.ts";
import { treeDigest } from "../support/tree-digest.ts";
import { runWorkflow, type WorkflowOptions, type WorkflowRun } from "../support/workflow/run-workflow.ts";

const EXAMPLES = join(import.meta.dirname, "../../examples");
/** Two for each data centre. */
const IAD = [0, 1];
const FRA = [2, 3];

// Whole workflows with npm in them: seconds on an idle machine, minutes on a busy one.
vi.setConfig({ testTimeout: 240_000 });

describeWithOpenSsh("an example", () => {
  let fleet: SshdFleet;
  let shop: ExampleShop;
  let service: ArtifactService;

  beforeEach(async () => {
    fleet = await startSshdFleet({ count: 4 });
    shop = makeExampleShop(fleet);
    shop.writeInventory("production", [...IAD, ...FRA]);
    shop.writeInventory("iad", IAD);
    shop.writeInventory("fra", FRA);
    shop.writeInventory("staging", [0]);
    service = await startArtifactService();
  });
  afterEach(async () => {
    await service?.[Symbol.asyncDispose]();
    shop?.[Symbol.dispose]();
    await fleet?.[Symbol.asyncDispose]();
  });

  async function run(file: string, options: Partial<WorkflowOptions> = {}): Promise<WorkflowRun> {
    const { repository, secrets, vars } = shop;
    const environment = service.environment(service.newRun());
    const given = { event: "push", repository, secrets, vars, environment } as const;
    return await runWorkflow(join(EXAMPLES, file), { ...given, ...options });
  }
  const passed = (workflow: WorkflowRun): WorkflowRun => {
    const logs = workflow.jobs.map(({ id, log }) => `--- ${id}\n${log}`).join("\n");
    expect(workflow.result, logs).toBe("success");
    for (const { log } of workflow.jobs) expect(log).not.toContain(fleet.privateKey.split("\n")[1]);
    return workflow;
  };
  const stepOf = (workflow: WorkflowRun, id: string) =>
    workflow.jobs.flatMap(({ steps }) => steps).filter((step) => step.id === id);
  const live = () => fleet.targets.map((host) => deployedState(host).current?.replace("releases/", ""));
  /** What `npm run build` makes of the repository as it is. */
  const builtDigest = (): string => {
    const folder = mkdtempSync(join(tmpdir(), "murmuration-built-"));
    try {
      cpSync(shop.repository, folder, { recursive: true });
      execFileSync("npm", ["run", "build"], { cwd: folder, stdio: "ignore" });
      return treeDigest(join(folder, "build"));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };

  test("deploys by one step in a workflow, and says who failed", async () => {
    const workflow = passed(await run("deploy.yml"));
    const [ship] = stepOf(workflow, "ship");
    expect(live()).toEqual(Array(4).fill(ship?.outputs.release));
    for (const host of fleet.targets) expect(currentDigest(host)).toBe(builtDigest());
    expect(workflow.jobs[0]).toMatchObject({ environment: "production", labels: ["self-hosted"] });
    expect(workflow.jobs[0]?.log).toContain(`${ship?.outputs.release} is live on 4 targets`);
    expect(workflow.jobs[0]?.summary).toContain("## Deploy succeeded");

    await fleet.stop(3);
    shop.setVersion("two");
    const failed = await run("deploy.yml");
    expect(failed.result).toBe("failure");
    expect(failed.jobs[0]?.log).toContain(`Not deployed to ["${fleet.targets[3]!.host}"]`);
    expect(failed.jobs[0]?.log).not.toContain("is live on");
    expect(live().slice(0, 3)).toEqual(Array(3).fill(ship?.outputs.release));
  });

  test("packages once, and a job for each data centre ships the same bytes under one id", async () => {
    const workflow = passed(await run("matrix.yml"));
    const [packaged] = stepOf(workflow, "package");
    const shipped = stepOf(workflow, "ship");
    expect(shipped).toHaveLength(2);
    for (const { outputs } of shipped) {
      expect(outputs["info-hash"]).toBe(packaged?.outputs["info-hash"]);
      expect(outputs.release).toBe(packaged?.outputs.release);
    }
    expect(live()).toEqual(Array(4).fill(packaged?.outputs.release));
    for (const host of fleet.targets) expect(currentDigest(host)).toBe(builtDigest());
    const deploys = workflow.jobs.filter(({ id }) => id === "deploy");
    expect(deploys.map(({ environment }) => environment).sort()).toEqual([
      "production-fra",
      "production-iad",
    ]);
    expect(deploys.map(({ labels }) => labels)).toContainEqual(["self-hosted", "fra"]);
    expect(workflow.jobs.at(-1)?.summary).toContain(
      `Release ${packaged?.outputs.release} in all data centres`,
    );
    await untilQuiet(fleet);
  });

  test("of a matrix deploys the other data centre although one fails, and reports it", async () => {
    await fleet.stop(0);
    const workflow = await run("matrix.yml");
    expect(workflow.results).toEqual({ package: "success", deploy: "failure", report: "success" });
    const byDc = workflow.jobs.flatMap(({ matrix, result }) => (matrix.dc ? [[matrix.dc, result]] : []));
    expect(Object.fromEntries(byDc)).toEqual({ iad: "failure", fra: "success" });
    const [packaged] = stepOf(workflow, "package");
    for (const index of FRA) {
      expect(deployedState(fleet.targets[index]!).current).toBe(`releases/${packaged?.outputs.release}`);
    }
    expect(deployedState(fleet.targets[1]!).current).toBeNull();
    expect(workflow.jobs.at(-1)?.summary).toContain("in all data centres - failure");
  });

  test("goes live with a canary, and takes everything back where it is not healthy", async () => {
    for (const host of fleet.targets) {
      host.inside("mkdir -p /srv/app/shared && echo SHARED=1 > /srv/app/shared/app.env");
    }
    const options = { vars: { ...shop.vars, CANARY_WAIT: "1s" } };
    const workflow = passed(await run("canary.yml", options));
    const [ship] = stepOf(workflow, "ship");
    const release = ship?.outputs.release;
    expect(live()).toEqual(Array(4).fill(release));
    const notes = ["migrate", "reload", "health"].map((name) => `${name} ${release}\n`).join("");
    for (const host of fleet.targets) expect(host.inside("cat /srv/notes")).toBe(notes);

    shop.setVersion("broken");
    const broken = await run("canary.yml", options);
    expect(broken.result).toBe("failure");
    expect(stepOf(broken, "ship")[0]?.outputs.status).toBe("rolled-back");
    expect(broken.jobs[0]?.log).toContain(`was not healthy on ["${fleet.targets[0]!.host}"]`);
    expect(live()).toEqual(Array(4).fill(release));
    expect(fleet.targets[1]!.inside("cat /srv/notes")).toBe(notes);
    await untilQuiet(fleet);
  });

  test("rolls back the environment that was chosen by hand", async () => {
    const releases: (string | undefined)[] = [];
    for (const version of ["one", "two", "three"]) {
      shop.setVersion(version);
      releases.push(stepOf(passed(await run("deploy.yml")), "ship")[0]?.outputs.release);
    }
    const [one, two, three] = releases;
    const back = { event: "workflow_dispatch" } as const;
    const production = await run("rollback.yml", { ...back, inputs: { environment: "production" } });
    expect(passed(production).jobs[0]?.environment).toBe("production");
    expect(live()).toEqual(Array(4).fill(two));
    expect(production.jobs[0]?.summary).toContain(`Rollback success; ${two} is live, before it was ${three}`);

    const named = { environment: "staging", release: one! };
    passed(await run("rollback.yml", { ...back, inputs: named }));
    expect(live()).toEqual([one, two, two, two]);

    await expect(run("rollback.yml", { ...back, inputs: { environment: "nowhere" } })).rejects.toThrow(
      "nowhere is none of staging, production",
    );
    const failed = await run("rollback.yml", {
      ...back,
      inputs: { environment: "production", release: "never" },
    });
    expect(failed.result).toBe("failure");
    expect(failed.jobs[0]?.summary).toContain("Rollback failed");
    expect(live()).toEqual([one, two, two, two]);
  });
});
