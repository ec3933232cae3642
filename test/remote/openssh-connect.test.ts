import { OPENSSH } from "./client-under-test.ts";
import { connectSuite } from "./connect-suite.ts";

connectSuite(OPENSSH);
