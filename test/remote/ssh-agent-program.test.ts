import { agentSuite } from "./agent-suite.ts";
import { BUILTIN } from "./client-under-test.ts";

agentSuite(BUILTIN);
