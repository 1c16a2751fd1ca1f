import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { checkGraph } from "../../src/seeding/check-graph.ts";
import { formatFinding, hasErrors, sortFindings } from "../../src/seeding/finding.ts";
import { graphFilesAt } from "../../src/seeding/graph-files.ts";
import { readGraphFiles } from "../../src/seeding/read-graph-file.ts";

/**
 * Each file or folder in `bad/` is a case, its expected findings stand beside it. To add one, put the file
 * there and run `npx vitest run tests/seeding/bad-files.test.ts --update`, then read what was written.
 */
const FOLDER = join(import.meta.dirname, "bad");
const CASES = readdirSync(FOLDER).filter((name) => !name.endsWith(".findings"));
/** The cases that are only warned about. */
const ALLOWED = new Set(["own-alternative.yaml"]);

describe("a bad graph file", () => {
  test.each(CASES)("%s", async (name) => {
    const { files, findings } = graphFilesAt([join(FOLDER, name)]);
    const read = await readGraphFiles(files);
    const all = sortFindings([...findings, ...read.findings, ...checkGraph(read.rows)]);
    const lines = all.map((finding) => formatFinding({ ...finding, file: relative(FOLDER, finding.file) }));
    const text = `${lines.join("\n")}\n`.replaceAll(`${FOLDER}/`, "");
    await expect(text).toMatchFileSnapshot(join(FOLDER, `${name}.findings`));
    expect(hasErrors(all)).toBe(!ALLOWED.has(name));
  });
});
