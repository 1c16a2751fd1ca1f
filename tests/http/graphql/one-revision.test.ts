import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import pino from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { atOneRevision, createContext } from "../../../src/api/context.ts";
import { type RunningServer, startServer } from "../../../src/http/server.ts";
import { openStore, type Store } from "../../../src/store/store.ts";
import { emptyDatabases } from "../../support/database-pool.ts";
import { ask } from "../../support/http.ts";
import { newPostgresqlDatabase } from "../../support/postgresql.ts";
import { version } from "../../support/versions.ts";

const QUESTION = `{ graph { revision } left: skill(slug: "left") { name summary hours aliases } }`;

interface Seen {
  readonly revision: number;
  readonly versions: ReadonlySet<string>;
  readonly fault: string | undefined;
}

describe("while another process writes to PostgreSQL", () => {
  const WRITES = 200;
  const QUESTIONS = 5_000;
  const AT_ONCE = 10;
  let store: Store;
  let server: RunningServer;
  let writer: ChildProcess;

  beforeAll(async () => {
    const databaseUrl = await newPostgresqlDatabase("migrated");
    store = await openStore({ databaseUrl, dataDir: "" });
    await store.write(version(0), "test");
    server = await startServer(store, pino({ level: "error" }), { host: "127.0.0.1", port: 0 });
    const program = join(import.meta.dirname, "..", "..", "support", "writing-process.ts");
    writer = fork(program, [databaseUrl, String(WRITES)], { execArgv: ["--import", "tsx"] });
    await once(writer, "message");
  });
  afterAll(async () => {
    writer.kill();
    await server.close();
    await store.close();
  });

  test("no answer mixes revisions and none fails", async () => {
    const ended = once(writer, "exit");
    writer.send("begin");
    const seen: Seen[] = [];
    let isWriting = true;
    void ended.then(() => {
      isWriting = false;
    });
    const askOn = async () => {
      while (isWriting || seen.length < QUESTIONS) seen.push(await look(server.url, seen.length));
    };
    await Promise.all(Array.from({ length: AT_ONCE }, askOn));

    expect(seen.length).toBeGreaterThanOrEqual(QUESTIONS);
    expect(seen.filter(({ fault }) => fault !== undefined)).toEqual([]);
    expect(seen.filter(({ versions }) => versions.size !== 1)).toEqual([]);
    expect(new Set(seen.map(({ revision }) => revision)).size).toBeGreaterThan(WRITES / 10);
    expect(store.snapshot().revision).toBe(WRITES + 1);
  }, 120_000);
});

test("a question during which somebody writes every time is answered in a transaction", async () => {
  const databaseUrl = await newPostgresqlDatabase("migrated");
  const [store, other] = await Promise.all([
    openStore({ databaseUrl, dataDir: "" }),
    openStore({ databaseUrl, dataDir: "" }),
  ]);
  await other.write(version(0), "test");
  await store.refresh();
  let answers = 0;
  const seen = await atOneRevision(
    store,
    () => createContext(store),
    async ({ snapshot, loaders }) => {
      const [id] = (await store.prisma.skill.findMany({ where: { slug: "left" } })).map((row) => row.id);
      const before = await loaders.skills.load(id!);
      await other.write(version(++answers), "test");
      const [after] = await loaders.skillAliases.load(id!);
      return { revision: snapshot.revision, texts: [before?.summary, after?.alias] };
    },
  );
  expect(answers).toBe(6);
  expect(seen).toEqual({ revision: 6, texts: ["v5", "alias v5"] });
  await other.close();
  await store.close();
});

test("in the embedded database what is read while this process writes counts as too late", async () => {
  const store = await emptyDatabases.open();
  const before = store.snapshot();
  expect(store.isNewest(before)).toBe(true);
  const writing = store.write(version(0), "test");
  expect(await store.isNewest(before)).toBe(false);
  await writing;
  expect(store.isNewest(before)).toBe(false);
  expect(store.isNewest(store.snapshot())).toBe(true);
  await store.close();
});

test("a context tells whether rows were read", async () => {
  const store = await emptyDatabases.open();
  const context = createContext(store);
  expect(context.hasReadRows).toBe(false);
  expect(context.loaders).toBeDefined();
  expect(context.hasReadRows).toBe(true);
  await store.close();
});

/** Asks what the version of the skill is; each time another text, so that nothing is answered from what was stored. */
async function look(url: string, number: number): Promise<Seen> {
  const { data, errors } = await ask(url, `${QUESTION} # ${number}`);
  if (errors.length > 0) return { revision: 0, versions: new Set(), fault: JSON.stringify(errors) };
  const { name, summary, hours, aliases } = data.left;
  const versions = new Set(
    [name, summary, `v${hours - 1}`, ...aliases].map((text) => text.split(" ").at(-1)),
  );
  return { revision: data.graph.revision, versions, fault: undefined };
}
