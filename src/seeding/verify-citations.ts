import type { z } from "zod";
import { MAX_SHARED_WORDS, sharedRun } from "./copied-text.ts";
import { type Finding, sortFindings } from "./finding.ts";
import { citation, type documentRow } from "./graph-file.ts";
import { type Place, placeAt } from "./place.ts";
import { LIST_NAMES, type ReadGraph } from "./read-graph-file.ts";
import { SourceTexts, type TextFile } from "./source-texts.ts";

export interface CitationReport {
  /** By file and line, those of the reading included: what cannot be read cannot be verified. */
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
 * `MAX_SHARED_WORDS` words in a row with a text. Everything found is an error with the line of the graph file on
 * which it stands. Linear in the size of files and texts.
 */
export function verifyCitations(graph: ReadGraph, texts: readonly TextFile[]): CitationReport {
  const sources = new SourceTexts(texts);
  const findings = [...graph.findings];
  let citations = 0;
  for (const list of LIST_NAMES) {
    for (const { file, place, row } of graph.rows[list]) {
      const report = (at: Place, code: string, message: string) =>
        findings.push({ file, line: at.line, severity: "error", code, message });
      walk(row, place, "", (key, value, at) => {
        if (key === "cites") {
          const parsed = citation.safeParse(value);
          if (!parsed.success) return;
          citations += 1;
          const message = sources.faultOf(parsed.data);
          if (message !== undefined) report(at, "citation-fails", message);
        } else if (OUR_WORDS.has(key) && typeof value === "string") {
          const copied = sharedRun(value, sources.runs);
          if (copied !== undefined) report(at, "copied-text", copiedText(key, copied));
        }
      });
    }
  }
  for (const { file, place, row } of graph.rows.documents) {
    for (const { path, message } of row ? faultsOfDocument(row, sources) : []) {
      const { line } = placeAt(place, path);
      findings.push({ file, line, severity: "error", code: "document-differs", message });
    }
  }
  return { findings: sortFindings(findings), citations };
}

/**
 * Visits a value and all below it with the key that they stand under (for an item of a list, the key of the
 * list) and their places. Recursive, on values of bounded depth.
 */
function walk(
  value: unknown,
  place: Place,
  key: string,
  visit: (key: string, value: unknown, place: Place) => void,
): void {
  if (Array.isArray(value)) {
    value.forEach((item, at) => {
      walk(item, place.items?.[at] ?? place, key, visit);
    });
    return;
  }
  visit(key, value, place);
  if (typeof value !== "object" || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    walk(inner, place.keys?.get(name)?.value ?? place, name, visit);
  }
}

interface DocumentFault {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

function faultsOfDocument(
  { id, lines, sections = [] }: z.infer<typeof documentRow>,
  sources: SourceTexts,
): DocumentFault[] {
  const text = sources.lines(id);
  if (typeof text === "string") return [{ path: ["id"], message: text }];
  const faults: DocumentFault[] = [];
  if (lines !== undefined && lines !== text.length) {
    faults.push({
      path: ["lines"],
      message: `expected ${text.length} lines as document ${id} has, got ${lines}`,
    });
  }
  sections.forEach((section, at) => {
    const line = text[section.line - 1];
    const found = line === undefined ? `it has only ${text.length} lines` : `it reads "${line.slice(0, 60)}"`;
    if (line !== undefined && isHeading(section.title, line)) return;
    faults.push({
      path: ["sections", at],
      message: `expected the heading "${section.title}" on line ${section.line} of document ${id}, but ${found}`,
    });
  });
  return faults;
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
