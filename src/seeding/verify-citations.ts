import { isNode, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, visit } from "yaml";
import type { z } from "zod";
import { MAX_SHARED_WORDS, sharedRun } from "./copied-text.ts";
import { citation, documentRow } from "./graph-file.ts";
import { SourceTexts, type TextFile } from "./source-texts.ts";

/** Something wrong, and the line of the graph file (from 1) where it stands. */
export interface CitationFinding {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

export interface CitationReport {
  /** In the order of the files and of the places in them. */
  readonly findings: readonly CitationFinding[];
  /** How many citations were checked. */
  readonly citations: number;
}

/** The fields of a graph file that hold sentences of ours. Names and headings may be the document's. */
const OUR_WORDS: ReadonlySet<string> = new Set(["summary", "text", "note", "reason", "brief"]);

/**
 * Checks graph files against the texts that they cite: every citation's document exists (a text whose file name
 * begins with the id), its line exists, and its mention, of at most `MAX_MENTION_WORDS` words, stands on that
 * line on word boundaries; a document's `lines` and `sections` agree with its text; and no summary, note, reason
 * or brief shares more than `MAX_SHARED_WORDS` words in a row with a text. Reports everything it finds and
 * throws for nothing that the files contain. Linear in the size of files and texts.
 */
export function verifyCitations(graphFiles: readonly TextFile[], texts: readonly TextFile[]): CitationReport {
  const sources = new SourceTexts(texts);
  const findings: CitationFinding[] = [];
  let citations = 0;
  for (const file of graphFiles) {
    const positions = new LineCounter();
    const document = parseDocument(file.text, { lineCounter: positions });
    const report = (at: number, message: string) => {
      findings.push({ file: file.path, line: Math.max(1, positions.linePos(at).line), message });
    };
    for (const error of document.errors)
      report(error.pos[0], `expected YAML or JSON: ${firstLine(error.message)}`);
    if (document.errors.length > 0) continue;
    visit(document, {
      Pair(_, pair) {
        const key = keyOf(pair);
        if (key === "cites") {
          for (const item of itemsOf(pair)) {
            citations += 1;
            const message = faultOfCitation(item.toJS(document), sources);
            if (message !== undefined) report(startOf(item), message);
          }
        } else if (key === "documents") {
          for (const item of itemsOf(pair)) {
            for (const message of faultsOfDocument(item.toJS(document), sources))
              report(startOf(item), message);
          }
        } else if (OUR_WORDS.has(key) && isScalar(pair.value) && typeof pair.value.value === "string") {
          const message = faultOfText(key, pair.value.value, sources);
          if (message !== undefined) report(startOf(pair.value), message);
        }
      },
    });
  }
  return { findings, citations };
}

function faultOfCitation(written: unknown, sources: SourceTexts): string | undefined {
  const parsed = citation.safeParse(written);
  return parsed.success ? sources.faultOf(parsed.data) : `not a citation: ${faultsOf(parsed.error)}`;
}

function faultsOfDocument(written: unknown, sources: SourceTexts): string[] {
  const parsed = documentRow.safeParse(written);
  if (!parsed.success) return [`not a document: ${faultsOf(parsed.error)}`];
  const { id, lines, sections = [] } = parsed.data;
  const text = sources.lines(id);
  if (typeof text === "string") return [text];
  const faults: string[] = [];
  if (lines !== undefined && lines !== text.length) {
    faults.push(`document ${id} is said to have ${lines} lines; its text has ${text.length}`);
  }
  for (const section of sections) {
    const line = text[section.line - 1];
    if (line === undefined) {
      faults.push(
        `section "${section.title}": document ${id} has ${text.length} lines, no line ${section.line}`,
      );
    } else if (heading(line) !== heading(section.title)) {
      faults.push(
        `section "${section.title}": line ${section.line} of document ${id} reads "${line.slice(0, 60)}"`,
      );
    }
  }
  return faults;
}

function faultOfText(key: string, text: string, sources: SourceTexts): string | undefined {
  const copied = sharedRun(text, sources.runs);
  if (copied === undefined) return undefined;
  return `${key} shares more than ${MAX_SHARED_WORDS} words in a row with ${copied.at} ("${copied.run}"): expected words of ours`;
}

/** A heading without its number, its closing punctuation and its letter case. */
function heading(line: string): string {
  return line
    .trim()
    .replace(/^(?:[•-]\s*)?(?:\d+\.\s*)?/u, "")
    .replace(/[\s:?.]+$/u, "")
    .toLowerCase();
}

function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : "";
}

function itemsOf(pair: Pair): Node[] {
  return isSeq(pair.value) ? pair.value.items.filter(isNode) : [];
}

function startOf(node: Node): number {
  return node.range?.[0] ?? 0;
}

function faultsOf(error: z.ZodError): string {
  return error.issues
    .map(({ path, message }) => (path.length > 0 ? `${path.join(".")}: ${message}` : message))
    .join("; ");
}

function firstLine(message: string): string {
  return message.split("\n")[0] ?? message;
}
