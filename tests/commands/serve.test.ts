import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { servingLog } from "../../src/commands/serving-log.ts";
import { readConfig } from "../../src/config.ts";
import { commandLine } from "../support/built.ts";

/** What the process that `npm start` runs says, in pipes. */

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "skills-graph-serve-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Said {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** Serves until it ends by itself, or has said something on standard output. */
async function serve(env: Record<string, string>): Promise<Said> {
  const child = spawn(process.execPath, commandLine("serve"), {
    env: {
      ...process.env,
      DATABASE_URL: "",
      HOST: "127.0.0.1",
      PORT: "0",
      DATA_DIR: join(folder, "data"),
      ...env,
    },
  });
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk) => {
    out += chunk;
    child.kill("SIGTERM");
  });
  child.stderr.on("data", (chunk) => {
    err += chunk;
  });
  const [status] = await once(child, "close");
  return { status, out, err };
}

test("tells where it listens in one line of JSON, and ends in peace", async () => {
  const { status, out, err } = await serve({});
  expect(
    out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line)),
  ).toEqual([
    expect.objectContaining({
      msg: "serving",
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      revision: 1,
    }),
  ]);
  expect({ status, err }).toEqual({ status: 0, err: "" });
});

test("refuses an address that it cannot have before it opens anything", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;
  const untouched = join(folder, "untouched");
  const taken = await serve({ PORT: String(port), DATA_DIR: untouched });
  other.close();
  expect(taken).toMatchObject({ status: 1, out: "" });
  expect(taken.err).toBe(
    `error: PORT_IN_USE: another process listens on 127.0.0.1:${port}; set PORT to a free one, or 0 for any.\n`,
  );
  const unknown = await serve({ HOST: "203.0.113.9", DATA_DIR: untouched });
  expect(unknown.status).toBe(1);
  expect(unknown.err).toContain("HOST_UNKNOWN: expected HOST to be an address of this machine");
  await expect(rm(untouched, { recursive: true })).rejects.toThrow("ENOENT");
});

test("says what is wrong with a data folder", async () => {
  const file = join(folder, "a-file");
  await writeFile(file, "");
  const { status, err } = await serve({ DATA_DIR: file });
  expect(status).toBe(1);
  expect(err).toBe(
    `error: DATA_DIR_UNUSABLE: expected the data folder ${file} to be a folder that can be written to, but there is a file in its place. Choose another DATA_DIR.\n`,
  );
});

test("a terminal gets warnings and errors in words", () => {
  const written: string[] = [];
  const write = process.stderr.write;
  process.stderr.write = (text: string | Uint8Array) => written.push(String(text)) > 0;
  try {
    const log = servingLog(readConfig({}), true);
    log.info({ url: "http://127.0.0.1" }, "serving");
    log.warn("slow");
    log.error({ err: new Error("broken") }, "request failed");
  } finally {
    process.stderr.write = write;
  }
  written.splice(0, written.length, ...written.filter((text) => text !== ""));
  expect(written[0]).toBe("warning: slow\n");
  expect(written[1]).toMatch(/^error: request failed: Error: broken\n {4}at /);
});
