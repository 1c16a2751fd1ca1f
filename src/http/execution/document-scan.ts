import { MAX_DOCUMENT_LENGTH, MAX_DOCUMENT_NESTING, MAX_DOCUMENT_TOKENS } from "../limits.ts";

/** How large a document is, by its text alone. */
export interface DocumentScan {
  /** Names, numbers, strings, punctuators and, unlike graphql-js, comments. */
  readonly tokens: number;
  /** Why it is not to be parsed; `undefined` if it may be. */
  readonly fault: string | undefined;
}

/**
 * Counts what parsing a document would cost before it is parsed: the parser keeps each token and each comment, and calls
 * itself for each bracket. One pass without recursion that ends at the first limit; O(length).
 */
export function scanDocument(text: string): DocumentScan {
  if (text.length > MAX_DOCUMENT_LENGTH)
    return refused(0, `${MAX_DOCUMENT_LENGTH} characters`, String(text.length));
  let tokens = 0;
  let nesting = 0;
  for (let at = 0; at < text.length; ) {
    const letter = text[at]!;
    if (isIgnored(letter)) {
      at++;
      continue;
    }
    if (++tokens > MAX_DOCUMENT_TOKENS) return refused(tokens, `${MAX_DOCUMENT_TOKENS} tokens`, "more");
    if ("([{".includes(letter) && ++nesting > MAX_DOCUMENT_NESTING)
      return refused(tokens, `${MAX_DOCUMENT_NESTING} brackets inside one another`, "more");
    if (")]}".includes(letter)) nesting--;
    at = endOfToken(text, at);
  }
  return { tokens, fault: undefined };
}

function refused(tokens: number, limit: string, came: string): DocumentScan {
  return { tokens, fault: `Expected a document of at most ${limit}, got ${came}.` };
}

function isIgnored(letter: string): boolean {
  return " \t\n\r,\uFEFF".includes(letter);
}

const WORD = /\w+|\.\.\./y;
const COMMENT = /#[^\n\r]*/y;
const STRING = /"[^"\\\n\r]*(?:\\.[^"\\\n\r]*)*"?/y;

/** Where the token that begins at a place ends. What is no token counts as one of a single character. */
function endOfToken(text: string, at: number): number {
  if (text.startsWith('"""', at)) {
    let end = text.indexOf('"""', at + 3);
    while (end > 0 && text[end - 1] === "\\") end = text.indexOf('"""', end + 1);
    return end === -1 ? text.length : end + 3;
  }
  const pattern = text[at] === "#" ? COMMENT : text[at] === '"' ? STRING : WORD;
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at + 1;
}
