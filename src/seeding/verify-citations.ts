import { MAX_SHARED_WORDS, sharedRun } from "./copied-text.ts";
import { type Finding, sortFindings } from "./finding.ts";
import { documentRow } from "./graph-file.ts";
import { citation } from "./graph-file-parts.ts";
import type { Path, Place } from "./place.ts";
import { readText } from "./read-text.ts";
import { parseRow } from "./schema-faults.ts";
import { SourceTexts, type TextFile } from "./source-texts.ts";
import type { TextFault } from "./text-fault.ts";

export interface CitationReport {
  /** By file and line. What cannot be read is a finding, too, as it cannot be verified. */
  readonly findings: readonly Finding[];
  /** How many citations were checked. */
  readonly citations: number;
}

/** The fields of a graph file that hold sentences of ours. Names and headings may be the document's. */
const OUR_WORDS: ReadonlySet<string> = new Set(["summary", "text", "note", "reason", "brief"]);

/** The longest question that serves as a heading in the documents has 14 words; their paragraphs have more. */
const MAX_HEADING_WORDS = 16;

/**
 * Checks graph files against the texts that they cite: every citation's document exists (a text whose file name
 * begins with the id), its line exists, and its mention stands on that line on word boundaries; a document's
 * `lines` and `sections` agree with its text; and no summary, note, reason or brief shares more than
 * `MAX_SHARED_WORDS` words in a row with a text. Everything found is an error with its line in the graph file;
 * one fault hides no other, save faults of syntax. Linear in the size of files and texts.
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
 * Visits a value and all below it with the key that it stands under (an item of a list: the key of the list)
 * and its place; lists themselves are passed over. Recursive, on values that the readers keep from nesting deep.
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
  const found: TextFault[] = [];
  const fault = (path: Path, message: string) =>
    found.push({ line: place.nearest(path).line, code: "document-differs", message });
  const text = sources.lines(id);
  if (typeof text === "string") {
    fault(["id"], text);
    return found;
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
  return found;
}

function copiedText(key: string, { run, at }: { run: string; at: string }): string {
  return `expected words of ours, got a ${key} that shares more than ${MAX_SHARED_WORDS} words in a row with ${at}: "${run}"`;
}

/**
 * Whether a title is the heading that a line is, or a shortened form of it: its words stand on the line in the
 * same order, letter case, numbers in front and punctuation aside, and the line is no paragraph.
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
