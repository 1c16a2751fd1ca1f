import { basename } from "node:path";
import { linesOf, type TextFile } from "../../src/seeding/source-texts.ts";

/** A run of words that may be a name, and where it stands. */
export interface Candidate {
  readonly words: readonly CandidateWord[];
  /** `document:line`, the first of them first. */
  readonly places: string[];
}

export interface CandidateWord {
  /** As it is written, a possessive ending left off. */
  readonly text: string;
  /** Whether its capital may tell nothing: it begins a sentence or stands in a heading, and is an ordinary word. */
  readonly ordinary: boolean;
}

interface Word {
  readonly text: string;
  /** Whether it begins a line, a sentence or a quotation. */
  readonly initial: boolean;
  /** Whether it stands in a heading or in the label of a list item. */
  readonly titled: boolean;
  /** Whether only a space stands between it and the word before, or the dot of an initial ("Robert C. Martin"). */
  readonly adjoins: boolean;
}

/** A word: letters and digits with what may stand inside a name: `Node.js`, `C++`, `CI/CD`, `r/webdev`, `₹8,00,000`. */
const WORD = /[\p{L}\p{N}₹$€£](?:(?:[\p{L}\p{N}\p{M}.+#/’'_-]|(?<=\p{N}),(?=\p{N}))*[\p{L}\p{N}\p{M}+#])?/gu;
/** Ordinary words that names contain: "Ruby on Rails", "Backend as a Service". */
const LINKS: ReadonlySet<string> = new Set(["on", "as", "a"]);
/** Labels are short; a sentence with a colon is not one. */
const MAX_LABEL_LENGTH = 60;

/**
 * Everything in the texts that may be a proper noun, an acronym or a name with odd letters: runs of capitalised
 * words and of words with inner capitals, digits, dots, slashes or signs. A capital tells nothing at the beginning
 * of a sentence and in a heading; there a word that the texts also write in lower case is marked as ordinary, and
 * a run of ordinary words only is left out.
 */
export function candidates(texts: readonly TextFile[]): Candidate[] {
  const lines = texts.flatMap(({ path, text }) =>
    linesOf(text).map((line, at) => ({
      place: `${basename(path).split("_")[0]}:${at + 1}`,
      words: wordsOf(line),
    })),
  );
  const lowerCase = new Set(lines.flatMap(({ words }) => words.map(({ text }) => text)).filter(isLowerCase));
  const found = new Map<string, Candidate>();
  for (const { place, words } of lines) {
    for (const run of runs(words, lowerCase)) {
      const key = JSON.stringify(run);
      const known = found.get(key);
      if (known) known.places.push(place);
      else found.set(key, { words: run, places: [place] });
    }
  }
  return [...found.values()];
}

/** The maximal runs of words of one line that look like names. */
function runs(words: readonly Word[], lowerCase: ReadonlySet<string>): CandidateWord[][] {
  const found: CandidateWord[][] = [];
  let run: CandidateWord[] = [];
  let links: CandidateWord[] = [];
  const close = () => {
    if (run.some(({ ordinary }) => !ordinary)) found.push(run);
    run = [];
    links = [];
  };
  for (const { text, initial, titled, adjoins } of words) {
    if (!adjoins) close();
    if (isOdd(text) || isCapitalised(text)) {
      const ordinary = (initial || titled) && !isOdd(text) && lowerCase.has(text.toLowerCase());
      run.push(...links, { text, ordinary });
      links = [];
    } else if (run.length > 0 && LINKS.has(text)) links.push({ text, ordinary: true });
    else close();
  }
  close();
  return found;
}

function wordsOf(line: string): Word[] {
  const labelEnds = isHeading(line) ? line.length : labelOf(line).length;
  let end = 0;
  let before = "";
  return [...line.matchAll(WORD)].map((match, at) => {
    const between = line.slice(end, match.index);
    const afterInitial = /^\p{Lu}$/u.test(before) && between === ". ";
    end = match.index + match[0].length;
    before = match[0];
    return {
      text: match[0].replace(/[’']s?$/u, ""),
      initial: at === 0 || (/[.!?:|–“"•]/u.test(between) && !afterInitial),
      titled: match.index < labelEnds,
      adjoins: between === " " || afterInitial,
    };
  });
}

/** A line without a full stop at its end whose longer words are all capitalised. */
function isHeading(line: string): boolean {
  const longer = [...line.matchAll(/\p{L}{5,}/gu)].map(([word]) => word);
  return !/[.!]\s*$/u.test(line) && longer.every(isCapitalised);
}

/** What stands before the colon of a list item. */
function labelOf(line: string): string {
  const label = /^\s*[-•]\s[^:.]*:/u.exec(line)?.[0] ?? "";
  return label.length <= MAX_LABEL_LENGTH ? label : "";
}

function isCapitalised(word: string): boolean {
  return /^\p{Lu}/u.test(word) && word !== "I" && word !== "A";
}

/** An acronym, CamelCase, or letters together with digits, dots, slashes or signs. */
function isOdd(word: string): boolean {
  return (
    /\p{Lu}.*\p{Lu}/u.test(word.replace(/-\p{Lu}/gu, "")) ||
    /\p{Ll}\p{Lu}/u.test(word) ||
    /\p{L}[+#_]|[₹$€£]/u.test(word) ||
    /\p{L}[./]\p{L}/u.test(word) ||
    (/\p{L}/u.test(word) && /\p{N}/u.test(word))
  );
}

function isLowerCase(word: string): boolean {
  return /\p{Ll}/u.test(word) && !/\p{Lu}/u.test(word);
}
