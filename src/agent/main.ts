import { type FromAgent, type ToAgent, toAgent } from "../contract.ts";
import { serveRunner } from "../remote/serve-runner.ts";
import { converse } from "./converse.ts";

void serveRunner<ToAgent, FromAgent>(
  toAgent,
  (code, message) => ({ type: "failed", code, message }),
  converse,
);
