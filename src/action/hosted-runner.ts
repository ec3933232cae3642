/** For people: why it cannot work from a runner of GitHub's, and what does. */
export const HOSTED_RUNNER =
  "This runner is hosted by GitHub, where nothing outside can connect to it. What works: `seed-from: bastion` or `seed-from: first-target`, a self-hosted runner in the fleet's network, or a VPN between runner and fleet with the runner's address in it as `announce-address`.";
