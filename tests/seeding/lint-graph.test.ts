import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { formatFinding } from "../../src/seeding/finding.ts";
import { lintGraph } from "../../src/seeding/lint-graph.ts";
import { seedsFolder } from "../../src/seeding/seed.ts";

/** As in `bad/`: each file of `doubtful/` is a case, its expected findings stand beside it. */
const FOLDER = join(import.meta.dirname, "doubtful");
const CASES = readdirSync(FOLDER).filter((name) => name.endsWith(".yaml"));

describe("lint", () => {
  test.each(CASES)("%s", async (name) => {
    const findings = await lintGraph([join(FOLDER, name)]);
    const lines = findings.map((finding) =>
      formatFinding({ ...finding, file: relative(FOLDER, finding.file) }),
    );
    await expect(lines.map((line) => `${line}\n`).join("")).toMatchFileSnapshot(
      join(FOLDER, `${name}.findings`),
    );
  });

  test("finds no error in the shipped graph", async () => {
    const findings = await lintGraph([seedsFolder()]);
    expect(findings.filter(({ severity }) => severity === "error").map(formatFinding)).toEqual([]);
  });
});
