import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { verifyCitations } from "../../src/commands/verify-citations.ts";

const DOCUMENTS = "../shared/documents";
const ALTERATIONS = 30;
/** A citation as the seeds write it, on one line or on several. */
const CITATION = /(?:\{\s*)?document: "\d+",?\s+line: \d+,?\s+mention: (?:"[^"]*"|[^",}\n]*)/gu;
const MENTION = /(?<=mention: )(?:"([^"]*)"|([^",}\n]*))$/u;

interface Place {
  readonly file: string;
  readonly offset: number;
  readonly text: string;
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "seeds-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function verify(documents: string, ...paths: string[]) {
  const lines: string[] = [];
  const status = verifyCitations({ documents, paths, print: (line) => lines.push(line) });
  return { status, lines };
}

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Ways to falsify a citation; none adds or removes a line. */
const falsified: readonly ((citation: string) => string)[] = [
  (citation) => citation.replace(/document: "\d+"/u, 'document: "904"'),
  (citation) => citation.replace(/line: \d+/u, "line: 4000"),
  (citation) => citation.replace(/line: \d+/u, "line: 2"),
  (citation) => citation.replace(MENTION, (_, quoted, plain) => `"${quoted ?? plain}ish"`),
  (citation) => citation.replace(MENTION, '"Fortran"'),
  (citation) => citation.replace(MENTION, '"one two three four five six seven"'),
];

describe("the command verify-citations", () => {
  it("fails, and says so, without documents, without graph files and without citations", () => {
    writeFileSync(join(folder, "a.yaml"), "skills: []\n");
    const nowhere = join(folder, "nowhere");
    expect(verify(nowhere, folder)).toEqual({
      status: 1,
      lines: [expect.stringContaining("nothing was verified")],
    });
    writeFileSync(join(folder, "007_a.txt"), "A line\n");
    expect(verify(folder, nowhere)).toEqual({
      status: 1,
      lines: [expect.stringContaining(nowhere), expect.anything()],
    });
    expect(verify(folder, folder)).toEqual({
      status: 1,
      lines: [expect.stringContaining("expected at least one")],
    });
  });
});

const absent = !existsSync(DOCUMENTS);
describe.skipIf(absent)(`the seeds${absent ? ` (skipped: ${DOCUMENTS} is absent)` : ""}`, () => {
  it("hold nothing that the documents do not bear out", () => {
    const { status, lines } = verify(DOCUMENTS, "seeds");
    expect(lines).toEqual([
      expect.stringMatching(/^\d+ citations in \d+ files checked against 4 documents: all stand$/),
    ]);
    expect(status).toBe(0);
  });

  it(`are caught in each of ${ALTERATIONS} false citations, with file and line`, () => {
    cpSync("seeds", folder, { recursive: true });
    const random = randomNumbers(659);
    const places = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".yaml"))
      .sort()
      .flatMap((name) => {
        const file = join(folder, name);
        return [...readFileSync(file, "utf8").matchAll(CITATION)].map(
          ({ index, 0: text }): Place => ({ file, offset: index, text }),
        );
      });
    const chosen = new Set<Place>();
    while (chosen.size < ALTERATIONS) chosen.add(places[Math.floor(random() * places.length)]!);
    // From the last place to the first, so that those before stay where they are.
    const altered = places.filter((place) => chosen.has(place)).reverse();
    const expected = altered.map(({ file, offset, text }, at) => {
      const before = readFileSync(file, "utf8").slice(0, offset);
      const after = readFileSync(file, "utf8").slice(offset + text.length);
      writeFileSync(file, before + falsified[at % falsified.length]!(text) + after);
      const line = before.split("\n").length;
      return { file, from: line, to: line + text.split("\n").length - 1 };
    });
    const { status, lines } = verify(DOCUMENTS, folder);
    expect(status).toBe(1);
    const found = lines.slice(0, -1).map((line) => /^(?<file>.*?):(?<line>\d+): error: /u.exec(line)?.groups);
    for (const { file, from, to } of expected) {
      const at = found.findIndex((place) => {
        const line = Number(place?.line);
        return place?.file === file && from <= line && line <= to;
      });
      expect(at, `a finding at ${file}:${from}`).not.toBe(-1);
      found.splice(at, 1);
    }
    expect(found).toEqual([]);
  });
});
