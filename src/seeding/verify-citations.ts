import { MAX_SHARED_WORDS, sharedRun } from "./copied-text.ts";
import { type Finding, sortFindings, type TextFault } from "./finding.ts";
import { documentRow } from "./graph-file.ts";
import { citation } from "./graph-file-parts.ts";
import type { Path, Place } from "./place.ts";
import { readText } from "./read-text.ts";
import { parseRow } from "./schema-faults.ts";
import { SourceTexts, type TextFile } from "./source-texts.ts";

export interface CitationReport {
  /** Sorted by file and line. What cannot be read is a finding as well, since it cannot be verified. */
  readonly findings: readonly Finding[];
  /** How many citations were checked. */
  readonly citations: number;
}

/** The fields of a graph file whose sentences must be our own. Names and headings may be the document's. */
const OUR_WORDS: ReadonlySet<string> = new Set(["summary", "text", "note", "reason", "brief"]);

/** A longer line is a paragraph: the longest heading of the documents, a question, has 14 words. */
const MAX_HEADING_WORDS = 16;

/**
 * Checks graph files against the texts that they cite: every citation's document exists (a text whose file name
 * begins with the id), its line exists, and its mention stands on that line on word boundaries; a document's
 * `lines` and `sections` agree with its text; and no summary, note, reason or brief shares more than
 * `MAX_SHARED_WORDS` consecutive words with a text. Every finding is an error with its line in the graph file, and
 * no fault hides another, except faults of syntax. Linear in the size of files and texts.
 */
export function verifyCitations(graphFiles: readonly TextFile[], texts: readonly TextFile[]): CitationReport {
  const sources = new SourceTexts(texts);
  const findings: Finding[] = [];
  let citations = 0;
  for (const { path: file, text } of graphFiles) {
    const report = ({ line, code, message }: TextFault) =>
      findings.push({ file, line, severity: "error", code, message });
    const { value, place, faults } = readText(file, text);
    faults.forEach(report);
    walk(value, place, "", (key, inner, at) => {
      if (key === "cites") {
        citations += 1;
        faultsOfCitation(inner, at, sources).forEach(report);
      } else if (key === "documents") faultsOfDocument(inner, at, sources).forEach(report);
      else if (OUR_WORDS.has(key) && typeof inner === "string") {
        const copied = sharedRun(inner, sources.runs);
        if (copied !== undefined)
          report({ line: at.line, code: "copied-text", message: copiedText(key, copied) });
      }
    });
  }
  return { findings: sortFindings(findings), citations };
}

/**
 * Visits a value and everything in it, with its place and its key. An item of a list has the key of the list;
 * lists themselves are not visited. Recursive, because the readers bound the depth.
 */
function walk(
  value: unknown,
  place: Place,
  key: string,
  visit: (key: string, value: unknown, place: Place) => void,
): void {
  if (Array.isArray(value)) {
    value.forEach((item, at) => {
      walk(item, place.nearest([at]), key, visit);
    });
    return;
  }
  visit(key, value, place);
  if (typeof value !== "object" || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    walk(inner, place.nearest([name]), name, visit);
  }
}

function faultsOfCitation(value: unknown, place: Place, sources: SourceTexts): readonly TextFault[] {
  const { row, faults } = parseRow(citation, value, place);
  if (row === undefined) return faults;
  const message = sources.faultOf(row);
  return message === undefined ? [] : [{ line: place.line, code: "citation-fails", message }];
}

function faultsOfDocument(value: unknown, place: Place, sources: SourceTexts): readonly TextFault[] {
  const { row, faults } = parseRow(documentRow, value, place);
  if (row === undefined) return faults;
  const { id, lines, sections = [] } = row;
  const differences: TextFault[] = [];
  const fault = (path: Path, message: string) =>
    differences.push({ line: place.nearest(path).line, code: "document-differs", message });
  const text = sources.lines(id);
  if (typeof text === "string") {
    fault(["id"], text);
    return differences;
  }
  if (lines !== undefined && lines !== text.length) {
    fault(["lines"], `expected ${text.length} lines as document ${id} has, got ${lines}`);
  }
  sections.forEach((section, at) => {
    const line = text[section.line - 1];
    if (line !== undefined && isHeading(section.title, line)) return;
    const got = line === undefined ? `it has only ${text.length} lines` : `it reads "${line.slice(0, 60)}"`;
    fault(
      ["sections", at],
      `expected the heading "${section.title}" on line ${section.line} of document ${id}, but ${got}`,
    );
  });
  return differences;
}

function copiedText(key: string, { run, at }: { run: string; at: string }): string {
  return `expected words of ours, got a ${key} that shares more than ${MAX_SHARED_WORDS} words in a row with ${at}: "${run}"`;
}

/**
 * Whether a line is a heading with this title, or a longer form of it: it is no paragraph, and the words of the
 * title stand on it in the same order. Letter case, punctuation and a number at the beginning do not count.
 */
function isHeading(title: string, line: string): boolean {
  const words = wordsOf(line);
  if (words.length > MAX_HEADING_WORDS) return false;
  let from = 0;
  return wordsOf(title).every((word) => {
    const at = words.indexOf(word, from);
    from = at + 1;
    return at !== -1;
  });
}

function wordsOf(text: string): string[] {
  const words = text.toLowerCase().replace(/^\s*\d+\./u, "");
  return words.split(/[^\p{L}\p{N}\p{M}]+/u).filter((word) => word !== "");
}
