import type { SshdHost } from "./sshd-host.ts";

/**
 * Ends sshd's process of the connection over which such a program runs there, as when that connection breaks; the others stay. `pattern`: of its
 * command line, written so that it does not match itself.
 */
export function endConnectionOf(host: SshdHost, pattern: string): void {
  // What has no parent in there has the parent 0, and to kill 0 would be to kill ourselves.
  host.inside(`
    pid=$(pgrep -f -- '${pattern}' | head -n 1)
    while [ "\${pid:-0}" -gt 1 ] && ! grep -q '^Name:.sshd' /proc/$pid/status; do pid=$(awk '/^PPid/ { print $2 }' /proc/$pid/status); done
    if [ "\${pid:-0}" -gt 1 ]; then kill -KILL "$pid"; else echo "no ${pattern} under sshd" >&2; exit 1; fi`);
}

/** The connection that the release comes by; those by which targets are reached stay. */
export function endUplinkOf(host: SshdHost): void {
  endConnectionOf(host, "[-]-uplink=");
}
