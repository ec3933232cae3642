/** An environment as the runner makes it: `INPUT_` and the input's name in capitals, hyphens kept. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What a message shows of a bad value: enough to recognise it. */
const SHOWN_LENGTH_MAX = 80;

/**
 * Reads inputs one by one and collects all that is wrong with them. For a value that can't be read the default stands in, so
 * that the checks can go on; the caller throws once at the end, and the stand-in is never used.
 */
export class InputReader<Name extends string> {
  readonly problems: string[] = [];
  readonly #environment: Environment;
  readonly #defaults: Readonly<Record<Name, string>>;

  constructor(environment: Environment, defaults: Readonly<Record<Name, string>>) {
    this.#environment = environment;
    this.#defaults = defaults;
  }

  /** Trimmed; the default where nothing is given. */
  text(name: Name): string {
    const value = this.written(name).trim();
    return value === "" ? this.#defaults[name] : value;
  }

  /** As it was given, for texts whose lines are numbered in messages; empty where nothing is given. */
  written(name: Name): string {
    return this.#environment[`INPUT_${name.replaceAll(" ", "_").toUpperCase()}`] ?? "";
  }

  /** GitHub passes the defaults of action.yml too, so only another value shows that the user wrote one. */
  isSet(name: Name): boolean {
    return this.text(name) !== this.#defaults[name];
  }

  /** `parse` returns undefined for what it does not understand; it understands the default. */
  parsed<Value>(name: Name, parse: (text: string) => Value | undefined, expected: string): Value {
    const value = parse(this.text(name));
    if (value !== undefined) return value;
    this.reject(name, `expected ${expected}`);
    const fallback = parse(this.#defaults[name]);
    if (fallback === undefined) throw new TypeError(`the default of ${name} can't be read`);
    return fallback;
  }

  /** A problem that shows the value. */
  reject(name: Name, why: string): void {
    this.problems.push(`${name} ${shown(this.text(name))}: ${why}`);
  }

  /** A problem that does not show the value: it is a secret, or there is none. */
  complain(name: Name, why: string): void {
    this.problems.push(`${name}: ${why}`);
  }
}

function shown(value: string): string {
  const cut = value.length > SHOWN_LENGTH_MAX ? `${value.slice(0, SHOWN_LENGTH_MAX)}…` : value;
  return JSON.stringify(cut);
}
