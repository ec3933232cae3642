import { MurmurationError } from "../core/errors.ts";
import type { HookRun } from "../core/outcome.ts";
import { formatDuration } from "../core/units.ts";

/** The report has more. */
const SHOWN_CHARACTERS_MAX = 600;

/** What became of a hook that did not pass, as a clause. */
function describeHook({ hook, end, attempts, durationMs }: HookRun): string {
  const times = attempts > 1 ? ` in ${attempts} attempts over ${formatDuration(durationMs)}` : "";
  if (end.kind === "exited") return `${hook} ended with exit code ${end.code}${times}`;
  if (end.kind === "killed") return `${hook} was ended by ${end.signal}${times}`;
  if (end.kind === "timed-out")
    return attempts > 1
      ? `${hook} did not pass${times}`
      : `${hook} took longer than ${formatDuration(end.afterMs)}`;
  return `${hook} could not be started: ${end.why}`;
}

export function hookFailure(name: string, run: HookRun): MurmurationError {
  const { hook, output } = run;
  const text = output.trim();
  const cut = text.length > SHOWN_CHARACTERS_MAX ? `…${text.slice(-SHOWN_CHARACTERS_MAX)}` : text;
  const said = cut === "" ? "; it wrote nothing" : `; it wrote: ${cut}`;
  const code = hook === "health-check" ? "HEALTH_CHECK_FAILED" : "HOOK_FAILED";
  return new MurmurationError(code, `${name}: ${describeHook(run)}${said}`);
}
