import { writeFileSync } from "node:fs";
import { cpus } from "node:os";

/** One line of the report: a figure of this run and, where one was set, the goal it is held against. */
export interface Row {
  readonly what: string;
  /** `undefined`: could not be measured here; the note says why. */
  readonly figure: number | undefined;
  readonly unit: string;
  /** `undefined`: for information. */
  readonly goal?:
    | { readonly atLeast: number; readonly aim: number }
    | { readonly atMost: number; readonly aim: number };
  readonly note?: string;
}

export function meets(row: Row): boolean | undefined {
  if (row.goal === undefined || row.figure === undefined) return undefined;
  return "atLeast" in row.goal ? row.figure >= row.goal.atLeast : row.figure <= row.goal.atMost;
}

const shown = (figure: number) =>
  figure >= 100
    ? Math.round(figure).toLocaleString("en")
    : figure >= 10
      ? figure.toFixed(1)
      : String(Number(figure.toPrecision(3)));

/** Prints the rows as a table and writes them as JSON where a file is given. */
export function report(rows: readonly Row[], file: string | undefined): void {
  const lines = rows.map((row) => {
    const goal =
      row.goal === undefined
        ? ["", ""]
        : "atLeast" in row.goal
          ? [`≥ ${row.goal.atLeast}`, `≥ ${row.goal.aim}`]
          : [`≤ ${row.goal.atMost}`, `≤ ${row.goal.aim}`];
    const met = meets(row);
    return [
      row.what,
      row.figure === undefined ? "not measured" : `${shown(row.figure)} ${row.unit}`.trim(),
      ...goal,
      met === undefined ? "" : met ? "met" : "MISSED",
      row.note ?? "",
    ];
  });
  const head = ["what", "figure", "at least / at most", "aim", "", "note"];
  const widths = head.map((title, i) => Math.max(title.length, ...lines.map((line) => line[i]!.length)));
  const print = (cells: readonly string[]) =>
    process.stdout.write(
      `${cells
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join("  ")
        .trimEnd()}\n`,
    );
  print(head);
  print(widths.map((width) => "-".repeat(width)));
  lines.forEach(print);
  if (file !== undefined) {
    const machine = { node: process.version, cores: cpus().length, model: cpus()[0]?.model };
    writeFileSync(
      file,
      `${JSON.stringify({ machine, rows: rows.map((row) => ({ ...row, met: meets(row) })) }, null, 2)}\n`,
    );
  }
}
