import { execFile, execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Writable } from "node:stream";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { writeOutput } from "../../src/commands/output-file.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "output-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const writing = (text: string) => async (to: Writable) => {
  to.write(text);
};
const text = (file: string) => readFileSync(file, "utf8");

describe("a file", () => {
  test("is new, or takes the place of an old one whole, with its mode", async () => {
    const file = join(folder, "graph.yaml");
    await writeOutput(file, writing("one"));
    expect(text(file)).toBe("one");
    chmodSync(file, 0o640);
    await writeOutput(file, async (to) => {
      to.write("two");
      expect(text(file)).toBe("one");
    });
    expect(text(file)).toBe("two");
    expect(statSync(file).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder)).toEqual(["graph.yaml"]);
  });

  test("stays as it was when something fails", async () => {
    const file = join(folder, "graph.yaml");
    writeFileSync(file, "old");
    const failing = writeOutput(file, async (to) => {
      to.write("half");
      throw new Error("broken");
    });
    await expect(failing).rejects.toThrow("broken");
    expect(text(file)).toBe("old");
    expect(readdirSync(folder)).toEqual(["graph.yaml"]);
  });
});

describe.skipIf(process.platform === "win32")("what is no file", () => {
  test("a link stays one: what it points to is written, be it there or not", async () => {
    const target = join(folder, "target.yaml");
    const link = join(folder, "link.yaml");
    symlinkSync("target.yaml", link);
    for (const content of ["first", "second"]) {
      await writeOutput(link, writing(content));
      expect(text(target)).toBe(content);
      expect(lstatSync(link).isSymbolicLink()).toBe(true);
    }
    expect(readdirSync(folder).sort()).toEqual(["link.yaml", "target.yaml"]);
  });

  test("a pipe is written to", async () => {
    const pipe = join(folder, "pipe");
    execFileSync("bash", ["-c", `mkfifo "${pipe}"`]);
    const reader = promisify(execFile)("cat", [pipe]);
    await writeOutput(pipe, writing("through"));
    expect((await reader).stdout).toBe("through");
    expect(statSync(pipe).isFIFO()).toBe(true);
  });

  test.skipIf(!existsSync("/dev/full"))("a device is written to, and its error is told", async () => {
    const link = join(folder, "full");
    symlinkSync("/dev/full", link);
    const writtenTo = writeOutput(link, writing("more"));
    await expect(writtenTo).rejects.toThrow(`expected ${link} to be a file that can be written, got ENOSPC`);
    expect(lstatSync("/dev/full").isCharacterDevice()).toBe(true);
    expect(readdirSync(folder)).toEqual(["full"]);
  });

  test("a folder and a place in none are refused", async () => {
    await expect(writeOutput(folder, writing(""))).rejects.toThrow(/expected .* to be a file .* got EISDIR$/);
    await expect(writeOutput(join(folder, "none", "x"), writing(""))).rejects.toThrow(/got ENOENT$/);
  });
});
