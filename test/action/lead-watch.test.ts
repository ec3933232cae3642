import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { LeadWatch, type SwarmLead } from "../../src/action/lead-watch.ts";
import type { Endpoint } from "../../src/core/blocked-way.ts";
import { MurmurationError } from "../../src/core/errors.ts";
import { probeTcp } from "../../src/swarm/tcp-probe.ts";

/** Where nobody listens. */
const CLOSED_PORT = 1;
const STALL_TIMEOUT_MS = 60_000;
const LOST = new MurmurationError("SSH_LOST", "bastion: the connection was lost");

interface HostTraits {
  readonly trackerPort: number;
  readonly silentMs: number;
  readonly isPlanned: boolean;
  readonly isLost: boolean;
}

/** A seed host, which is this machine, as far as it is asked of. */
function leadOn(name: string, traits: Partial<HostTraits> = {}): SwarmLead {
  const { trackerPort = CLOSED_PORT, silentMs = 0, isPlanned = true, isLost = false } = traits;
  const probe = async (endpoints: readonly Endpoint[], signal: AbortSignal) =>
    await Promise.all(endpoints.map((endpoint) => probeTcp(endpoint, { signal })));
  const session = { target: { name }, silentMs, isPlanned, isLost, probe };
  const host = { session, ports: { from: 7000, to: 7000 }, announceAs: name };
  const ports = { trackerPort, seedPort: 7000 };
  return { ...ports, seedsThere: true, host, tracker: {}, addressFor: () => name } as unknown as SwarmLead;
}

function watch(lead: SwarmLead, options: { stallTimeoutMs?: number; signal?: AbortSignal } = {}): LeadWatch {
  const signal = new AbortController().signal;
  return new LeadWatch(lead, { stallTimeoutMs: STALL_TIMEOUT_MS, signal, ...options });
}

async function openPort(): Promise<number> {
  const server = createServer((socket) => void socket.on("error", () => {}).resume());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

test("a machine that is lost and not reached again is why nothing comes, until another one leads", () => {
  const lead = watch(leadOn("bastion"));
  expect(lead.explainLoss()).toBeUndefined();
  lead.isLost(LOST);
  lead.isLost(new MurmurationError("HOST_UNREACHABLE", "bastion: refused"));
  const why = "bastion: the connection was lost, and it was not reached again";
  expect(lead.explainLoss()).toMatchObject({ code: "SEED_HOST_LOST", message: why, jumpHost: "bastion" });
  lead.moveTo(leadOn("bastion"));
  expect(lead.explainLoss()).toBeUndefined();
});

test("one that was not heard of for long is too, but not one that has nothing to tell", () => {
  const silent = { silentMs: STALL_TIMEOUT_MS / 2 };
  const explained = (lead: SwarmLead) => watch(lead).explainLoss()?.message;
  expect(explained(leadOn("bastion", silent))).toBe("bastion: nothing was heard of it for 30 s");
  expect(explained(leadOn("bastion", { silentMs: silent.silentMs - 1 }))).toBeUndefined();
  expect(explained(leadOn("bastion", { ...silent, isPlanned: false }))).toBeUndefined();
  expect(explained({ ...leadOn("bastion", silent), seedsThere: false })).toBeUndefined();
  expect(explained({ ...leadOn("runner"), host: null })).toBeUndefined();
});

test("another one is waited for only where the one that leads does not reach its own tracker", async () => {
  const well = leadOn("one", { trackerPort: await openPort() });
  expect(await watch(well).isReplaced(well)).toBe(false);
  for (const traits of [{ trackerPort: CLOSED_PORT }, { isLost: true }]) {
    const gone = leadOn("one", traits);
    const lead = watch(gone);
    const replaced = lead.isReplaced(gone);
    const first = await Promise.race([replaced, new Promise((resolve) => setTimeout(resolve, 50, "waits"))]);
    expect(first).toBe("waits");
    lead.moveTo(leadOn("two"));
    expect(await replaced).toBe(true);
    expect(await lead.isReplaced(gone)).toBe(true);
  }
});

test("nobody waits longer for another one than stall-timeout, nor than the run goes on", async () => {
  const gone = leadOn("one", { isLost: true });
  expect(await watch(gone, { stallTimeoutMs: 20 }).isReplaced(gone)).toBe(false);
  expect(await watch(gone, { signal: AbortSignal.abort() }).isReplaced(gone)).toBe(false);
});

test("a seeder that still hashes what it holds is waited for until it can be dialled, or the run is over", async () => {
  const hashing = { ...leadOn("one"), seedPort: null };
  const lead = watch(hashing);
  const known = lead.untilSeederKnown();
  const first = await Promise.race([known, new Promise((resolve) => setTimeout(resolve, 50, "waits"))]);
  expect(first).toBe("waits");
  lead.moveTo(leadOn("one"));
  await known;
  await watch(hashing, { signal: AbortSignal.abort() }).untilSeederKnown();
  await watch({ ...hashing, seedsThere: false }).untilSeederKnown();
});
