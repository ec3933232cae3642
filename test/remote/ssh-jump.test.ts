import { BUILTIN } from "./client-under-test.ts";
import { jumpSuite } from "./jump-suite.ts";

jumpSuite(BUILTIN);
