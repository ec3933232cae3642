import { data, Evaluator, Lexer, Parser } from "@actions/expressions";

/** How far a job has come, for `success()`, `failure()` and `cancelled()`. */
export type Status = "success" | "failure" | "cancelled";

/** What an expression can name: `github`, `env`, `steps`, … In JSON. */
export interface Scope {
  readonly contexts: Readonly<Record<string, unknown>>;
  /** `skipped`: of what a job needs, something was not run. None of the functions but `always()` is true then. */
  readonly status: Status | "skipped";
}

const STATUS_FUNCTIONS = ["always", "success", "failure", "cancelled"] as const;

/** Replaces every `${{ }}` by the value of its expression. @throws where GitHub would not start the workflow */
export function interpolate(text: string, scope: Scope): string {
  return text.replaceAll(/\$\{\{(.*?)\}\}/gs, (_, expression: string) =>
    evaluate(expression, scope).coerceString(),
  );
}

export function interpolateAll(
  texts: Readonly<Record<string, string>>,
  scope: Scope,
): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, interpolate(text, scope)]));
}

/** Whether a step or a job is run: after a failure only where its condition asks how things stand. */
export function isToRun(condition: string | undefined, scope: Scope): boolean {
  const text = (condition ?? "success()").replace(/^\$\{\{(.*)\}\}$/s, "$1");
  const asksForStatus = new RegExp(`\\b(${STATUS_FUNCTIONS.join("|")})\\s*\\(`).test(text);
  const whole = asksForStatus ? text : `success() && (${text})`;
  return isTruthy(evaluate(whole, scope));
}

function evaluate(expression: string, { contexts, status }: Scope): data.ExpressionData {
  const functions = new Map(
    STATUS_FUNCTIONS.map((name) => {
      const value = new data.BooleanData(name === "always" || name === status);
      return [name, { name, minArgs: 0, maxArgs: 0, call: () => value }] as const;
    }),
  );
  const { tokens } = new Lexer(expression.trim()).lex();
  const tree = new Parser(tokens, Object.keys(contexts), [...functions.values()]).parse();
  return new Evaluator(tree, asDictionary(contexts), functions).evaluate();
}

function asDictionary(contexts: Scope["contexts"]): data.Dictionary {
  const value: unknown = JSON.parse(JSON.stringify(contexts), data.reviver);
  if (!(value instanceof data.Dictionary)) throw new TypeError("contexts are a dictionary");
  return value;
}

function isTruthy(value: data.ExpressionData): boolean {
  return !["", "false", "0"].includes(value.coerceString());
}
