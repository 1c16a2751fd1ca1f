import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { KnownNames, namesOf } from "./coverage.ts";
import { type Candidate, candidates } from "./proper-nouns.ts";

const DOCUMENTS = "../shared/documents";
const EXCLUDED = "tests/seeding/excluded-terms.yaml";

function written({ words, places }: Candidate): string {
  return `${words.map(({ text }) => text).join(" ")} (${places.slice(0, 3).join(", ")})`;
}

function candidatesIn(...lines: string[]): string[] {
  return candidates([{ path: "007_a.txt", text: lines.join("\n") }]).map(written);
}

function filesUnder(folder: string, extension: string) {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(extension))
    .map((name) => ({ path: name, text: readFileSync(join(folder, name), "utf8") }));
}

describe("candidates for proper nouns", () => {
  it("are runs of capitalised words and words with odd letters", () => {
    expect(
      candidatesIn("we met Ann B. Lee in Old Town, with Foo.js, C++, r/foo, e2e and Ruby on Rails."),
    ).toEqual([
      "Ann B Lee (007:1)",
      "Old Town (007:1)",
      "Foo.js (007:1)",
      "C++ (007:1)",
      "r/foo (007:1)",
      "e2e (007:1)",
      "Ruby on Rails (007:1)",
    ]);
  });

  it("are not the ordinary words that begin a sentence or stand in a heading", () => {
    expect(
      candidatesIn("Good Tools", "- Good tools: the ones. Tools are good, says Zed’s aunt.", "1. Good Zed"),
    ).toEqual(["Zed (007:2)", "Good Zed (007:3)"]);
  });

  it("are covered by known names cut end to end, ordinary words aside", () => {
    const known = new KnownNames([
      "Spring",
      "Clean Code: A Handbook",
      "REST (RESTful APIs)",
      "General Assembly",
    ]);
    const covered = (line: string) =>
      candidates([{ path: "007_a.txt", text: line }]).map(({ words }) => known.cover(words));
    expect(covered("the Spring, Clean Code, RESTful API; Spring REST")).toEqual([true, true, true, true]);
    expect(covered("the Spring Boot, Assembly; General, Code")).toEqual([false, false, false, false]);
  });
});

const absent = !existsSync(DOCUMENTS);
describe.skipIf(absent)(
  `the names in the documents${absent ? ` (skipped: ${DOCUMENTS} is absent)` : ""}`,
  () => {
    const excluded = z
      .array(z.strictObject({ reason: z.string().min(1), terms: z.array(z.string()).min(1) }))
      .parse(parse(readFileSync(EXCLUDED, "utf8")))
      .flatMap(({ terms }) => terms);
    const inGraph = namesOf(filesUnder("seeds", ".yaml"));
    const found = candidates(absent ? [] : filesUnder(DOCUMENTS, ".txt"));

    it("are all in the graph or excluded with a reason", () => {
      const known = new KnownNames([...inGraph, ...excluded]);
      expect(found.filter(({ words }) => !known.cover(words)).map(written)).toEqual([]);
      const withoutGraph = new KnownNames(excluded);
      expect(found.filter(({ words }) => !withoutGraph.cover(words)).length).toBeGreaterThan(150);
    });

    it("are excluded only where that is still needed, and once", () => {
      expect(new Set(excluded).size).toBe(excluded.length);
      const stale = excluded.filter((term) => {
        const others = new KnownNames([...inGraph, ...excluded.filter((other) => other !== term)]);
        return found.every(({ words }) => others.cover(words));
      });
      expect(stale).toEqual([]);
    });
  },
);
