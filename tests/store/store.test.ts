import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toRows } from "../../src/seeding/rows.ts";
import { openStore } from "../../src/store/store.ts";
import { describeOnBothDatabases, newDataDir } from "../support/databases.ts";
import { dump } from "../support/dump.ts";
import { snapshotContents } from "../support/graph-contents.ts";
import { newPostgresqlDatabase } from "../support/postgresql.ts";
import { sampleFile } from "../support/sample-file.ts";
import { version } from "../support/versions.ts";

const sample = () => toRows(sampleFile());

describeOnBothDatabases("a store", (open, { create }) => {
  it("has everything again after it was closed and opened", async () => {
    const options = await create();
    const first = await openStore(options);
    await first.write(sample(), "sample");
    const before = { snapshot: snapshotContents(first.snapshot()), rows: await dump(first) };
    await first.close();
    const second = await openStore(options);
    expect({ snapshot: snapshotContents(second.snapshot()), rows: await dump(second) }).toEqual(before);
    await second.close();
  });

  it("tells the statements that Prisma sends", async () => {
    const statements: string[] = [];
    const store = await open({ onQuery: (sql) => statements.push(sql) });
    statements.length = 0;
    await store.prisma.skill.findMany({ where: { slug: { in: ["git", "css"] } }, select: { id: true } });
    expect(statements).toEqual([
      'SELECT "public"."Skill"."id" FROM "public"."Skill" WHERE "public"."Skill"."slug" IN ($1,$2) OFFSET $3',
    ]);
  });

  it("refreshes with one statement when nothing has changed", async () => {
    const statements: string[] = [];
    const store = await open({ onQuery: (sql) => statements.push(sql) });
    await store.write(sample(), "sample");
    const before = store.snapshot();
    statements.length = 0;
    await store.refresh();
    // The store may look of its own accord at the same moment.
    const looks = statements.filter((sql) => sql.includes('max("number")'));
    expect([1, 2]).toContain(looks.length);
    expect(statements).toEqual(looks);
    expect(store.snapshot()).toBe(before);
  });

  it("sorts slugs as JavaScript does, and names as a reader looks them up", async () => {
    const store = await open();
    const slugs = ["b-a", "ba", "a-c", "ab", "a9"];
    const names = ["Zeta", "alpha", "Ähre", "beta", "_x"];
    await store.write(
      toRows({
        skills: slugs.map((slug, i) => ({ slug, name: names[i]!, kind: "CONCEPT" as const, hours: 1 })),
      }),
      "names",
    );
    const bySlug = await store.prisma.skill.findMany({ orderBy: { slug: "asc" } });
    expect(bySlug.map(({ slug }) => slug)).toEqual(slugs.toSorted());
    const byName = await store.prisma.skill.findMany({ orderBy: { name: "asc" } });
    expect(byName.map(({ name }) => name)).toEqual(["_x", "Ähre", "alpha", "beta", "Zeta"]);
  });
});

describe("the two databases", () => {
  let dataDir: string;
  beforeAll(async () => {
    dataDir = await newDataDir();
  });
  afterAll(() => rm(dataDir, { recursive: true, force: true }));

  it("hold the same rows after the same writes", async () => {
    const embedded = await openStore({ dataDir });
    const postgresql = await openStore({ databaseUrl: await newPostgresqlDatabase("nothing"), dataDir: "" });
    const edited = sampleFile();
    edited.skills = edited.skills?.map((skill) => ({ ...skill, hours: skill.hours + 0.25 }));
    for (const store of [embedded, postgresql]) {
      await store.write(sample(), "sample");
      await store.write(toRows(edited), "edited", { replace: true });
    }
    expect(JSON.stringify(await dump(postgresql))).toBe(JSON.stringify(await dump(embedded)));
    expect(postgresql.snapshot()).toEqual(embedded.snapshot());
    expect([embedded.kind, postgresql.kind]).toEqual(["embedded", "postgresql"]);
    await embedded.close();
    await postgresql.close();
  });

  it("are locked by the process that opened them: the folder is, the server is shared", async () => {
    const embedded = await openStore({ dataDir });
    await expect(openStore({ dataDir })).rejects.toMatchObject({ code: "DATA_DIR_LOCKED" });
    await embedded.close();

    const databaseUrl = await newPostgresqlDatabase("nothing");
    const [first, second] = await Promise.all([
      openStore({ databaseUrl, dataDir: "" }),
      openStore({ databaseUrl, dataDir: "" }),
    ]);
    await first.write(sample(), "sample");
    await second.refresh();
    expect(second.snapshot()).toEqual(first.snapshot());
    await first.write(toRows({ skills: [] }), "nothing", { replace: true });
    // Without being asked, too.
    await expect.poll(() => second.snapshot().revision, { timeout: 30_000 }).toBe(2);
    await first.close();
    await second.close();
  });

  it("tell one process of what another has written, also after the connection was lost", async () => {
    const databaseUrl = await newPostgresqlDatabase("nothing");
    const writer = await openStore({ databaseUrl, dataDir: "" });
    // Asked for revisions too seldom for this test.
    const told = await openStore({ databaseUrl, dataDir: "", pollMs: 600_000 });
    await writer.write(sample(), "sample");
    await expect.poll(() => told.snapshot().revision, { timeout: 30_000 }).toBe(1);
    await told.close();

    const lost = await openStore({ databaseUrl, dataDir: "", pollMs: 100 });
    await writer.prisma.$queryRaw`
      SELECT pg_terminate_backend("pid") FROM pg_stat_activity
      WHERE "datname" = current_database() AND "query" LIKE 'LISTEN%'`;
    for (let number = 2; number < 5; number++) {
      await writer.write(version(number), "test");
      await expect.poll(() => lost.snapshot().revision, { timeout: 30_000 }).toBe(number);
    }
    const listeners = () => writer.prisma.$queryRaw<{ listeners: number }[]>`
      SELECT count(*)::int AS "listeners" FROM pg_stat_activity
      WHERE "datname" = current_database() AND "query" LIKE 'LISTEN%'`;
    // The writer listens, too.
    await expect.poll(listeners, { timeout: 30_000 }).toEqual([{ listeners: 2 }]);
    await lost.close();
    await writer.close();
  });

  it("begin anew on a folder whose first start was killed, and refuse one that is damaged", async () => {
    const folder = await mkdtemp(join(tmpdir(), "skills-graph-killed-"));
    await mkdir(join(folder, "database.unfinished", "base"), { recursive: true });
    await writeFile(join(folder, "database.unfinished", "PG_VERSION"), "18");
    const store = await openStore({ dataDir: folder });
    expect(store.snapshot().revision).toBe(0);
    await store.write(sample(), "sample");
    await store.close();
    expect((await readdir(folder)).toSorted()).toEqual(["database", "lock"]);
    const again = await openStore({ dataDir: folder });
    expect(again.snapshot().revision).toBe(1);
    await again.close();

    await rm(join(folder, "database", "global"), { recursive: true });
    await expect(openStore({ dataDir: folder })).rejects.toMatchObject({ code: "DATABASE_UNREADABLE" });
    await rm(folder, { recursive: true });
  });

  it("are never made in a folder that holds something else, or what is left of a database", async () => {
    const folder = await mkdtemp(join(tmpdir(), "skills-graph-lost-"));
    await mkdir(join(folder, "database", "base"), { recursive: true });
    await expect(openStore({ dataDir: folder })).rejects.toMatchObject({
      code: "DATABASE_UNREADABLE",
      message: expect.stringContaining("found files without a PG_VERSION"),
    });
    expect(await readdir(join(folder, "database"))).toEqual(["base"]);
    await rm(folder, { recursive: true });
  });

  it("may be a schema of a server's database", async () => {
    const url = `${await newPostgresqlDatabase("nothing")}?schema=Skills%20Graph`;
    const store = await openStore({ databaseUrl: url, dataDir: "" });
    await store.write(sample(), "sample");
    expect(await store.prisma.skill.count()).toBe(9);
    const [found] = await store.prisma.$queryRaw<{ schema: string }[]>`
      SELECT schemaname::text AS "schema" FROM pg_tables WHERE tablename = 'Skill'`;
    expect(found).toEqual({ schema: "Skills Graph" });
    await store.close();
    await (await openStore({ databaseUrl: url, dataDir: "" })).close();
  });

  it("say so when they cannot be reached", async () => {
    const opening = openStore({ databaseUrl: "postgresql://nobody:secret@127.0.0.1:9/none", dataDir: "" });
    await expect(opening).rejects.toMatchObject({
      code: "DATABASE_UNREACHABLE",
      message: expect.not.stringContaining("secret"),
    });
  });
});
