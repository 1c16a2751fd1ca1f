import { readFileSync, statSync } from "node:fs";
import type { Finding } from "./finding.ts";

/**
 * Larger files are refused unread. Reading YAML takes about half a second a megabyte and thirty times its size in
 * memory. All of ESCO fits into half of this; larger graphs go into several files.
 */
export const MAX_FILE_BYTES = 32 * 1024 * 1024;

/** The text of a file, or why it cannot be read. The size is checked first, so that no large file is read. */
export function textOf(file: string): string | Finding {
  const fault = (code: string, message: string, line = 1): Finding => {
    return { file, line, severity: "error", code, message };
  };
  let bytes: Buffer;
  try {
    const status = statSync(file);
    if (!status.isFile())
      return fault("file-unreadable", "expected a file, got something else, such as a pipe");
    if (status.size > MAX_FILE_BYTES) {
      const got = `expected a file of at most ${inMegabytes(MAX_FILE_BYTES)}, got ${inMegabytes(status.size)}`;
      return fault("file-too-large", `${got}: split it into several files`);
    }
    bytes = readFileSync(file);
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
    return fault("file-unreadable", `expected a file that can be read, got ${reason}`);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    const message = "expected text in UTF-8, got other bytes: save the file as UTF-8";
    return fault("not-utf8", message, lineOfBadBytes(bytes));
  }
}

function inMegabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1024 / 1024)} MB`;
}

/** The line of the first bytes that are not UTF-8: a lenient decoder replaces them by U+FFFD. */
function lineOfBadBytes(bytes: Buffer): number {
  const text = new TextDecoder().decode(bytes);
  return text.slice(0, text.indexOf("\uFFFD")).split("\n").length;
}
