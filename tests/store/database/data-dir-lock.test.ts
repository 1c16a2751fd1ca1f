import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, rename, rm, utimes, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { lockDataDir } from "../../../src/store/database/data-dir-lock.ts";
import { ownIdentity } from "../../../src/store/database/process-identity.ts";

const HOLDER = fileURLToPath(new URL("../../support/hold-data-dir.ts", import.meta.url));

let dataDir: string;
let children: ChildProcess[] = [];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "skills-graph-lock-"));
});
afterEach(async () => {
  await Promise.all(children.map(kill));
  children = [];
  await rm(dataDir, { recursive: true, force: true });
});

/** Starts a process that tries to take the lock; resolves with what it says: "held" or the code of the error. */
async function startHolder(): Promise<{ process: ChildProcess; said: string }> {
  const child = spawn(process.execPath, ["--import", "tsx", HOLDER, dataDir], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  const [line] = await once(child.stdout, "data");
  return { process: child, said: String(line).trim() };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGKILL");
  await once(child, "exit");
}

interface FakeClaim {
  /** What the file is called; claims go by their names. */
  readonly id: string;
  readonly holds: boolean;
  readonly claim: object;
  readonly ageSeconds?: number;
}

/** Writes a claim as another contender would; returns what withdraws it. */
async function writeClaim({ id, holds, claim, ageSeconds = 0 }: FakeClaim): Promise<() => Promise<void>> {
  const folder = join(dataDir, "lock");
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${id}.claim`);
  if (holds) await writeFile(join(folder, `${id}.held`), "");
  // The claim appears whole: one that is cut short would be taken away.
  const draft = join(dataDir, "draft");
  await writeFile(draft, JSON.stringify({ since: new Date().toISOString(), ...claim }));
  const then = new Date(Date.now() - ageSeconds * 1000);
  await utimes(draft, then, then);
  await rename(draft, path);
  return () => rm(path);
}

it("refuses a second holder, names the first, and lets the next one in after the release", async () => {
  const lock = await lockDataDir(dataDir);
  await expect(lockDataDir(dataDir)).rejects.toMatchObject({
    code: "DATA_DIR_LOCKED",
    message: expect.stringContaining(`process ${process.pid} has used it since 20`),
  });
  lock.release();
  (await lockDataDir(dataDir)).release();
  expect(await readdir(join(dataDir, "lock"))).toEqual([]);
});

it("refuses another process, and is free again when that process is killed", async () => {
  const holder = await startHolder();
  expect(holder.said).toBe("held");
  await expect(lockDataDir(dataDir)).rejects.toMatchObject({
    code: "DATA_DIR_LOCKED",
    message: expect.stringContaining(`process ${holder.process.pid} `),
  });
  await kill(holder.process);
  const lock = await lockDataDir(dataDir);
  expect((await startHolder()).said).toBe("DATA_DIR_LOCKED");
  lock.release();
});

it("withdraws before a claim of a lower name that came at the same time", async () => {
  await writeClaim({ id: "0-low", holds: false, claim: ownIdentity() });
  await expect(lockDataDir(dataDir)).rejects.toMatchObject({
    code: "DATA_DIR_LOCKED",
    message: expect.stringContaining("is just opening it"),
  });
  expect(await readdir(join(dataDir, "lock"))).toEqual(["0-low.claim"]);
});

it("waits until a claim of a higher name is withdrawn, or holds after all", async () => {
  const withdraw = await writeClaim({ id: "z-high", holds: false, claim: ownIdentity() });
  let isDecided = false;
  const locking = lockDataDir(dataDir).finally(() => {
    isDecided = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(isDecided).toBe(false);
  await withdraw();
  (await locking).release();

  await writeClaim({ id: "z-high", holds: false, claim: ownIdentity() });
  // Expected before the claim holds: a rejection that nobody waits for yet would fail the run.
  const refused = expect(lockDataDir(dataDir)).rejects.toMatchObject({ code: "DATA_DIR_LOCKED" });
  await writeClaim({ id: "z-high", holds: true, claim: ownIdentity() });
  await refused;
});

it("gives the lock to exactly one of several processes that start at once", async () => {
  const said = (await Promise.all([startHolder(), startHolder(), startHolder()])).map(({ said }) => said);
  expect(said.toSorted()).toEqual(["DATA_DIR_LOCKED", "DATA_DIR_LOCKED", "held"]);
});

it.skipIf(process.platform === "win32")("is not held by a later process that got the same pid", async () => {
  await writeClaim({ id: "1-before", holds: true, claim: { ...ownIdentity(), started: "another time" } });
  (await lockDataDir(dataDir)).release();
});

it("is held by another host as long as that gives signs of life", async () => {
  const elsewhere = {
    id: "1-elsewhere",
    holds: true,
    claim: { pid: 1, started: "x", host: `not-${hostname()}` },
  };
  await writeClaim({ ...elsewhere, ageSeconds: 1 });
  await expect(lockDataDir(dataDir)).rejects.toMatchObject({
    code: "DATA_DIR_LOCKED",
    message: expect.stringContaining(`process 1 on not-${hostname()}`),
  });
  await writeClaim({ ...elsewhere, ageSeconds: 3600 });
  (await lockDataDir(dataDir)).release();
});

it("is not held by what a power failure has cut short", async () => {
  await mkdir(join(dataDir, "lock"));
  await writeFile(join(dataDir, "lock", "1-cut.claim"), "");
  (await lockDataDir(dataDir)).release();
});
