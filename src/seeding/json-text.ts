import { type LineCounter, type Node, Pair, Scalar, YAMLMap, YAMLSeq } from "yaml";
import { MAX_NESTING, type TextFault, TOO_DEEP } from "./text-fault.ts";

/** Space, then a mark, a string, a run of anything else (numbers, true, false, null, rubbish), or the end. */
const TOKEN = /[ \t\r\n]*([[\]{},:]|"(?:[^"\\\n]|\\.)*"?|[^[\]{},:" \t\r\n]+|$)/sy;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const WORDS: ReadonlyMap<string, boolean | null> = new Map([
  ["true", true],
  ["false", false],
  ["null", null],
]);

/** How much of an unexpected token a message shows. */
const MAX_SHOWN = 40;

/**
 * Reads JSON into the nodes that YAML is read into, so that both have the same values and places. Refuses what
 * `JSON.parse` refuses, and nesting that is too deep; stops at the first fault. The library for YAML would read
 * JSON as well, but takes twelve times as long and allows what is not JSON, such as a comma at the end.
 *
 * O(length of the text), about seven megabytes a second. Fills the line counter.
 */
export function readJson(
  text: string,
  lines: LineCounter,
): { readonly root: Node | null; readonly faults: TextFault[] } {
  lines.addNewLine(0);
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines.addNewLine(at + 1);
  const reader = new JsonReader(text);
  try {
    return { root: reader.read(), faults: [] };
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    const { line } = lines.linePos(error.offset);
    return { root: null, faults: [{ line, code: error.code, message: error.message }] };
  }
}

class JsonFault extends Error {
  readonly offset: number;
  readonly code: string;

  constructor(offset: number, code: string, message: string) {
    super(message);
    this.offset = offset;
    this.code = code;
  }
}

/** Recursive descent, to a bounded depth. */
class JsonReader {
  readonly #text: string;
  /** The current token, "" at the end of the text, and where it begins and ends. */
  #token = "";
  #start = 0;
  #end = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): Node {
    this.#next();
    const root = this.#value(0, "a value");
    if (this.#token !== "") this.#fail("nothing more");
    return root;
  }

  #next(): void {
    TOKEN.lastIndex = this.#end;
    this.#token = TOKEN.exec(this.#text)?.[1] ?? "";
    this.#end = TOKEN.lastIndex;
    this.#start = this.#end - this.#token.length;
  }

  #fail(expected: string): never {
    const got = this.#token === "" ? "the end of the file" : JSON.stringify(this.#token.slice(0, MAX_SHOWN));
    throw new JsonFault(this.#start, "not-json", `not JSON: expected ${expected}, got ${got}`);
  }

  /** Reads the value that begins with the current token; the token after it is current then. */
  #value(depth: number, expected: string): Node {
    const start = this.#start;
    const isOpening = this.#token === "[" || this.#token === "{";
    if (isOpening && depth >= MAX_NESTING) throw new JsonFault(start, "too-deep", TOO_DEEP);
    const node = isOpening
      ? this.#token === "["
        ? this.#list(depth + 1)
        : this.#mapping(depth + 1)
      : this.#scalar(expected);
    node.range = [start, this.#end, this.#end];
    this.#next();
    return node;
  }

  #list(depth: number): YAMLSeq {
    const list = new YAMLSeq();
    this.#next();
    if (this.#token === "]") return list;
    list.items.push(this.#value(depth, 'a value or "]"'));
    while (this.#goesOn("]")) list.items.push(this.#value(depth, "a value"));
    return list;
  }

  #mapping(depth: number): YAMLMap {
    const mapping = new YAMLMap();
    this.#next();
    if (this.#token === "}") return mapping;
    mapping.items.push(this.#pair(depth, 'a key in double quotes or "}"'));
    while (this.#goesOn("}")) mapping.items.push(this.#pair(depth, "a key in double quotes"));
    return mapping;
  }

  #pair(depth: number, expected: string): Pair {
    if (!this.#token.startsWith('"')) this.#fail(expected);
    const key = this.#value(depth, expected);
    if (this.#token !== ":") this.#fail('":"');
    this.#next();
    return new Pair(key, this.#value(depth, "a value"));
  }

  /** Passes a comma; false at the closing mark. */
  #goesOn(closing: string): boolean {
    if (this.#token === closing) return false;
    if (this.#token !== ",") this.#fail('"," or the end of the list or mapping');
    this.#next();
    return true;
  }

  #scalar(expected: string): Scalar {
    const scalar = new Scalar(this.#scalarValue(expected));
    scalar.source = this.#token;
    return scalar;
  }

  #scalarValue(expected: string): string | number | boolean | null {
    const word = WORDS.get(this.#token);
    if (word !== undefined) return word;
    if (NUMBER.test(this.#token)) return Number(this.#token);
    if (!this.#token.startsWith('"')) this.#fail(expected);
    try {
      return String(JSON.parse(this.#token));
    } catch {
      // No closing quote, a line break within, or an escape that JSON does not know.
      return this.#fail(expected);
    }
  }
}
