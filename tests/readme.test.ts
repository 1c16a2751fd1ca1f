import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { secretOf } from "../src/http/access/secret-file.ts";
import { buildSource, commandLine } from "./support/built.ts";
import { CORE_ANSWER } from "./support/core-answer.ts";
import { newDataDir } from "./support/databases.ts";
import { startTestServer, type TestServer } from "./support/http.ts";

/** Runs what README.md tells people to paste, as it stands there, against a server on another port. */

const ROOT = join(import.meta.dirname, "..");
const README = readFileSync(join(ROOT, "README.md"), "utf8");
const blocks = [...README.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language = "", text = ""]) => ({
  language,
  text,
}));

/** The only block in a language that holds a text. */
function block(language: string, holding = ""): string {
  const found = blocks.filter((block) => block.language === language && block.text.includes(holding));
  expect(found).toHaveLength(1);
  return found[0]!.text;
}

function run(file: string, args: readonly string[], options: { cwd?: string; env?: NodeJS.ProcessEnv } = {}) {
  return new Promise<{ out: string; err: string; status: number }>((resolve) => {
    execFile(file, args, options, (error, out, err) =>
      resolve({ out, err, status: error === null ? 0 : typeof error.code === "number" ? error.code : 255 }),
    );
  });
}

const isThere = async (program: string) => (await run(program, ["--version"])).status === 0;

let server: TestServer;
beforeAll(async () => {
  buildSource();
  server = await startTestServer();
});
afterAll(() => server.close());
const here = (text: string) => text.replaceAll("http://127.0.0.1:4000", server.url);

test("every block is run here, or is how to install", () => {
  expect(blocks.map(({ language }) => language)).toEqual(["sh", "sh", "js", "python", "yaml", "sh", "sh"]);
  expect(block("sh", "npm ci")).toBe("npm ci && npm start\n");
});

test("the plan that it links to has the figures that it names", () => {
  const { steps, hours, projectHours, weeks } = CORE_ANSWER;
  const example = readFileSync(join(ROOT, "src", "planning", "EXAMPLE.md"), "utf8");
  expect(README).toContain(
    `${steps} skills in ${hours} hours, and ${projectHours} of projects: ${weeks} weeks`,
  );
  expect(example).toMatch(
    new RegExp(
      `^\\*\\*${steps} skills, ${hours} h, and ${projectHours} h of projects: .* after ${weeks} weeks\\.`,
      "m",
    ),
  );
});

test("the question in a shell", async ({ skip }) => {
  skip(!(await isThere("curl")), "there is no curl");
  const { out } = await run("sh", ["-c", here(block("sh", "learningPath"))]);
  const { data, errors } = JSON.parse(out);
  expect(errors).toBeUndefined();
  expect(data.learningPath).toMatchObject({ totalHours: CORE_ANSWER.hours, isOptimal: true });
});

test("the writes in a shell: one is done, one would close a loop, the first is undone", async ({ skip }) => {
  skip(!(await isThere("curl")), "there is no curl");
  const dataDir = mkdtempSync(join(tmpdir(), "readme-"));
  const ours = await startTestServer({ tokens: { secret: secretOf(dataDir) } });
  const text = block("sh", "createSkill")
    .replaceAll("http://127.0.0.1:4000", ours.url)
    .replace("npm run -s cli --", [process.execPath, ...commandLine()].join(" "));
  const { out } = await run("sh", ["-c", text], {
    env: { ...process.env, DATABASE_URL: "", JWT_SECRET: "", DATA_DIR: dataDir },
  });
  rmSync(dataDir, { recursive: true });
  expect(
    out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).data),
  ).toEqual([
    { createSkill: { skill: { name: "Sockets" }, written: { revision: 2 } } },
    {
      updateSkill: {
        message: expect.stringContaining(
          "http needs sockets needs http. It would be enough to take sockets out of what http needs.",
        ),
      },
    },
    { revert: { revision: 3, deleted: 1 } },
  ]);
  await ours.close();
});

test("the question in JavaScript", async () => {
  const { out, err } = await run(process.execPath, ["--input-type=module", "-e", here(block("js"))]);
  expect(err).toBe("");
  expect(out.startsWith(`${CORE_ANSWER.hours} [`)).toBe(true);
});

test("the question in Python", async ({ skip }) => {
  skip(!(await isThere("python3")), "there is no python3");
  const { out, err } = await run("python3", ["-c", here(block("python"))]);
  expect(err).toBe("");
  expect(out).toContain("python 60");
});

test("the code of embeds", async () => {
  const sources = [...README.matchAll(/`<(?:iframe|script)[^>]* src="([^"]+)"/g)].map(
    ([, source = ""]) => source,
  );
  expect(sources).toHaveLength(2);
  for (const source of sources) expect((await fetch(here(source))).status, source).toBe(200);
});

describe("one's own graph", () => {
  let folder: string;
  let dataDir: string;
  beforeAll(async () => {
    dataDir = await newDataDir();
    folder = mkdtempSync(join(tmpdir(), "readme-"));
    writeFileSync(join(folder, "my-graph.yaml"), block("yaml"));
    symlinkSync(dataDir, join(folder, ".my-data"));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
    rmSync(dataDir, { recursive: true });
  });

  test("is checked, imported, asked and exported", async () => {
    const [setting = "", ...commands] = block("sh", "import").trim().split("\n");
    const dataDir = join(folder, setting.replace("export DATA_DIR=", ""));
    const outputs: string[] = [];
    for (const command of commands) {
      const args = command.replace("npm run cli -- ", "").split(" ");
      const { out, err, status } = await run(process.execPath, commandLine(...args), {
        cwd: folder,
        env: { ...process.env, DATA_DIR: dataDir },
      });
      expect({ command, status, err: status === 0 ? "" : err }).toEqual({ command, status: 0, err: "" });
      outputs.push(out);
    }
    const [, , path] = outputs;
    expect(path).toContain("Django");
    expect(readFileSync(join(folder, "copy.yaml"), "utf8")).toContain("slug: django");
  });
});
