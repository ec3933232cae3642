import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { TargetSession } from "../../src/action/target-session.ts";
import { keepUplink } from "../../src/action/uplink-keeper.ts";
import { MurmurationError } from "../../src/core/errors.ts";

test("a host that is to be fed when nobody lacks anything any more, and fails later, takes nothing else with it", async () => {
  const unhandled: unknown[] = [];
  const note = (error: unknown) => void unhandled.push(error);
  process.on("unhandledRejection", note);
  onTestFinished(() => void process.off("unhandledRejection", note));
  const session = new TargetSession({
    target: {
      ...{ name: "web-1", host: "web-1", port: 22, user: "root", deployTo: "/srv/app", line: 1 },
      ...{ address: null, group: null, zone: null, rack: null, written: { user: true, port: true } },
    },
    clock: () => 0,
    onProgress: () => {},
  });
  const settled = AbortSignal.abort(new MurmurationError("CANCELLED", "nobody lacks anything"));
  const options = { signal: settled, onListening: () => {} };
  expect(await keepUplink(session, "/nowhere", options)).toMatchObject({ code: "CANCELLED" });
  session.holdBack(new MurmurationError("HEALTH_CHECK_FAILED", "web-1: not healthy"));
  await sleep(20);
  expect(unhandled).toEqual([]);
});
