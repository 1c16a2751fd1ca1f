import fc from "fast-check";
import { Lexer, Source, TokenKind } from "graphql";
import { expect, test } from "vitest";
import { scanDocument } from "../../../src/http/execution/document-scan.ts";
import { CORE_QUERY } from "../../bench/core-query.ts";

/** How many tokens and comments graphql-js finds. */
function tokensOf(text: string): number {
  const lexer = new Lexer(new Source(text));
  let tokens = 0;
  for (let token = lexer.lookahead(); token.kind !== TokenKind.EOF; token = lexer.lookahead()) {
    // The token before, and the comments before that.
    lexer.advance();
  }
  let token = lexer.token;
  for (; token.prev !== null; token = token.prev) tokens++;
  return tokens;
}

test("counts what graphql-js keeps", () => {
  expect(scanDocument(CORE_QUERY)).toEqual({ tokens: tokensOf(CORE_QUERY), fault: undefined });
});

test("counts no less than graphql-js in any document that has its tokens", () => {
  const token = fc.constantFrom(
    ..."{}()[]:=!|&@$".split(""),
    ...[
      "...",
      "name",
      "-1.5e3",
      '"a \\" # {"',
      '""',
      '"""block " \\""" # {"""',
      "# a comment ( [ {\n",
      ",",
      "\r\n",
    ],
  );
  fc.assert(
    fc.property(fc.array(token, { maxLength: 60 }), (tokens) => {
      const text = tokens.join(" ");
      const { tokens: counted, fault } = scanDocument(text);
      expect(fault).toBeUndefined();
      expect(counted).toBeGreaterThanOrEqual(tokensOf(text));
    }),
  );
});

test.each([
  ["long ones", `{ a(b: "${"x".repeat(100_000)}") }`, /100000 characters/],
  ["many names", "name ".repeat(5_001), /5000 tokens/],
  ["many comments", `{ a ${"#\n".repeat(5_001)} }`, /5000 tokens/],
  ["many brackets inside one another", "[".repeat(151), /150 brackets/],
  ["the same of several kinds", "{a(b:[".repeat(60), /150 brackets/],
])("refuses %s", (_what, text, fault) => {
  expect(scanDocument(text).fault).toMatch(fault);
});

test("brackets in strings and comments are text", () => {
  const text = `{ a(b: "${"[".repeat(200)}", c: """${"{".repeat(200)}""") # ${"(".repeat(200)}\n}`;
  expect(scanDocument(text).fault).toBeUndefined();
});

test("takes linear time, whatever the text", () => {
  for (const text of ['"'.repeat(99_999), '\\"'.repeat(49_999), '"""\\'.repeat(24_999), "#".repeat(99_999)]) {
    const begun = performance.now();
    scanDocument(text);
    expect(performance.now() - begun).toBeLessThan(500);
  }
});
