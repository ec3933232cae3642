/**
 * Package `@actions/artifact`, as a bundle of its own: it brings clients for Azure and for GitHub's API along, which a step without
 * artifacts should not have to load.
 */
export { DefaultArtifactClient } from "@actions/artifact";
