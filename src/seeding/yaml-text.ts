import type { CST, Node, Pair, YAMLError } from "yaml";
import { Composer, isAlias, isMap, isScalar, isSeq, Lexer, LineCounter, Parser } from "yaml";
import { duplicateKey, MAX_NESTING, type Place, type ReadText, type TextFault, tooDeep } from "./place.ts";

/**
 * How many values aliases may add to those written out. Anchors are for a citation or two that many rows
 * share; aliases of aliases grow exponentially and are the oldest way to make a YAML reader run out of memory.
 */
const MAX_ALIASED_VALUES = 100_000;

/** Past the first few, faults of syntax are mostly consequences of one another. */
const MAX_SYNTAX_FAULTS = 20;

/**
 * Reads YAML 1.2 with the line of every value. Bounded in depth and in what aliases add; tags, several
 * documents in a file and keys that are not text are faults.
 *
 * O(length of the text); about two megabytes a second.
 */
export function readYamlText(text: string): ReadText {
  const lines = new LineCounter();
  const lineAt = (offset: number) => lines.linePos(offset).line;
  const tokens = tokensOf(text, lines);
  if (tokens === undefined) {
    // The line counter stopped where the parser did.
    const fault = { line: lines.lineStarts.length, code: "too-deep", message: tooDeep };
    return { value: undefined, place: { line: 1 }, faults: [fault] };
  }
  const composer = new Composer({
    stringKeys: true,
    prettyErrors: false,
    resolveKnownTags: false,
    uniqueKeys: false,
  });
  const documents = [...composer.compose(tokens, true, text.length)];
  const document = documents[0];
  if (document === undefined) return { value: undefined, place: { line: 1 }, faults: [] };
  const faults = syntaxFaults([...document.errors, ...document.warnings], lineAt);
  const second = documents[1];
  if (second !== undefined)
    faults.push({
      line: lineAt(second.range[0]),
      code: "not-yaml",
      message: 'expected one YAML document, got a second one after "---": put it into a file of its own',
    });
  const converter = new Converter(lineAt, faults);
  const { value, place } = converter.convert(document.contents);
  return { value, place, faults };
}

/** The parser's tokens, or undefined as soon as they nest too deeply: what comes after it is recursive. */
function tokensOf(text: string, lines: LineCounter): CST.Token[] | undefined {
  const parser = new Parser(lines.addNewLine);
  const tokens: CST.Token[] = [];
  lines.addNewLine(0);
  for (const lexeme of new Lexer().lex(text)) {
    tokens.push(...parser.next(lexeme));
    // Beside lists and mappings the stack holds the document and the scalar being read.
    if (parser.stack.length > MAX_NESTING + 2) return undefined;
  }
  tokens.push(...parser.end());
  return tokens;
}

function syntaxFaults(errors: readonly YAMLError[], lineAt: (offset: number) => number): TextFault[] {
  const faults = errors.slice(0, MAX_SYNTAX_FAULTS).map((error) => ({
    line: lineAt(error.pos[0]),
    code: "not-yaml",
    message: `not YAML: ${HINTS[error.code] ?? error.message}`,
  }));
  const last = faults.at(-1);
  if (last !== undefined && errors.length > faults.length)
    faults.push({
      ...last,
      message: `not YAML: ${errors.length - faults.length} more faults after this one`,
    });
  return faults;
}

/** The reader's own words where they do not say what to do. */
const HINTS: Partial<Record<YAMLError["code"], string>> = {
  TAB_AS_INDENT: "expected spaces at the beginning of the line, got a tab",
  BLOCK_AS_IMPLICIT_KEY: 'expected one "key: value", got a second ": " behind it: write the value in quotes',
  NON_STRING_KEY: "expected a text as the key, got a list or a mapping",
  TAG_RESOLVE_FAILED: "expected no tag, got one: delete the word that begins with an exclamation mark",
  BAD_SCALAR_START: "expected a value, got one that begins with a reserved sign (@ or `): write it in quotes",
};

interface Converted {
  readonly value: unknown;
  readonly place: Place;
  /** How many values it holds, itself included and aliases expanded. */
  readonly size: number;
  readonly depth: number;
}

/** Turns the reader's nodes into plain values with their places. Recursive, on input of bounded depth. */
class Converter {
  readonly #lineAt: (offset: number) => number;
  readonly #faults: TextFault[];
  /** What each anchor stands for so far; undefined while its own value is being read. */
  readonly #anchors = new Map<string, Converted | undefined>();
  #aliased = 0;

  constructor(lineAt: (offset: number) => number, faults: TextFault[]) {
    this.#lineAt = lineAt;
    this.#faults = faults;
  }

  convert(node: unknown, line = 1): Converted {
    if (isAlias(node)) return this.#alias(node.source, this.#lineOf(node, line));
    if (isMap(node)) return this.#anchored(node, () => this.#mapping(node.items, this.#lineOf(node, line)));
    if (isSeq(node)) return this.#anchored(node, () => this.#list(node.items, this.#lineOf(node, line)));
    if (!isScalar(node)) return { value: null, place: { line, written: "" }, size: 1, depth: 1 };
    return this.#anchored(node, () => {
      const at = this.#lineOf(node, line);
      const place = typeof node.value === "string" ? { line: at } : { line: at, written: node.source ?? "" };
      return { value: node.value, place, size: 1, depth: 1 };
    });
  }

  #lineOf(node: Node, otherwise: number): number {
    return node.range ? this.#lineAt(node.range[0]) : otherwise;
  }

  #anchored(node: { anchor?: string }, convert: () => Converted): Converted {
    if (node.anchor === undefined) return convert();
    this.#anchors.set(node.anchor, undefined);
    const converted = convert();
    this.#anchors.set(node.anchor, converted);
    return converted;
  }

  #alias(anchor: string, line: number): Converted {
    const nothing = { value: null, place: { line, written: `*${anchor}` }, size: 1, depth: 1 };
    const target = this.#anchors.get(anchor);
    const fault = (code: string, message: string): Converted => {
      this.#faults.push({ line, code, message });
      return nothing;
    };
    if (target === undefined) {
      return this.#anchors.has(anchor)
        ? fault("not-yaml", `not YAML: the value of &${anchor} holds itself by the alias *${anchor}`)
        : fault("not-yaml", `not YAML: expected an anchor &${anchor} before the alias *${anchor}, got none`);
    }
    const before = this.#aliased;
    this.#aliased += target.size;
    if (this.#aliased <= MAX_ALIASED_VALUES) return target;
    if (before > MAX_ALIASED_VALUES) return nothing;
    return fault(
      "too-many-aliases",
      `expected aliases to repeat at most ${MAX_ALIASED_VALUES} values, got more: write the values out or name them by slug`,
    );
  }

  #mapping(pairs: readonly Pair[], line: number): Converted {
    const value = new Map<string, unknown>();
    const keys = new Map<string, { line: number; value: Place }>();
    const inner: Converted[] = [];
    for (const pair of pairs) {
      if (!isScalar(pair.key)) continue;
      const name = String(pair.key.value);
      const keyLine = this.#lineOf(pair.key, line);
      const converted = this.convert(pair.value, keyLine);
      const first = keys.get(name);
      if (first !== undefined)
        this.#faults.push({ line: keyLine, code: "duplicate-key", message: duplicateKey(name, first.line) });
      value.set(name, converted.value);
      keys.set(name, { line: keyLine, value: converted.place });
      inner.push(converted);
    }
    return this.#around(Object.fromEntries(value), { line, keys }, inner);
  }

  #list(nodes: readonly unknown[], line: number): Converted {
    const inner = nodes.map((node) => this.convert(node, line));
    const items = inner.map(({ place }) => place);
    return this.#around(
      inner.map(({ value }) => value),
      { line, items },
      inner,
    );
  }

  #around(value: unknown, place: Place, inner: readonly Converted[]): Converted {
    let size = 1;
    let depth = 1;
    for (const converted of inner) {
      size += converted.size;
      depth = Math.max(depth, converted.depth + 1);
    }
    if (depth <= MAX_NESTING) return { value, place, size, depth };
    // Only aliases within aliases get here: what is written out has been measured before.
    if (depth === MAX_NESTING + 1)
      this.#faults.push({ line: place.line, code: "too-deep", message: tooDeep });
    return { value: null, place: { line: place.line, written: "" }, size: 1, depth: MAX_NESTING + 1 };
  }
}
