import fc from "fast-check";
import { expect, test } from "vitest";
import { type InventoryDefaults, parseInventory, TARGETS_MAX } from "../../src/core/inventory.ts";

const DEFAULTS: InventoryDefaults = { user: "runner", port: 22, deployTo: "/srv/app" };

function read(text: string, defaults = DEFAULTS) {
  return parseInventory(text, defaults);
}

function problemsOf(text: string, defaults = DEFAULTS): readonly string[] {
  return read(text, defaults).problems;
}

test("the documented example is read as it is meant", () => {
  const { targets, problems } = read(`# group headings are optional
[web]
deploy@web-1.example.com:2222  zone=iad-a  rack=r12
web-[02:20].example.com        user=deploy port=2200 address=10.0.3.[2:20]   # ranges expand together
[db]
10.0.5.7  deploy_to=/data/app
`);
  expect(problems).toEqual([]);
  expect(targets).toHaveLength(21);
  expect(targets[0]).toEqual({
    name: "web-1.example.com",
    host: "web-1.example.com",
    user: "deploy",
    port: 2222,
    written: { user: true, port: true },
    address: null,
    deployTo: "/srv/app",
    zone: "iad-a",
    rack: "r12",
    group: "web",
    line: 3,
  });
  expect(targets[1]).toMatchObject({ name: "web-02.example.com", address: "10.0.3.2", port: 2200, line: 4 });
  expect(targets[19]).toMatchObject({ name: "web-20.example.com", address: "10.0.3.20" });
  expect(targets[20]).toMatchObject({ host: "10.0.5.7", user: "runner", deployTo: "/data/app", group: "db" });
  expect(targets[1]?.written).toEqual({ user: true, port: true });
  expect(targets[20]?.written).toEqual({ user: false, port: false });
});

test("CRLF, a byte order mark, blank lines and comments are no targets", () => {
  const { targets, problems } = read("\uFEFFa # first\r\n\r\n   # only a comment\r\n\tb\track=r#1\r\n");
  expect(problems).toEqual([]);
  expect(targets.map(({ name, rack, line }) => ({ name, rack, line }))).toEqual([
    { name: "a", rack: null, line: 1 },
    { name: "b", rack: "r#1", line: 4 },
  ]);
});

test("values may be quoted, with blanks and # in them", () => {
  const { targets } = read(`a deploy_to="/srv/my app" zone='b # c'`);
  expect(targets[0]).toMatchObject({ deployTo: "/srv/my app", zone: "b # c" });
});

test.each([
  ["[::1]:2222", { host: "::1", port: 2222 }],
  ["[::1]", { host: "::1", port: 22 }],
  ["::1", { host: "::1", port: 22 }],
  ["user@[fe80::1]", { host: "fe80::1", user: "user" }],
  ["user@[fe80::1%eth0]:22", { host: "fe80::1%eth0", user: "user", port: 22 }],
  ["dom@corp@host", { host: "host", user: "dom@corp" }],
  ["a address=[fd00::1]", { host: "a", address: "fd00::1" }],
])("%s is one address, not a range or a heading", (line, expected) => {
  const { targets, problems } = read(line);
  expect(problems).toEqual([]);
  expect(targets).toEqual([expect.objectContaining(expected)]);
});

test("an address that is good on one link only is no address for peers", () => {
  const { problems } = read("a address=fe80::1%eth0\nb address=[FE80::2]\nc address=fd00::3");
  expect(problems).toHaveLength(2);
  for (const [index, problem] of problems.entries())
    expect(problem).toMatch(new RegExp(`^line ${index + 1} .*is good on one link only`));
});

test("the same IPv6 host twice is found however it is written, and two links are two", () => {
  expect(read("fd00::1\n[FD00:0:0::1]:22").problems).toEqual([
    expect.stringMatching(/^line 2: .* is there already, on line 1$/),
  ]);
  expect(read("::ffff:10.0.0.1\n10.0.0.1").problems).toHaveLength(1);
  expect(read("fe80::1%eth0\nfe80::1%eth1").problems).toEqual([]);
});

test("a range in an IPv6 address expands before the address is read", () => {
  const { targets } = read("[fd00::[1:3]]:22\nfd01::[9:10]");
  expect(targets.map((target) => target.host)).toEqual([
    "fd00::1",
    "fd00::2",
    "fd00::3",
    "fd01::9",
    "fd01::10",
  ]);
});

test("several ranges in one line count together and keep their zeros", () => {
  const { targets } = read("r[1:3]-web[008:010] address=10.0.[7:9].1 rack=r[1:3]");
  expect(targets.map(({ name, address, rack }) => [name, address, rack])).toEqual([
    ["r1-web008", "10.0.7.1", "r1"],
    ["r2-web009", "10.0.8.1", "r2"],
    ["r3-web010", "10.0.9.1", "r3"],
  ]);
});

test("a port stands in the name only where it tells two targets apart, a folder likewise", () => {
  const { targets, problems } = read("a\nb:22\nb:23\n[::2]:1\n[::2]:2\nc deploy_to=/one\nc deploy_to=/two");
  expect(problems).toEqual([]);
  const names = ["a", "b:22", "b:23", "[::2]:1", "[::2]:2", "c:22:/one", "c:22:/two"];
  expect(targets.map((target) => target.name)).toEqual(names);
});

test.each([
  ["an unknown key", "a prot=1", /line 1 "a prot=1": unknown key "prot".*user, port/],
  ["a bad port", "a port=70000", /port "70000": expected 1–65535/],
  ["a bad port after the colon", "a:0", /port "0": expected 1–65535/],
  ["a port that is no number", "a:http", /port "http": expected 1–65535/],
  ["two ports", "a:22 port=23", /port is given twice/],
  ["two users", "x@a user=y", /user is given twice/],
  ["a key given twice", "a rack=1 rack=2", /rack is given twice/],
  ["a key without value", "a rack=", /rack has no value/],
  ["a relative folder", "a deploy_to=srv", /deploy_to "srv": expected an absolute path/],
  ["a folder that climbs", "a deploy_to=/srv/../etc", /deploy_to .*without \.\./],
  ["the root folder", "a deploy_to=/", /deploy_to "\/"/],
  ["a setting without a host", "user=deploy", /expected a host first/],
  ["a word that is no setting", "a b", /"b": expected key=value/],
  ["an open quote", `a zone="x`, /quote " is not closed/],
  ["a bad host name", "we$b", /"we\$b" is not a host name/],
  ["an address out of range", "10.0.0.256", /is not a host name or address/],
  ["a bad peer address", "a address=1.2.3", /address "1.2.3"/],
  ["a stride", "web-[1:10:2]", /is neither host:port nor an IPv6 address/],
  ["letters as range", "web-[a:c]", /"web-\[a" is not a host name/],
  ["a range alone", "[2:20]", /expected a group's name/],
  ["group variables", "[web:vars]", /variables and children/],
  ["an empty heading", "[]", /expected a group's name/],
  ["a backward range", "web[9:1]", /range \[9:1\] ends before it starts/],
  ["uneven zeros", "web[08:100]", /same number of digits/],
  ["ranges of different lengths", "web[1:3] address=10.0.0.[1:4]", /\[1:3\] has 3, \[1:4\] has 4/],
  ["a range in a setting only", "web address=10.0.0.[1:4]", /the host has none/],
  ["a user that would be read as an option", "-oProxy@a", /not a user name/],
  ["a host that would be read as an option", "-a", /not a host name/],
  ["a huge range, before expanding", "web[1:999999999]", /at most 100000 targets/],
  ["a range beyond all bounds", "web[1:99999999999999]", /at most 9 digits/],
])("%s is one problem that names the line", (_name, text, expected) => {
  const problems = problemsOf(text);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(/^line 1 /);
  expect(problems[0]).toMatch(expected);
});

test("every mistake is reported, each with its own line", () => {
  const problems = problemsOf("a port=x user=/\nok\nb foo=1 bar=2\nok");
  expect(problems.map((problem) => problem.slice(0, 7))).toEqual([
    "line 1 ",
    "line 1 ",
    "line 3 ",
    "line 3 ",
    "line 4:",
  ]);
  expect(problems[4]).toContain("ok:22 is there already, on line 2");
});

test("the same host twice is found whatever its case or how its port is written", () => {
  expect(problemsOf("Web:22\nweb")).toEqual([
    expect.stringContaining("line 2: web:22 is there already, on line 1"),
  ]);
  expect(problemsOf("web[1:3]\nweb2")).toHaveLength(1);
  expect(problemsOf("web deploy_to=/a\nweb deploy_to=/a/")).toHaveLength(1);
});

test("a target without any folder is a problem", () => {
  expect(problemsOf("a", { ...DEFAULTS, deployTo: null })).toEqual([
    expect.stringContaining("no deploy_to here"),
  ]);
});

test("an inventory without targets is a problem", () => {
  expect(problemsOf("# nobody\n[web]\n")).toEqual(["the inventory names no target"]);
});

test("a file that is no inventory gives a bounded list", () => {
  expect(problemsOf("<html> x\n".repeat(10_000)).length).toBeLessThan(60);
});

test("the largest fleet is read in a moment", () => {
  const { targets, problems } = read(`h[1:${TARGETS_MAX}].example.com`);
  expect(problems).toEqual([]);
  expect(targets).toHaveLength(TARGETS_MAX);
  expect(problemsOf(`h[1:${TARGETS_MAX}]\none-more`)).toHaveLength(1);
});

test("any range makes as many different names as it says, in order, each as long as the padding wants", () => {
  const range = fc.tuple(fc.nat(999), fc.nat(99), fc.boolean());
  fc.assert(
    fc.property(range, ([first, more, padded]) => {
      const width = padded ? String(first + more).length : 0;
      const end = (value: number) => String(value).padStart(width, "0");
      const { targets, problems } = read(`h[${end(first)}:${end(first + more)}].example.com`);
      expect(problems).toEqual([]);
      const names = Array.from({ length: more + 1 }, (_, index) => `h${end(first + index)}.example.com`);
      expect(targets.map((target) => target.name)).toEqual(names);
    }),
  );
});

test("no text makes the parser throw or accept a target that cannot be reached", () => {
  const token = fc.constantFrom(
    "a",
    "[",
    "]",
    ":",
    "1",
    "09",
    "@",
    "=",
    "user",
    "port",
    " ",
    "#",
    "'",
    '"',
    "::",
    "\n",
    "/",
  );
  const text = fc.oneof(
    fc.string({ maxLength: 80 }),
    fc.array(token, { maxLength: 30 }).map((parts) => parts.join("")),
  );
  fc.assert(
    fc.property(text, (input) => {
      const { targets, problems } = read(input);
      expect(targets.length + problems.length).toBeGreaterThan(0);
      for (const target of targets) {
        expect(target.host).toMatch(/^[A-Za-z0-9_:][A-Za-z0-9_:.%-]*$/);
        expect(target.port).toBeGreaterThan(0);
        expect(target.user).not.toBe("");
      }
    }),
    { numRuns: 500 },
  );
});
