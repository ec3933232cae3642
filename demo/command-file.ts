/**
 * Parses what a step wrote into GITHUB_OUTPUT or GITHUB_STATE: `name=value` lines, and
 * `name<<delimiter`, lines, `delimiter`. A line that is neither is left out.
 */
export function parseCommandFile(text: string): Record<string, string> {
  const values: Record<string, string> = {};
  const lines = text.split("\n");
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index]!;
    const heredoc = /^([^=<]+)<<(.+)$/.exec(line);
    if (heredoc === null) {
      const equals = line.indexOf("=");
      if (equals > 0) values[line.slice(0, equals)] = line.slice(equals + 1);
      continue;
    }
    const end = lines.indexOf(heredoc[2]!, index + 1);
    if (end === -1) break;
    values[heredoc[1]!] = lines.slice(index + 1, end).join("\n");
    index = end;
  }
  return values;
}
