import { randomUUID } from "node:crypto";
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { StoreError } from "../store-errors.ts";
import { isRunning, ownIdentity } from "./process-identity.ts";

/** How often a holder touches its file, for those who cannot see its process: other containers and hosts. */
const HEARTBEAT_MS = 2_000;
/** A file of another host that was not touched for so long is left over from a holder that is gone. */
const HEARTBEAT_LOST_MS = 10_000;
/** How long a claim is waited for that came at the same time; its holder decides within milliseconds. */
const CLAIM_WAIT_MS = 5_000;
const CLAIM_POLL_MS = 10;

const claim = z.object({ pid: z.int(), started: z.string().nullable(), host: z.string(), since: z.string() });

interface Contender extends z.infer<typeof claim> {
  readonly id: string;
  readonly holds: boolean;
}

/** The folder beside the lock where the process that holds it may take commands of others. */
export function commandsFolder(dataDir: string): string {
  return join(resolve(dataDir), "lock", "commands");
}

export interface DataDirLock {
  release(): void;
}

/**
 * Takes the lock on a data folder: two processes on one embedded database would lose data without a word.
 *
 * Each contender puts a file of its own into `<dataDir>/lock`, its claim, and only then looks at the others:
 * of two that came at once, at least one sees the other. Whoever holds the lock (a second file says so) wins;
 * before that the lowest name, and the others withdraw. A claim whose process is gone is removed, which is
 * safe because its name is never used again; so a killed process blocks nobody, even when its pid has been
 * given out anew. Where a claim comes from another host or container, its heartbeat decides.
 *
 * Throws `StoreError` with `DATA_DIR_LOCKED`, naming the holder, or `DATA_DIR_UNUSABLE`.
 */
export async function lockDataDir(dataDir: string): Promise<DataDirLock> {
  const folder = join(resolve(dataDir), "lock");
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw unusable(dataDir, error);
  }
  const identity = ownIdentity();
  const id = `${identity.pid}-${randomUUID()}`;
  const path = claimPath(folder, id);
  const draft = join(folder, `${id}.draft`);
  writeFileSync(draft, JSON.stringify({ ...identity, since: new Date().toISOString() }));
  renameSync(draft, path);
  try {
    const deadline = Date.now() + CLAIM_WAIT_MS;
    for (;;) {
      const others = readOthers(folder, id);
      const winner = others.find(({ holds }) => holds) ?? others.find((other) => other.id < id);
      if (winner !== undefined) throw lockedBy(winner, dataDir);
      if (others[0] === undefined) break;
      if (Date.now() > deadline) throw lockedBy(others[0], dataDir);
      await sleep(CLAIM_POLL_MS);
    }
    // Whoever took commands here before is gone.
    rmSync(commandsFolder(dataDir), { recursive: true, force: true });
    writeFileSync(holderPath(folder, id), "");
  } catch (error) {
    withdraw(folder, id);
    throw error;
  }
  const heartbeat = setInterval(() => touch(path), HEARTBEAT_MS).unref();
  return {
    release: () => {
      clearInterval(heartbeat);
      withdraw(folder, id);
    },
  };
}

const claimPath = (folder: string, id: string): string => join(folder, `${id}.claim`);
const holderPath = (folder: string, id: string): string => join(folder, `${id}.held`);

function withdraw(folder: string, id: string): void {
  rmSync(holderPath(folder, id), { force: true });
  rmSync(claimPath(folder, id), { force: true });
}

/** The other contenders that are alive, by name; removes what the others have left. */
function readOthers(folder: string, ownId: string): readonly Contender[] {
  const others: Contender[] = [];
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith(".claim")) continue;
    const id = file.slice(0, -".claim".length);
    if (id === ownId) continue;
    const other = readClaim(folder, id);
    if (other === "withdrawn") continue;
    if (other === "unreadable" || !isAlive(other, claimPath(folder, id))) withdraw(folder, id);
    else others.push(other);
  }
  return others;
}

function readClaim(folder: string, id: string): Contender | "withdrawn" | "unreadable" {
  let text: string;
  try {
    text = readFileSync(claimPath(folder, id), "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "withdrawn";
    throw error;
  }
  try {
    return { ...claim.parse(JSON.parse(text)), id, holds: existsSync(holderPath(folder, id)) };
  } catch {
    // Claims appear whole; one that is not was cut short by a power failure, and its process with it.
    return "unreadable";
  }
}

function isAlive(other: Contender, path: string): boolean {
  if (other.host === ownIdentity().host) return isRunning(other);
  const touched = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  return touched !== undefined && Date.now() - touched < HEARTBEAT_LOST_MS;
}

function touch(path: string): void {
  const now = new Date();
  try {
    utimesSync(path, now, now);
  } catch {
    // The folder is gone or read-only; the database will say so itself.
  }
}

function lockedBy({ pid, host, since, holds }: Contender, dataDir: string): StoreError {
  const where = host === ownIdentity().host ? "" : ` on ${host}`;
  const what = holds ? `has used it since ${since}` : "is just opening it";
  return new StoreError(
    "DATA_DIR_LOCKED",
    `the data folder ${resolve(dataDir)} is in use: process ${pid}${where} ${what}. Wait until it ends or stop it, or choose another DATA_DIR.`,
  );
}

function unusable(dataDir: string, cause: unknown): StoreError {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  const got =
    code === "ENOTDIR" || code === "EEXIST"
      ? "there is a file in its place"
      : code === "EACCES" || code === "EPERM" || code === "EROFS"
        ? "this user may not write there"
        : `the system says ${code ?? cause}`;
  return new StoreError(
    "DATA_DIR_UNUSABLE",
    `expected the data folder ${resolve(dataDir)} to be a folder that can be written to, but ${got}. Choose another DATA_DIR.`,
    { cause },
  );
}
