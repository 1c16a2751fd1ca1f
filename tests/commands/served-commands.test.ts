import { execFile } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import pino from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MAX_REQUEST_LENGTH, VERSION } from "../../src/commands/command-wire.ts";
import { importFiles } from "../../src/commands/import.ts";
import { type ServedCommands, serveCommands } from "../../src/commands/served-commands.ts";
import { type RunningServer, startServer } from "../../src/http/server.ts";
import { importGraph } from "../../src/seeding/import-graph.ts";
import { commandsFolder } from "../../src/store/database/data-dir-lock.ts";
import { openStore, type Store } from "../../src/store/store.ts";
import { commandLine } from "../support/built.ts";
import { newDataDir } from "../support/databases.ts";
import { ask } from "../support/http.ts";

/** Commands in processes of their own, on a folder that a server holds. */

const ROOT = join(import.meta.dirname, "..", "..");

let folder: string;
let dataDir: string;
let store: Store;
let server: RunningServer;
let commands: ServedCommands;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "served-"));
  dataDir = await newDataDir();
  store = await openStore({ dataDir });
  await importGraph(store, [join(ROOT, "tests", "support", "full-graph.yaml")]);
  server = await startServer(store, pino({ level: "silent" }), { host: "127.0.0.1", port: 0 });
  commands = await serveCommands(store, dataDir);
});
afterAll(async () => {
  await commands.close();
  await server.close();
  await store.close();
  rmSync(folder, { recursive: true });
  rmSync(dataDir, { recursive: true });
});

interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

function cli(args: readonly string[], { cwd = folder, data = dataDir } = {}): Promise<Ran> {
  const { PATH = "", HOME = "" } = process.env;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      commandLine(...args),
      { cwd, env: { PATH, HOME, DATA_DIR: data } },
      (error, out, err) => {
        const status = error === null ? 0 : typeof error.code === "number" ? error.code : 255;
        resolve({ status, out, err });
      },
    );
  });
}

/** A client of the server that says what it likes. */
function client(data = dataDir): Socket {
  const address = readFileSync(join(commandsFolder(data), "address"), "utf8");
  return connect(address).on("error", () => {});
}

async function frames(socket: Socket): Promise<unknown[]> {
  const lines = (await text(socket)).split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line));
}

const request = (command: string, args: unknown, version = VERSION) =>
  `${JSON.stringify({ version, command, args, folder })}\n`;

describe("the server carries out", () => {
  test("an import, which the next query sees", async () => {
    writeFileSync(
      join(folder, "more.yaml"),
      "skills: [{ slug: redis, name: Redis, hours: 5, requires: sql }]\n",
    );
    const ran = await cli(["import", "more.yaml"]);
    expect(ran).toMatchObject({ status: 0, out: "Revision 2:\n  skills: 1 created\n" });
    expect(ran.err).toContain("Import: checking 1 row\n");
    const { data } = await ask(server.url, '{ skill(slug: "redis") { name } graph { revision } }');
    expect(data).toEqual({ skill: { name: "Redis" }, graph: { revision: 2 } });
    expect(await cli(["import", "more.yaml"])).toMatchObject({
      status: 0,
      out: expect.stringMatching(/^Nothing changed/),
    });
  });

  test("exports, to a pipe and to a file of the caller", async () => {
    const { out, status } = await cli(["export", "--format", "json"]);
    expect(status).toBe(0);
    expect(JSON.parse(out).skills.length).toBe(store.snapshot().skills.slugs.length);
    const written = await cli(["export", "--format", "json", "--output", "out.json"]);
    expect(written).toEqual({ status: 0, out: "", err: "Wrote out.json\n" });
    expect(readFileSync(join(folder, "out.json"), "utf8")).toBe(out);
  });

  test("a path, and migrate", async () => {
    expect(await cli(["path", "backend-developer", "--known", "sql"])).toMatchObject({
      status: 0,
      out: expect.stringContaining("no path takes less."),
      err: "",
    });
    expect((await cli(["migrate"])).out).toContain("The embedded database is up to date");
  });

  test("commands of several processes at once", async () => {
    const names = ["a", "b", "c"];
    for (const name of names)
      writeFileSync(
        join(folder, `${name}.yaml`),
        `skills: [{ slug: at-once-${name}, name: ${name}, hours: 1 }]\n`,
      );
    const ran = await Promise.all(names.map((name) => cli(["import", `${name}.yaml`])));
    expect(ran.map(({ status }) => status)).toEqual([0, 0, 0]);
    for (const name of names) expect(store.snapshot().skills.indexOf.has(`at-once-${name}`)).toBe(true);
  });

  test("nothing for other users of the machine", () => {
    if (process.platform === "win32") return;
    const inside = commandsFolder(dataDir);
    expect(statSync(inside).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(inside)) expect(statSync(join(inside, name)).mode & 0o777).toBe(0o600);
  });
});

describe("faults", () => {
  test("are told as without a server, with their status", async () => {
    const unknown = await cli(["path", "backend-devloper"]);
    expect(unknown).toMatchObject({ status: 1, out: "" });
    expect(unknown.err).toMatch(/^error: expected the slug of a .*; did you mean "backend-developer"\?\n$/);
    writeFileSync(join(folder, "bad.yaml"), "skills: [{ slug: bad, name: Bad, hours: -1 }]\n");
    const refused = await cli(["import", "bad.yaml"]);
    expect(refused).toMatchObject({ status: 1, out: "" });
    expect(refused.err).toContain(`${join(folder, "bad.yaml")}:1: error: `);
    expect(refused.err).toMatch(/error: nothing was imported: 1 error, 0 warnings\n$/);
  });

  test("an export that is refused leaves the old file", async () => {
    writeFileSync(join(folder, "kept.yaml"), "old");
    const before = commands;
    await before.close();
    const ran = await cli(["export", "--output", "kept.yaml"]);
    commands = await serveCommands(store, dataDir);
    expect(ran.status).toBe(1);
    expect(ran.err).toMatch(/^error: DATA_DIR_LOCKED: /);
    expect(readFileSync(join(folder, "kept.yaml"), "utf8")).toBe("old");
    expect(readdirSync(folder).filter((name) => name.includes("draft"))).toEqual([]);
  });

  test.each([
    ["of another version", "migrate", {}, "0.0.1", /this is version 0\.0\.1: start the server again$/],
    ["with an unknown option", "import", { files: [], format: "graph", undo: true }, VERSION, /"undo"/],
    ["that is none", "toString", {}, VERSION, /expected one of migrate, seed/],
  ])("a command %s is refused", async (_, command, args, version, message) => {
    const socket = client();
    socket.write(request(command, args, version));
    expect(await frames(socket)).toEqual([[0, expect.stringMatching(message)]]);
  });

  test("what is no command is refused", async () => {
    const socket = client();
    socket.write("GET / HTTP/1.1\r\n\r\n");
    expect(await frames(socket)).toEqual([
      [0, expect.stringContaining("expected a command as this program")],
    ]);
  });

  test("clients that say half a line, too much or nothing, or leave, are no harm", async () => {
    const half = client();
    half.write('{"version":');
    const endless = client();
    endless.write("x".repeat(MAX_REQUEST_LENGTH + 1));
    await once(endless, "close");
    const gone = client();
    gone.write(request("export", { format: "yaml" }), () => gone.destroy());
    await once(gone, "close");
    const silent = client();
    await once(silent, "connect");
    expect((await cli(["migrate"])).status).toBe(0);
    half.destroy();
    silent.destroy();
  });

  test("an import for a client that has left writes nothing", async () => {
    const file = join(folder, "abandoned.yaml");
    writeFileSync(file, "skills: [{ slug: abandoned, name: Abandoned, hours: 1 }]\n");
    const gone = new PassThrough().destroy();
    const importing = importFiles.run(
      store,
      { files: [file], format: "graph" },
      { stdout: gone, stderr: gone, folder },
    );
    await expect(importing).rejects.toThrow("nobody waits");
    expect(store.snapshot().skills.indexOf.has("abandoned")).toBe(false);
  });
});

describe("a stop", () => {
  test("lets a command end, takes no other, and leaves nothing behind", async () => {
    const own = await newDataDir();
    const ownStore = await openStore({ dataDir: own });
    const served = await serveCommands(ownStore, own);
    const file = join(folder, "last.yaml");
    writeFileSync(file, "skills: [{ slug: last, name: Last, hours: 1 }]\n");
    const socket = client(own);
    const idle = client(own);
    socket.write(request("import", { files: [file], format: "graph" }));
    const said = frames(socket);
    await once(socket, "readable");
    await served.close();
    expect((await said).slice(-2)).toEqual([
      [1, "Revision 1:\n  skills: 1 created\n", "utf8"],
      [0, null],
    ]);
    if (!idle.closed) await once(idle, "close");
    expect(existsSync(commandsFolder(own))).toBe(false);
    expect(ownStore.snapshot().skills.indexOf.has("last")).toBe(true);
    await ownStore.close();
    rmSync(own, { recursive: true });
  });

  test("what a server that was killed has left is removed by the next holder", async () => {
    const own = await newDataDir();
    mkdirSync(commandsFolder(own), { recursive: true });
    writeFileSync(join(commandsFolder(own), "socket"), "");
    writeFileSync(join(commandsFolder(own), "address"), join(commandsFolder(dataDir), "socket"));
    const ownStore = await openStore({ dataDir: own });
    const ran = await cli(["migrate"], { data: own });
    expect(ran).toMatchObject({ status: 1, out: "" });
    expect(ran.err).toContain(`DATA_DIR_LOCKED: the data folder ${own} is in use: process ${process.pid} `);
    await ownStore.close();
    rmSync(own, { recursive: true });
  });
});

test("a folder whose path is too long for a socket is served as well", async () => {
  const parent = join(folder, "x".repeat(100));
  mkdirSync(parent);
  const own = join(parent, "data");
  const ownStore = await openStore({ dataDir: own });
  const served = await serveCommands(ownStore, own);
  const address = readFileSync(join(commandsFolder(own), "address"), "utf8");
  expect(Buffer.byteLength(address)).toBeLessThanOrEqual(103);
  expect((await cli(["migrate"], { data: own })).status).toBe(0);
  await served.close();
  expect(existsSync(join(address, ".."))).toBe(process.platform === "win32");
  await ownStore.close();
});

test("mcp says how to ask the server that holds the folder", async () => {
  const { status, err } = await cli(["mcp"]);
  expect(status).toBe(1);
  expect(err).toContain("DATA_DIR_LOCKED");
  expect(err).toContain("mcp --url");
});
