import { duplicateKey, MAX_NESTING, type Place, type ReadText, type TextFault, tooDeep } from "./place.ts";

/** What may come next; `first…` also allows the closing mark, which may not follow a comma. */
type Expected = "value" | "firstItem" | "firstKey" | "key" | "colon" | "separator" | "end";

const IN_WORDS: Record<Expected, string> = {
  value: "a value",
  firstItem: 'a value or "]"',
  firstKey: 'a key in double quotes or "}"',
  key: "a key in double quotes",
  colon: '":"',
  separator: '"," or the end of the list or mapping',
  end: "nothing more",
};

interface OpenList {
  readonly kind: "list";
  readonly line: number;
  readonly value: unknown[];
  readonly items: Place[];
}
interface OpenMapping {
  readonly kind: "mapping";
  readonly line: number;
  readonly value: Map<string, unknown>;
  readonly keys: Map<string, { line: number; value: Place }>;
  /** The key whose value comes next. */
  key: { readonly name: string; readonly line: number };
}

/** Space, one of the six marks, a string, or a run of anything else (numbers, true, false, null, rubbish). */
const TOKEN = /[ \t\r\n]+|[[\]{},:]|"(?:[^"\\\n]|\\.)*"?|[^[\]{},:" \t\r\n]+/gsu;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const WORDS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ["true", true],
  ["false", false],
  ["null", null],
]);

/**
 * Reads JSON with the line of every value. Stricter than `JSON.parse`: a key may stand once in a mapping, and
 * nesting is bounded. Stops at the first fault of syntax; reports every key that stands twice.
 *
 * Iterative; O(length of the text).
 */
export function readJsonText(text: string): ReadText {
  const reader = new JsonReader();
  for (const [token] of text.matchAll(TOKEN)) if (!reader.take(token)) return reader.result();
  return reader.finish();
}

class JsonReader {
  readonly #faults: TextFault[] = [];
  readonly #open: (OpenList | OpenMapping)[] = [];
  #root: { value: unknown; place: Place } | undefined;
  #line = 1;
  #expected: Expected = "value";

  /** Takes the next token; false when reading cannot go on. */
  take(token: string): boolean {
    switch (token[0]) {
      case " ":
      case "\t":
      case "\r":
      case "\n":
        for (let at = token.indexOf("\n"); at >= 0; at = token.indexOf("\n", at + 1)) this.#line += 1;
        return true;
      case "[":
      case "{":
        return this.#begin(token);
      case "]":
      case "}":
        return this.#end(token);
      case ",":
        if (this.#expected !== "separator") return this.#stop(token);
        this.#expected = this.#open.at(-1)?.kind === "list" ? "value" : "key";
        return true;
      case ":":
        if (this.#expected !== "colon") return this.#stop(token);
        this.#expected = "value";
        return true;
      case '"':
        return this.#string(token);
      default:
        if (!this.#wantsValue()) return this.#stop(token);
        if (NUMBER.test(token)) this.#put(Number(token), { line: this.#line, written: token });
        else if (WORDS.has(token)) this.#put(WORDS.get(token), { line: this.#line, written: token });
        else return this.#stop(token);
        return true;
    }
  }

  finish(): ReadText {
    if (this.#root === undefined) this.#stop("");
    return this.result();
  }

  result(): ReadText {
    return { ...(this.#root ?? { value: undefined, place: { line: 1 } }), faults: this.#faults };
  }

  #wantsValue(): boolean {
    return this.#expected === "value" || this.#expected === "firstItem";
  }

  #stop(came: string): false {
    const what = came === "" ? "the end of the file" : JSON.stringify(came.slice(0, 40));
    const message = `not JSON: expected ${IN_WORDS[this.#expected]}, got ${what}`;
    this.#faults.push({ line: this.#line, code: "not-json", message });
    return false;
  }

  #begin(mark: string): boolean {
    if (!this.#wantsValue()) return this.#stop(mark);
    if (this.#open.length >= MAX_NESTING) {
      this.#faults.push({ line: this.#line, code: "too-deep", message: tooDeep });
      return false;
    }
    const line = this.#line;
    if (mark === "[") this.#open.push({ kind: "list", line, value: [], items: [] });
    else
      this.#open.push({ kind: "mapping", line, value: new Map(), keys: new Map(), key: { name: "", line } });
    this.#expected = mark === "[" ? "firstItem" : "firstKey";
    return true;
  }

  #end(mark: string): boolean {
    const top = this.#open.at(-1);
    const first = mark === "]" ? "firstItem" : "firstKey";
    if (top?.kind !== (mark === "]" ? "list" : "mapping")) return this.#stop(mark);
    if (this.#expected !== "separator" && this.#expected !== first) return this.#stop(mark);
    this.#open.pop();
    if (top.kind === "list") this.#put(top.value, { line: top.line, items: top.items });
    else this.#put(Object.fromEntries(top.value), { line: top.line, keys: top.keys });
    return true;
  }

  #string(token: string): boolean {
    let string: string;
    try {
      string = String(JSON.parse(token));
    } catch {
      // No closing quote, a line break within, or an escape that JSON does not know.
      return this.#stop(token);
    }
    const top = this.#open.at(-1);
    if (this.#wantsValue()) this.#put(string, { line: this.#line });
    else if (top?.kind === "mapping" && (this.#expected === "key" || this.#expected === "firstKey")) {
      top.key = { name: string, line: this.#line };
      this.#expected = "colon";
    } else return this.#stop(token);
    return true;
  }

  #put(value: unknown, place: Place): void {
    const top = this.#open.at(-1);
    this.#expected = top === undefined ? "end" : "separator";
    if (top === undefined) this.#root = { value, place };
    else if (top.kind === "list") {
      top.value.push(value);
      top.items.push(place);
    } else {
      const { name, line } = top.key;
      const first = top.keys.get(name);
      if (first !== undefined)
        this.#faults.push({ line, code: "duplicate-key", message: duplicateKey(name, first.line) });
      top.value.set(name, value);
      top.keys.set(name, { line, value: place });
    }
  }
}
