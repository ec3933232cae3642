import logUpdate from "log-update";

const REFRESH_INTERVAL_MS = 200;

/** Where the demo writes: lines that stay, and, on a terminal, a picture below them that is drawn again and again. */
export interface Terminal extends Disposable {
  line(text: string): void;
}

/** @param picture drawn five times a second; not at all where the output is no terminal. */
export function openTerminal(picture: (size: { rows: number; columns: number }) => string[]): Terminal {
  const { stdout } = process;
  if (!stdout.isTTY) return { line: (text) => void stdout.write(`${text}\n`), [Symbol.dispose]() {} };
  const draw = () => logUpdate(picture({ rows: stdout.rows, columns: stdout.columns }).join("\n"));
  const timer = setInterval(draw, REFRESH_INTERVAL_MS);
  return {
    line: (text) => logUpdate.persist(text),
    [Symbol.dispose]() {
      clearInterval(timer);
      draw();
      logUpdate.done();
    },
  };
}
