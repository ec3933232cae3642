/** A line of a step's log: plain text, or a workflow command such as `::error title=…::message`. */
export type LogLine =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "command"; readonly command: string; readonly title: string; readonly message: string };

const COMMAND = /^::([a-z-]+)(?: ([^:]*(?::(?!:)[^:]*)*))?::(.*)$/s;

export function parseLogLine(line: string): LogLine {
  const match = COMMAND.exec(line);
  if (match === null) return { kind: "text", text: line };
  const [, command = "", properties = "", message = ""] = match;
  const title = /(?:^|,)title=([^,]*)/.exec(properties)?.[1] ?? "";
  return { kind: "command", command, title: unescapeText(title), message: unescapeText(message) };
}

/** The runner's own escapes: `%25` last, or an escaped percent sign would be read twice. */
function unescapeText(text: string): string {
  return text
    .replaceAll("%0A", "\n")
    .replaceAll("%0D", "\r")
    .replaceAll("%3A", ":")
    .replaceAll("%2C", ",")
    .replaceAll("%25", "%");
}

/** How a line of the action's log is shown to a person; undefined for what is meant for the runner only. */
export function readableLine(line: LogLine): string | undefined {
  if (line.kind === "text") return line.text;
  const { command, title, message } = line;
  const text = title === "" ? message : `${title}: ${message}`;
  switch (command) {
    case "error":
      return `✗ ${text}`;
    case "warning":
    case "notice":
      return `! ${text}`;
    case "group":
      return message;
    default:
      return undefined;
  }
}
