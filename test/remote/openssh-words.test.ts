import { expect, test } from "vitest";
import { readVersion } from "../../src/remote/openssh-options.ts";
import { readFailure, readPeerAddress } from "../../src/remote/openssh-words.ts";

/** What stands at the end where ProxyCommand has ended. */
const WAY_CLOSED =
  "kex_exchange_identification: Connection closed by remote host\r\nConnection closed by UNKNOWN port 65535\r\n";
const LOGGED_IN = 'Authenticated to web-1 ([10.0.0.7]:22) using "publickey".';

/** Since 10.1, for every server that is older. */
const WEAK_CRYPTO = `** WARNING: connection is not using a post-quantum key exchange algorithm.\r
** This session may be vulnerable to "store now, decrypt later" attacks.\r
** The server may need to be upgraded. See https://openssh.com/pq.html\r\n`;

test.each([
  ["ssh: connect to host web-1 port 22: Connection refused\r\n", "passing", /^ssh: connect .* refused$/],
  ["kex_exchange_identification: Connection closed by remote host", "passing", /closed by remote host/],
  [`${LOGGED_IN}\r\nTimeout, server web-1 not responding.\r\n`, "passing", /^Timeout, server web-1/],
  [`${LOGGED_IN}\r\nTransferred: sent 1, received 2 bytes, in 3.0 seconds\r\n`, "passing", /without a word/],
  [WEAK_CRYPTO, "passing", /without a word/],
  [
    "Unable to negotiate with 10.0.0.7 port 22: no matching host key type found. Their offer: ssh-dss",
    "lasting",
    /no matching/,
  ],
  [
    `ops@gate: Permission denied (publickey).\r\n${WAY_CLOSED}`,
    "lasting",
    /failed: ops@gate: Permission \S+ \S+$/,
  ],
  [
    `No ED25519 host key is known for gate\nHost key verification failed.\n${WAY_CLOSED}`,
    "lasting",
    /for gate; Host/,
  ],
  [`/bin/sh: 1: exec: nc: not found\n${WAY_CLOSED}`, "passing", /^what carries .*failed: .* nc: not found$/],
  [WAY_CLOSED, "passing", /^what carries the connection there closed it without a word$/],
  ["f: line 2: Bad configuration option: x\nf: terminating, 1 bad configuration options", "config", /line 2/],
])("%j is a failure of kind %s", (stderr, kind, words) => {
  expect(readFailure(stderr)).toEqual({ kind, words: expect.stringMatching(words) });
});

test("who was refused, and what would be taken, is read from a refused login", () => {
  const denied = "Permission denied (publickey,keyboard-interactive).";
  const methods = "publickey, keyboard-interactive";
  expect(readFailure(`a banner\nops@web-1: ${denied}\n`)).toEqual({
    kind: "authentication",
    who: "ops@web-1",
    methods,
    remarks: null,
  });
  expect(readFailure(denied)).toEqual({ kind: "authentication", who: null, methods, remarks: null });
});

test("the peer's address is known where ssh has connected itself, and not behind a proxy", () => {
  expect(readPeerAddress(LOGGED_IN)).toBe("10.0.0.7");
  expect(readPeerAddress('Authenticated to web-1 ([fd77::7]:2222) using "publickey".')).toBe("fd77::7");
  expect(readPeerAddress('Authenticated to web-1 (via proxy) using "publickey".')).toBeUndefined();
});

test("versions are read as the systems write them", () => {
  expect(readVersion("OpenSSH_9.2p1 Debian-2+deb12u6, OpenSSL 3.0.19")).toEqual({ major: 9, minor: 2 });
  expect(readVersion("OpenSSH_for_Windows_9.5p1, LibreSSL 3.8.2")).toEqual({ major: 9, minor: 5 });
  expect(readVersion("Sun_SSH_2.4")).toBeUndefined();
});
