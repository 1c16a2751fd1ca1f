/** A fault of a graph file's text. */
export interface TextFault {
  /** The line, counted from 1. */
  readonly line: number;
  /** A stable name of the check, such as `unknown-slug`. */
  readonly code: string;
  /** What was expected, what came instead and how to mend it. */
  readonly message: string;
}

/** One fault or doubt that a check has found in a graph file. */
export interface Finding extends TextFault {
  /** The path of the file: as given on the command line, or below a folder given there. */
  readonly file: string;
  /** Errors prevent the import; warnings do not. */
  readonly severity: "error" | "warning";
}

/** `file:line: error: message [code]`, the form that editors and terminals turn into links. */
export function formatFinding({ file, line, severity, code, message }: Finding): string {
  return `${file}:${line}: ${severity}: ${message} [${code}]`;
}

/** Sorts by file, line, then message, so that the same files give the same report. O(n log n). */
export function sortFindings(findings: Iterable<Finding>): Finding[] {
  return [...findings].sort(
    (a, b) => compare(a.file, b.file) || a.line - b.line || compare(a.message, b.message),
  );
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === "error");
}
