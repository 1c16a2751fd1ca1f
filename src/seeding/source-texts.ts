import { basename } from "node:path";
import { indexRuns, type RunIndex } from "./copied-text.ts";
import type { CitationFile } from "./graph-file-parts.ts";
import { standsOnLine } from "./mention.ts";

/** A file: its path and its contents. */
export interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** How many other lines a message offers for a mention that is not on its line. */
const MAX_HINTS = 5;

/** The texts that a graph cites. The name of a text's file begins with the id of the document. */
export class SourceTexts {
  /** The runs of words of all texts: see `sharedRun`. */
  readonly runs: RunIndex;
  readonly #texts: readonly { name: string; lines: readonly string[] }[];

  constructor(files: readonly TextFile[]) {
    this.#texts = files.map(({ path, text }) => ({ name: basename(path), lines: linesOf(text) }));
    this.runs = indexRuns(this.#texts.map(({ name, lines }) => ({ id: name, lines })));
  }

  /** The lines of the text with this id, or the reason why there are none. */
  lines(id: string): readonly string[] | string {
    const found = this.#texts.filter(({ name }) => beginsWithId(name, id));
    if (found[0] !== undefined && found.length === 1) return found[0].lines;
    const got = namesOf(found.length > 0 ? found : this.#texts);
    return `expected one text whose file name begins with "${id}", got ${got}`;
  }

  /** What is wrong with a citation; undefined when nothing is. */
  faultOf({ document, line, mention }: CitationFile): string | undefined {
    const lines = this.lines(document);
    if (typeof lines === "string") return lines;
    const text = lines[line - 1];
    if (text === undefined)
      return `expected a line of document ${document}, which has ${lines.length}, got ${line}`;
    if (standsOnLine(mention, text)) return undefined;
    const elsewhere = lines.flatMap((other, at) => (standsOnLine(mention, other) ? [at + 1] : []));
    const hint = elsewhere.length > 0 ? `; it stands on ${elsewhere.slice(0, MAX_HINTS).join(", ")}` : "";
    return `expected words of line ${line} of document ${document}, got "${mention}"${hint}`;
  }
}

/** The lines of a text. A line break at the end does not begin another line. */
export function linesOf(text: string): string[] {
  const lines = text.replace(/^\uFEFF/u, "").split(/\r\n|\n/u);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

function namesOf(texts: readonly { name: string }[]): string {
  return texts.map(({ name }) => name).join(", ") || "no texts at all";
}

/** The id `003` fits `003_x.txt` and `003.txt`, but not `0031.txt`. */
function beginsWithId(name: string, id: string): boolean {
  return name.startsWith(id) && !/^[\p{L}\p{N}]/u.test(name.slice(id.length));
}
