import { expect, onTestFinished, test } from "vitest";
import { LeadWatch, type SwarmLead } from "../../src/action/lead-watch.ts";
import type { Machine } from "../../src/action/machine.ts";
import { TrackerAdmission, type TrackerPlace } from "../../src/action/tracker-admission.ts";
import { startAnnouncing } from "../../src/swarm/announcer.ts";
import type { PeerAddress } from "../../src/swarm/engine.ts";
import { newPeerId } from "../../src/swarm/peer-id.ts";
import { Tracker } from "../../src/swarm/tracker-server.ts";
import { until } from "../swarm/test-swarm.ts";

const INFO_HASH = "ab".repeat(20);

/** As far as it is asked of. `addresses`: what its agent says of itself. */
function machine(name: string, { address = null as string | null, addresses = ["127.0.0.1"] } = {}): Machine {
  return {
    session: { target: { name, address }, remoteAddress: "" },
    ready: { addresses },
  } as unknown as Machine;
}

/** A real tracker, and what the action knows of it where it runs on the runner or on a machine. */
async function leadOn(host: Machine | null): Promise<SwarmLead> {
  const tracker = new Tracker(INFO_HASH, () => {});
  onTestFinished(() => tracker[Symbol.asyncDispose]());
  const trackerPort = await tracker.listen({ from: 0, to: 0 });
  return {
    ...{ trackerPort, seedPort: null, seedsThere: false, addressFor: () => "127.0.0.1" },
    tracker: {
      admit: ({ token, ...admission }: { token: string }) => tracker.admit(token, admission as never),
    },
    host:
      host === null ? null : { session: host.session, ports: { from: 0, to: 0 }, announceAs: "10.77.0.1" },
  } as unknown as SwarmLead;
}

function admissionAt(lead: SwarmLead) {
  const watch = new LeadWatch(lead, { stallTimeoutMs: 1_000, signal: new AbortController().signal });
  return { watch, admission: new TrackerAdmission(watch) };
}

/** What the tracker answers to a machine that announces itself there: at which address it is named to others, and who they are. */
async function announce({ url }: Pick<TrackerPlace, "url">, port: number) {
  const names: string[] = [];
  let peers: readonly PeerAddress[] | undefined;
  const announcer = startAnnouncing({
    ...{ url, port, infoHash: Buffer.from(INFO_HASH, "hex"), peerId: newPeerId(null), left: () => 1 },
    onPeers: (told) => {
      peers = told;
    },
    onNamed: (name) => names.push(name),
  });
  onTestFinished(() => announcer[Symbol.asyncDispose]());
  await until(() => peers !== undefined || announcer.lastError !== undefined);
  return {
    name: names[0],
    peers: peers?.map(({ host, port }) => `${host}:${port}`),
    error: announcer.lastError,
  };
}

test("each machine is let in once, by a token of its own", async () => {
  const { admission } = admissionAt(await leadOn(null));
  const [one, other] = [machine("web-1"), machine("web-2")];
  const place = admission.trackerOf(one);
  expect(admission.trackerOf(one)).toBe(place);
  expect(admission.trackerOf(other).url).not.toBe(place.url);
  expect(admission.machines).toEqual([one, other]);
  expect(await announce(place, 7_001)).toMatchObject({ name: "127.0.0.1", peers: [] });
  expect((await announce(admission.trackerOf(other), 7_002)).peers).toEqual(["127.0.0.1:7001"]);
  const stranger = { url: place.url.replace(/token=.*/, "token=0") };
  expect((await announce(stranger, 7_003)).error).toContain("not a target of this run");
});

test("one that does not come from where it may is not let in, unless the inventory says where it is", async () => {
  const { admission } = admissionAt(await leadOn(null));
  const elsewhere = { addresses: ["10.77.1.1"] };
  const { error } = await announce(admission.trackerOf(machine("web-1", elsewhere)), 7_001);
  expect(error).toContain("127.0.0.1 is not one of this target's addresses; set address= in the inventory");
  const named = machine("web-2", { ...elsewhere, address: "10.77.1.2" });
  expect((await announce(admission.trackerOf(named), 7_002)).name).toBe("10.77.1.2");
});

test("the machine of the tracker finds it at itself, and is named to others as they reach it", async () => {
  const host = machine("bastion", { addresses: ["10.77.0.1"] });
  const { admission } = admissionAt(await leadOn(host));
  expect((await announce(admission.trackerOf(host), 7_001)).name).toBe("10.77.0.1");
  expect((await announce(admission.trackerOf(machine("web-1")), 7_002)).peers).toEqual(["10.77.0.1:7001"]);
});

test("where another tracker leads, all are let in there anew", async () => {
  const { watch, admission } = admissionAt(await leadOn(null));
  const one = machine("web-1");
  const before = admission.trackerOf(one);
  watch.moveTo(await leadOn(null));
  const after = admission.trackerOf(one);
  expect(after.port).not.toBe(before.port);
  expect(admission.machines).toEqual([one]);
  expect((await announce(after, 7_001)).name).toBe("127.0.0.1");
  const withOld = { url: after.url.replace(/token=.*/, before.url.split("?")[1]!) };
  expect((await announce(withOld, 7_001)).error).toContain("not a target of this run");
});
