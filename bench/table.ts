export interface Column {
  readonly heading: string;
  readonly align: "left" | "right";
}

/** A Markdown table whose source is readable too. */
export function markdownTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map(({ heading }, index) =>
    Math.max(3, heading.length, ...rows.map((row) => row[index]!.length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, index) => pad(cell, widths[index]!, columns[index]!.align)).join(" | ")} |`;
  const rule = columns.map(({ align }, index) => {
    const dashes = "-".repeat(widths[index]! - 1);
    return align === "right" ? `${dashes}:` : `-${dashes}`;
  });
  return [line(columns.map(({ heading }) => heading)), `| ${rule.join(" | ")} |`, ...rows.map(line)].join(
    "\n",
  );
}

function pad(text: string, width: number, align: Column["align"]): string {
  return align === "right" ? text.padStart(width) : text.padEnd(width);
}

/** Of sorted or unsorted values; the lower one of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}

/** Names on the left, figures on the right. */
export function rightAligned(headings: readonly string[]): Column[] {
  return headings.map((heading, index) => ({ heading, align: index === 0 ? "left" : "right" }));
}

/** `6.12–6.68`; a single value stands alone. */
export function formatSpread(values: readonly number[], digits: number): string {
  const [least, most] = [Math.min(...values), Math.max(...values)].map((value) => value.toFixed(digits));
  return least === most ? `${least}` : `${least}–${most}`;
}
