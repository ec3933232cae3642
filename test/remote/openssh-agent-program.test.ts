import { agentSuite } from "./agent-suite.ts";
import { OPENSSH } from "./client-under-test.ts";

agentSuite(OPENSSH);
