import type { ErrorCode } from "./error-codes.ts";

export type { ErrorCode };

/** What follows from other failures: who looks for the cause need not read these first. */
export const CONSEQUENCES: ReadonlySet<ErrorCode> = new Set(["FLEET_INCOMPLETE", "PUT_BACK", "CANCELLED"]);

/** A failure whose meaning is known. The message says what was being done and what went wrong; `ERROR_CODES` what to do. */
export class MurmurationError extends Error {
  override readonly name: string = "MurmurationError";
  readonly code: ErrorCode;
  /** Name of the jump host, or seed host, that failed: all targets that need it have this failure, and none of them caused it. */
  jumpHost: string | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options?: { cause?: unknown; jumpHost?: string | undefined },
  ) {
    super(message, options);
    this.code = code;
    this.jumpHost = options?.jumpHost;
  }
}

/** What was thrown, as an error with a code; what has none becomes `fallback`. */
export function asMurmurationError(thrown: unknown, fallback: ErrorCode = "INTERNAL"): MurmurationError {
  if (thrown instanceof MurmurationError) return thrown;
  return new MurmurationError(fallback, messageOf(thrown), { cause: thrown });
}

export function messageOf(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message || thrown.name;
  return String(thrown);
}
