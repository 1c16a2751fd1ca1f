import { closeSync, ftruncateSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { graphFilesAt, MAX_FILE_BYTES } from "../../src/seeding/graph-files.ts";
import { readGraphFiles, readGraphText } from "../../src/seeding/read-graph-file.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "graph-files-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("reading graph files", () => {
  test("a file of 50 MB is one finding, and is not read", async () => {
    const file = join(folder, "large.yaml");
    const handle = openSync(file, "w");
    // A hole: it takes no room on the disk, and reading it would take seconds.
    ftruncateSync(handle, 50 * 1024 * 1024);
    closeSync(handle);
    const { rows, findings } = await readGraphFiles([file]);
    expect(findings.map(({ code, line, message }) => ({ code, line, message }))).toEqual([
      {
        code: "file-too-large",
        line: 1,
        message: "expected a file of at most 32 MB, got 50 MB: split it into several files",
      },
    ]);
    expect(rows.skills).toEqual([]);
    expect(MAX_FILE_BYTES).toBeLessThan(50 * 1024 * 1024);
  });

  test("a file that is not there, and one that cannot be read, are findings", async () => {
    expect(graphFilesAt([join(folder, "missing.yaml")]).findings).toMatchObject([
      { code: "file-unreadable" },
    ]);
    expect((await readGraphFiles([join(folder, "gone.yaml")])).findings).toMatchObject([
      { code: "file-unreadable", message: "expected a file that can be read, got ENOENT" },
    ]);
  });

  test.skipIf(process.platform === "win32")("a device is a finding: it might never end", async () => {
    expect((await readGraphFiles(["/dev/null"])).findings).toMatchObject([
      { code: "file-unreadable", message: "expected a file, got something else, such as a pipe" },
    ]);
  });

  test("an archive that no importer knows is one finding, whatever is in it", async () => {
    const file = join(folder, "half.zip");
    writeFileSync(file, "PK\x03\x04 half of a source");
    expect((await readGraphFiles([file])).findings).toMatchObject([
      {
        code: "unknown-archive",
        line: 1,
        message: expect.stringContaining("give all archives of the source"),
      },
    ]);
  });

  test("a folder stands for the graph files below it, in the order of names", () => {
    const tree = join(folder, "tree");
    mkdirSync(join(tree, "b"), { recursive: true });
    for (const name of ["c.yaml", "a.yml", "b/z.json", "b/a.YAML", "notes.txt", "b/c.yaml.bak"])
      writeFileSync(join(tree, name), "{}");
    const { files, findings } = graphFilesAt([tree, join(tree, "c.yaml")]);
    expect(findings).toEqual([]);
    expect(files).toEqual(["a.yml", "b/a.YAML", "b/z.json", "c.yaml"].map((name) => join(tree, name)));
  });

  test("a folder without graph files is a finding", () => {
    const empty = join(folder, "empty");
    mkdirSync(empty);
    expect(graphFilesAt([empty]).findings).toMatchObject([{ file: empty, code: "file-unreadable" }]);
  });

  test("a byte order mark and Windows line ends are no fault, and lines are counted right", () => {
    const { rows, findings } = readGraphText(
      "x.yaml",
      "\uFEFFskills:\r\n  - slug: a\r\n    name: A\r\n    hours: -1\r\n",
    );
    expect(findings).toMatchObject([{ line: 4 }]);
    expect(rows.skills).toMatchObject([{ slug: "a" }]);
  });

  test("a row that is wrong is still known by its slug", () => {
    const { rows } = readGraphText("x.yaml", "skills: [{ slug: a, hours: -1 }]");
    expect(rows.skills).toMatchObject([{ slug: "a", row: undefined }]);
  });

  test("keys of prototypes are keys like any other", () => {
    const text =
      '{"skills": [{"slug": "a", "name": "A", "hours": 1, "__proto__": {"level": "BEGINNER"}, "constructor": 1}]}';
    for (const file of ["x.json", "x.yaml"])
      expect(readGraphText(file, text).findings.map(({ code }) => code)).toEqual([
        "unknown-key",
        "unknown-key",
      ]);
  });

  test("shares a citation by an alias", () => {
    const text = "skills:\n  - { slug: a, name: &n A, hours: 1 }\n  - { slug: b, name: *n, hours: 1 }\n";
    const { rows, findings } = readGraphText("x.yaml", text);
    expect(findings).toEqual([]);
    expect(rows.skills[1]?.row).toMatchObject({ name: "A" });
  });
});
