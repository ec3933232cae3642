import { expect, test } from "vitest";
import { InputReader } from "../../src/action/input-reader.ts";
import { INPUT_DEFAULTS } from "../../src/action/inputs.ts";
import { readJumpHosts } from "../../src/action/jump-inputs.ts";

const DEFAULT_USER = { user: false, port: true };

function read(jumpHosts: string, more: Record<string, string> = {}) {
  const inputs = new InputReader({ "INPUT_JUMP-HOSTS": jumpHosts, ...more }, INPUT_DEFAULTS);
  return { hops: readJumpHosts(inputs, "runner"), problems: inputs.problems };
}

test("a chain is read line by line, with comments, and each host is known by its place in it", () => {
  const text =
    "# out of the office\r\nops@bastion.example.com:2200  # first\r\n\r\n fd77::7 \n[fd77::8]:2022\n";
  expect(read(text, { "INPUT_SSH-USER": "deploy", "INPUT_SSH-PORT": "2222" })).toEqual({
    hops: [
      {
        name: "jump host 1 (bastion.example.com:2200)",
        host: "bastion.example.com",
        user: "ops",
        port: 2200,
        written: { user: true, port: true },
      },
      { name: "jump host 2 (fd77::7)", host: "fd77::7", user: "deploy", port: 22, written: DEFAULT_USER },
      {
        name: "jump host 3 ([fd77::8]:2022)",
        host: "fd77::8",
        user: "deploy",
        port: 2022,
        written: DEFAULT_USER,
      },
    ],
    problems: [],
  });
  expect(read("bastion").hops).toEqual([
    { name: "jump host bastion", host: "bastion", user: "runner", port: 22, written: DEFAULT_USER },
  ]);
  expect(read("").hops).toEqual([]);
  expect(read("# nobody\n").hops).toEqual([]);
});

test("every line that is no host is a problem of its own, and so are a circle and a chain without end", () => {
  const { problems } = read("bastion:abc\nops@\nok.example.com\nssh bastion\n\nother@OK.example.com:22");
  expect(problems).toEqual([
    expect.stringMatching(/^jump-hosts: line 1: port "abc": expected 1–65535; expected \[user@\]host/),
    expect.stringMatching(/^jump-hosts: line 2: "" is not a host name or address; expected/),
    expect.stringMatching(/^jump-hosts: line 4: "ssh bastion" is not a host name/),
    "jump-hosts: line 6: OK.example.com is in the chain already (line 3)",
  ]);
  const long = Array.from({ length: 9 }, (_, index) => `hop-${index}`).join("\n");
  expect(read(long).problems).toEqual(["jump-hosts: 9 hosts, a chain has at most 8"]);
});
