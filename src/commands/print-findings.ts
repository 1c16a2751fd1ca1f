import { type Finding, formatFinding } from "../seeding/finding.ts";
import { visibleLine } from "../words/visible.ts";

/** Prints one finding a line. */
export function printFindings(findings: readonly Finding[], to: NodeJS.WritableStream): void {
  for (const finding of findings) to.write(`${visibleLine(formatFinding(finding))}\n`);
}

/** The same for what an import has left out or mended. */
export function printSetAside(findings: readonly Finding[], to: NodeJS.WritableStream): void {
  for (const { file, line, code, message } of findings)
    to.write(`${visibleLine(`${file}:${line}: set aside: ${message} [${code}]`)}\n`);
}

/** `2 errors, 1 warning`. */
export function countFindings(findings: readonly Finding[]): string {
  const errors = findings.filter(({ severity }) => severity === "error").length;
  const warnings = findings.length - errors;
  return `${errors} ${errors === 1 ? "error" : "errors"}, ${warnings} ${warnings === 1 ? "warning" : "warnings"}`;
}
