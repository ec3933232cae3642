import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { PROBE_ATTEMPT_MS, PROBE_ATTEMPTS, PROBE_PAUSE_MS } from "../contract.ts";
import type { Endpoint, ProbeEnd } from "../core/blocked-way.ts";
import { messageOf } from "../core/errors.ts";

const ENDS: Readonly<Record<string, ProbeEnd>> = {
  ECONNREFUSED: { kind: "refused" },
  ETIMEDOUT: { kind: "timed-out" },
  EHOSTUNREACH: { kind: "no-route" },
  EHOSTDOWN: { kind: "no-route" },
  ENETUNREACH: { kind: "no-route" },
  ENETDOWN: { kind: "no-route" },
  ENOTFOUND: { kind: "unresolved" },
  EAI_AGAIN: { kind: "unresolved" },
  EACCES: { kind: "forbidden" },
  EPERM: { kind: "forbidden" },
};

/**
 * Whether something can be connected to, and if not why. Never throws, and ends within `PROBE_MAX_MS`. What fails is tried once more, since
 * on a full link two packets may be lost in a row.
 */
export async function probeTcp(
  endpoint: Endpoint,
  { signal }: { readonly signal: AbortSignal },
): Promise<ProbeEnd> {
  for (let attempt = 1; ; attempt++) {
    const end = await tryTcp(endpoint, signal);
    if (end.kind === "reached" || attempt === PROBE_ATTEMPTS || signal.aborted) return end;
    await sleep(PROBE_PAUSE_MS, undefined, { signal }).catch(() => {});
  }
}

async function tryTcp({ host, port }: Endpoint, signal: AbortSignal): Promise<ProbeEnd> {
  const { promise, resolve } = Promise.withResolvers<ProbeEnd>();
  const onAbort = () => resolve({ kind: "unknown", why: "it was stopped" });
  if (signal.aborted) onAbort();
  signal.addEventListener("abort", onAbort, { once: true });
  // Not at once: where this process was busy meanwhile, the answer is there and has not been looked at.
  const timer = setTimeout(() => setImmediate(resolve, { kind: "timed-out" }), PROBE_ATTEMPT_MS);
  const socket = connect({ host, port });
  socket.once("connect", () => resolve({ kind: "reached" }));
  socket.on("error", (error) => resolve(endOf(error)));
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
    socket.destroy();
  }
}

function endOf(error: Error): ProbeEnd {
  const code = "code" in error ? String(error.code) : "";
  return ENDS[code] ?? { kind: "unknown", why: messageOf(error).slice(0, 1_000) };
}
