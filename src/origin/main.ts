import { type FromOrigin, type ToOrigin, toOrigin } from "../contract.ts";
import { serveRunner } from "../remote/serve-runner.ts";
import { converse } from "./converse.ts";

void serveRunner<ToOrigin, FromOrigin>(
  toOrigin,
  (code, message) => ({ type: "failed", code, message }),
  converse,
);
