import { describe, expect, it } from "vitest";
import { indexRuns, MAX_SHARED_WORDS, sharedRun } from "../../src/seeding/copied-text.ts";

const line = "Each widget’s maker, long ago, put two small screws into every second hinge.";
const index = indexRuns([{ id: "009", lines: ["", line] }]);

describe("text shared with a document", () => {
  it("is found whatever its letter case and punctuation, and placed", () => {
    const copy = "As they say: LONG AGO put two -- small screws into 'every' hinge";
    expect(sharedRun(copy, index)).toEqual({ run: "long ago put two small screws into every", at: "009:2" });
  });

  it("may be as long as the limit", () => {
    const words = line.split(" ");
    expect(sharedRun(words.slice(0, MAX_SHARED_WORDS).join(" "), index)).toBeUndefined();
    expect(sharedRun(words.slice(0, MAX_SHARED_WORDS + 1).join(" "), index)).toBeDefined();
  });

  it("does not run across lines", () => {
    const split = indexRuns([{ id: "009", lines: [line.slice(0, 40), line.slice(40)] }]);
    expect(sharedRun(line, split)).toBeUndefined();
  });
});
