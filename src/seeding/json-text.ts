import { isStorable } from "../store/storable-text.ts";
import type { TextFault } from "./finding.ts";
import { MAX_NESTING, TOO_DEEP } from "./yaml-text.ts";

/** What a text says that is JSON, or the first place where it is not, or nests too deeply. */
export type ReadJson =
  | {
      readonly value: unknown;
      /** Whether no key stands twice and all texts can be stored. */
      readonly isSound: boolean;
    }
  | { readonly fault: TextFault };

/** Reads JSON with `JSON.parse`. The text is searched for a fault only when there is one. O(length of the text). */
export function readJson(text: string): ReadJson {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { fault: faultIn(text) };
  }
  const { keys, depth, hasStorableTexts } = inspected(value, text);
  if (depth > MAX_NESTING) return { fault: faultIn(text) };
  return { value, isSound: hasStorableTexts && keys === keysWritten(text) };
}

interface Inspected {
  readonly keys: number;
  readonly depth: number;
  readonly hasStorableTexts: boolean;
}

/** Recursive down to the first lists and mappings that nest too deeply. */
function inspected(root: unknown, text: string): Inspected {
  let [keys, deepest] = [0, 0];
  // Hardly any text makes it necessary to look at each string.
  let hasStorableTexts = isStorable(text);
  const hasEscapes = /\\u(?:0000|d[89a-f])/i.test(text);
  const visit = (value: unknown, depth: number): void => {
    if (hasEscapes && typeof value === "string") hasStorableTexts &&= isStorable(value);
    if (typeof value !== "object" || value === null) return;
    deepest = Math.max(deepest, depth);
    if (depth > MAX_NESTING) return;
    for (const [key, inner] of Object.entries(value)) {
      visit(key, depth);
      visit(inner, depth + 1);
    }
    if (!Array.isArray(value)) keys += Object.keys(value).length;
  };
  visit(root, 1);
  return { keys, depth: deepest, hasStorableTexts };
}

/** How many keys a text has that is JSON, the same one twice counted twice. */
function keysWritten(text: string): number {
  let keys = 0;
  for (const [, colon] of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?/g)) if (colon !== undefined) keys++;
  return keys;
}

/** Space, then a mark, a string, a run of anything else (numbers, true, false, null, rubbish), or the end. */
const TOKEN = /[ \t\r\n]*([[\]{},:]|"(?:[^"\\\n]|\\.)*"?|[^[\]{},:" \t\r\n]+|$)/gsy;

/** How much of an unexpected token a message shows. */
const MAX_SHOWN = 40;

/** What may come next, in the words of messages. */
const EXPECTED = {
  value: "a value",
  firstItem: 'a value or "]"',
  key: "a key in double quotes",
  firstKey: 'a key in double quotes or "}"',
  colon: '":"',
  separator: '"," or the end of the list or mapping',
  nothing: "nothing more",
};
type State = keyof typeof EXPECTED;

/** The first fault of a text that is not JSON, or nests too deeply. */
function faultIn(text: string): TextFault {
  const open: string[] = [];
  let state: State = "value";
  for (const { index, 0: match, 1: token = "" } of text.matchAll(TOKEN)) {
    const next = nextState(state, token, open);
    const isTooDeep = open.length > MAX_NESTING;
    if (isTooDeep || next === undefined) {
      const line = text.slice(0, index + match.length - token.length).split("\n").length;
      if (isTooDeep) return { line, code: "too-deep", message: TOO_DEEP };
      const got = token === "" ? "the end of the file" : JSON.stringify(token.slice(0, MAX_SHOWN));
      return { line, code: "not-json", message: `not JSON: expected ${EXPECTED[state]}, got ${got}` };
    }
    state = next;
  }
  throw new Error("expected a text that is not JSON");
}

/** What may come after a token; undefined where it may not come itself. `open` holds the brackets not yet closed. */
function nextState(state: State, token: string, open: string[]): State | undefined {
  const afterValue = () => (open.length === 0 ? "nothing" : "separator");
  const isEnd = token === (open.at(-1) === "[" ? "]" : "}");
  if (isEnd && (state === "separator" || state === "firstItem" || state === "firstKey")) {
    open.pop();
    return afterValue();
  }
  switch (state) {
    case "nothing":
      return undefined;
    case "separator":
      return token === "," ? (open.at(-1) === "[" ? "value" : "key") : undefined;
    case "colon":
      return token === ":" ? "value" : undefined;
    case "key":
    case "firstKey":
      return token.startsWith('"') && isJson(token) ? "colon" : undefined;
    default:
      if (token !== "[" && token !== "{") return isJson(token) ? afterValue() : undefined;
      open.push(token);
      return token === "[" ? "firstItem" : "firstKey";
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
