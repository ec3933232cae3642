import { BaseSequencer, type TestSpecification } from "vitest/node";

/** They mostly wait for servers; run one after the other at the end, they leave the processors idle. */
const WAITING = "/test/remote/";
/** One of them after so many others. */
const OTHERS = 2;

/** Longest first, as vitest has it, but tests that wait among tests that compute. */
export class MixedSequence extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const waiting = sorted.filter(({ moduleId }) => moduleId.includes(WAITING));
    const others = sorted.filter(({ moduleId }) => !moduleId.includes(WAITING));
    const mixed = others.flatMap((file, index) =>
      index % OTHERS === OTHERS - 1 ? [file, ...waiting.splice(0, 1)] : [file],
    );
    return [...mixed, ...waiting];
  }
}
