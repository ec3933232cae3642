import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ensureAct } from "../support/act-tool.ts";
import { type ArtifactService, startArtifactService } from "../support/artifact-service.ts";
import { deployedState, untilQuiet } from "../support/deployed-state.ts";
import { describeWithOpenSsh } from "../support/describe-with-open-ssh.ts";
import { type ExampleShop, makeExampleShop } from "../support/example-shop.ts";
import { type ActOptions, type ActRun, runAct } from "../support/run-act.ts";
import { type SshdFleet, startSshdFleet } from "../support/sshd-fleet.ts";

const EXAMPLES = join(import.meta.dirname, "../../examples");

const why = ensureAct();
if (why === undefined) describeWithOpenSsh("an example, by act", byAct);
else if (process.env.CI) {
  test("an example, by act", () => {
    throw new Error(why);
  });
} else {
  console.error(`the examples are not run by act: ${why}`);
  test.skip("an example, by act", () => {});
}

/** The same files as in workflows.test.ts, by a runner that shares no code with ours. */
function byAct(): void {
  let fleet: SshdFleet;
  let shop: ExampleShop;
  let service: ArtifactService;

  beforeEach(async () => {
    fleet = await startSshdFleet({ count: 3 });
    shop = makeExampleShop(fleet);
    shop.writeInventory("production", [0, 1, 2]);
    shop.writeInventory("iad", [0, 1]);
    shop.writeInventory("fra", [2]);
    shop.writeInventory("staging", [0]);
    service = await startArtifactService();
  });
  afterEach(async () => {
    await service?.[Symbol.asyncDispose]();
    shop?.[Symbol.dispose]();
    await fleet?.[Symbol.asyncDispose]();
  });

  async function act(file: string, options: Partial<ActOptions> = {}): Promise<ActRun> {
    const { repository, secrets, vars } = shop;
    const environment = service.environment(service.newRun());
    const given = { event: "push", repository, secrets, vars, environment } as const;
    const run = await runAct(join(EXAMPLES, file), { ...given, ...options });
    expect(run.log).not.toContain(fleet.privateKey.split("\n")[1]);
    return run;
  }
  const requirePassed = (run: ActRun): ActRun => {
    expect(run.passed, run.log).toBe(true);
    return run;
  };
  const live = () => fleet.targets.map((host) => deployedState(host).current?.replace("releases/", ""));

  test("deploys by one step, and rolls back by hand", { timeout: 240_000 }, async () => {
    requirePassed(await act("deploy.yml"));
    const [one] = live();
    expect(live()).toEqual([one, one, one]);
    shop.setVersion("two");
    const second = requirePassed(await act("deploy.yml"));
    const [two] = live();
    expect(two).not.toBe(one);
    expect(second.log).toContain(`${two} is live on 3 targets`);

    const inputs = { environment: "production", release: "previous" };
    requirePassed(await act("rollback.yml", { event: "workflow_dispatch", inputs }));
    expect(live()).toEqual([one, one, one]);
    await untilQuiet(fleet);
  });

  test("packages once, and each data centre ships it", { timeout: 240_000 }, async () => {
    const run = requirePassed(await act("matrix.yml"));
    const [release] = live();
    expect(release).toMatch(/^\d{14}-[0-9a-f]{7}$/);
    expect(live()).toEqual([release, release, release]);
    expect(run.log).toContain(`Release ${release} in all data centres`);
    expect(service.requests).toContain("FinalizeArtifact");
  });

  test("goes live with a canary", { timeout: 240_000 }, async () => {
    for (const host of fleet.targets) {
      host.inside("mkdir -p /srv/app/shared && echo SHARED=1 > /srv/app/shared/app.env");
    }
    requirePassed(await act("canary.yml", { vars: { ...shop.vars, CANARY_WAIT: "1s" } }));
    expect(new Set(live()).size).toBe(1);
    expect(fleet.targets[2]!.inside("cat /srv/notes")).toMatch(/^migrate .*\nreload .*\nhealth .*\n$/);
  });

  test("fails where a target failed, and says which", { timeout: 240_000 }, async () => {
    await fleet.stop(2);
    const run = await act("deploy.yml");
    expect(run.passed).toBe(false);
    expect(run.log).toContain(`Not deployed to ["${fleet.targets[2]!.host}"]`);
    expect(live().slice(0, 2)).toEqual([undefined, undefined]);
  });
}
