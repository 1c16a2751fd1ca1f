import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openShippedGraph, type TestApi } from "../support/api.ts";

/**
 * What the four documents answer, asked of the graph that is shipped. Every `documents/<question>.graphql` begins
 * with the question and the lines that prove the answer, as in `# 000:49, 003:119-124`; `<question>.json` is the
 * answer. To add one, write the question and run with `-u`, then hold the answer against the lines.
 */
const FOLDER = join(import.meta.dirname, "documents");
const DOCUMENTS = join(import.meta.dirname, "..", "..", "..", "shared", "documents");

const LINES = /^# (\d{3}:\d+(?:-\d+)?(?:, \d{3}:\d+(?:-\d+)?)*)$/gm;

interface Question {
  readonly name: string;
  readonly text: string;
  /** The lines that prove the answer, each as `003:17`. */
  readonly proof: readonly string[];
}

function readQuestion(file: string): Question {
  const text = readFileSync(join(FOLDER, file), "utf8");
  const ranges = [...text.matchAll(LINES)].flatMap(([, list]) => list!.split(", "));
  const proof = ranges.flatMap((range) => {
    const [document, lines] = range.split(":");
    const [first, last = first] = lines!.split("-").map(Number);
    return Array.from({ length: last! - first! + 1 }, (_, at) => `${document}:${first! + at}`);
  });
  return { name: basename(file, ".graphql"), text, proof };
}

const questions = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".graphql"))
  .map(readQuestion);

/** The places of all citations in an answer. */
function citedLines(answer: unknown): string[] {
  if (typeof answer !== "object" || answer === null) return [];
  const inside = Object.values(answer).flatMap(citedLines);
  const { document, line } = answer as { document?: { slug?: string }; line?: number };
  return document?.slug !== undefined && line !== undefined
    ? [`${document.slug}:${line}`, ...inside]
    : inside;
}

let api: TestApi;
beforeAll(async () => {
  api = await openShippedGraph();
});
afterAll(() => api.close());

describe.each(questions)("$name", ({ name, text, proof }) => {
  test("has its answer, and the answer has its proof", async () => {
    const { status, data, errors } = await api.ask(text);
    expect(status).toBe(200);
    expect(errors.filter(({ extensions }) => extensions.code !== "NOT_FOUND")).toEqual([]);
    const notFound = errors.map(({ path, extensions: { code, slug } }) => ({ path, code, slug }));
    const answer = errors.length === 0 ? { data } : { data, notFound };
    await expect(`${JSON.stringify(answer, null, 2)}\n`).toMatchFileSnapshot(join(FOLDER, `${name}.json`));
    const cited = new Set(citedLines(data));
    expect(proof.filter((line) => !cited.has(line))).toEqual([]);
  });

  test("asks a question in words", () => {
    expect(text).toMatch(/^# [A-Z].*\?$/m);
  });
});

test("there are questions enough, and nearly all have lines that prove them", () => {
  expect(questions.length).toBeGreaterThanOrEqual(36);
  expect(questions.filter(({ proof }) => proof.length === 0).map(({ name }) => name)).toEqual([
    "what-no-document-names",
  ]);
});

describe.skipIf(!existsSync(DOCUMENTS))("the documents (needs ../shared/documents)", () => {
  const files = existsSync(DOCUMENTS) ? readdirSync(DOCUMENTS) : [];
  const lines = new Map(
    files.map((file) => [file.slice(0, 3), readFileSync(join(DOCUMENTS, file), "utf8").split("\n")]),
  );

  test.each(questions)("have the lines that prove $name", ({ proof }) => {
    for (const place of proof) {
      const [document, line] = place.split(":");
      expect(lines.get(document!)?.[Number(line) - 1]?.trim(), place).toBeTruthy();
    }
  });
});
