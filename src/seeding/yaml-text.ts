import { Composer, type CST, Lexer, type LineCounter, type Node, Parser, type YAMLError } from "yaml";
import { MAX_NESTING, type TextFault, TOO_DEEP } from "./text-fault.ts";

/** Past the first few, faults of syntax are mostly consequences of one another. */
const MAX_SYNTAX_FAULTS = 20;

/**
 * Reads YAML 1.2 into nodes that know their place. Nesting is bounded; tags, several documents in a file and
 * keys that are not text are faults.
 *
 * O(length of the text); about two megabytes a second. Fills the line counter.
 */
export function readYaml(
  text: string,
  lines: LineCounter,
): { readonly root: Node | null; readonly faults: TextFault[] } {
  const lineAt = (offset: number) => lines.linePos(offset).line;
  const tokens = tokensOf(text, lines);
  // The line counter stopped where the parser did.
  if (tokens === undefined)
    return { root: null, faults: [{ line: lines.lineStarts.length, code: "too-deep", message: TOO_DEEP }] };
  const composer = new Composer({
    stringKeys: true,
    prettyErrors: false,
    resolveKnownTags: false,
    uniqueKeys: false,
  });
  const [document, second] = composer.compose(tokens, true, text.length);
  if (document === undefined) return { root: null, faults: [] };
  const faults = syntaxFaults([...document.errors, ...document.warnings], lineAt);
  if (second !== undefined)
    faults.push({
      line: lineAt(second.range[0]),
      code: "not-yaml",
      message: 'expected one YAML document, got a second one after "---": put it into a file of its own',
    });
  return { root: document.contents, faults };
}

/** The parser's tokens; undefined as soon as they nest too deeply, because the composer is recursive. */
function tokensOf(text: string, lines: LineCounter): CST.Token[] | undefined {
  const parser = new Parser(lines.addNewLine);
  const tokens: CST.Token[] = [];
  lines.addNewLine(0);
  for (const lexeme of new Lexer().lex(text)) {
    tokens.push(...parser.next(lexeme));
    // Besides lists and mappings the stack holds the document and the scalar being read.
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

/** Messages that say what to do, where those of the library do not. */
const HINTS: Partial<Record<YAMLError["code"], string>> = {
  TAB_AS_INDENT: "expected spaces at the beginning of the line, got a tab",
  BLOCK_AS_IMPLICIT_KEY: 'expected one "key: value", got a second ": " after it: write the value in quotes',
  NON_STRING_KEY: "expected a text as the key, got a list or a mapping",
  TAG_RESOLVE_FAILED: "expected no tag, got one: delete the word that begins with an exclamation mark",
  BAD_SCALAR_START: "expected a value, got one that begins with a reserved sign (@ or `): write it in quotes",
};
