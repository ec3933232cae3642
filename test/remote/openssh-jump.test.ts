import { OPENSSH } from "./client-under-test.ts";
import { jumpSuite } from "./jump-suite.ts";

jumpSuite(OPENSSH);
