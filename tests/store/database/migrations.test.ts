import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../../src/store/database/clients.ts";
import { createMigration } from "../../../src/store/database/create-migration.ts";
import { type Migration, readMigrations } from "../../../src/store/database/migration-files.ts";
import { applyMigrations } from "../../../src/store/database/migrations.ts";
import { Prisma } from "../../../src/store/generated/client/client.ts";
import { openEmpty } from "../../support/database-pool.ts";
import { describeOnBothDatabases } from "../../support/databases.ts";

async function dropTables({ prisma }: Database): Promise<void> {
  await prisma.$executeRaw`DROP SCHEMA "public" CASCADE`;
  await prisma.$executeRaw`CREATE SCHEMA "public"`;
}

/** A migration that is no file. */
function migration(name: string, sql: string): Migration {
  return { name, sql, checksum: "0".repeat(64) };
}

describeOnBothDatabases("migrations", (_open, { openDatabase }) => {
  let database: Database;
  beforeAll(async () => {
    database = await openDatabase();
  });
  afterAll(() => database.close());

  it("lead from nothing to the schema, once", async () => {
    await dropTables(database);
    const names = (await readMigrations()).map(({ name }) => name);
    expect(await applyMigrations(database)).toEqual(names);
    expect(await applyMigrations(database)).toEqual([]);
  });

  it("refuse a database that has a migration of a newer version", async () => {
    await database.prisma.$executeRaw`
      INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "finished_at")
      VALUES ('newer', 'x', '20990101000000_newer', now())`;
    await expect(applyMigrations(database)).rejects.toMatchObject({
      code: "DATABASE_NEWER",
      message: expect.stringContaining("20990101000000_newer"),
    });
    await database.prisma.$executeRaw`DELETE FROM "_prisma_migrations" WHERE "id" = 'newer'`;
    expect(await applyMigrations(database)).toEqual([]);
  });

  it("refuse a database whose migration had other contents, or was not finished", async () => {
    const [first] = await readMigrations();
    const ofFirst = Prisma.sql`WHERE "migration_name" = ${first!.name}`;
    await database.prisma.$executeRaw`UPDATE "_prisma_migrations" SET "checksum" = 'other' ${ofFirst}`;
    await expect(applyMigrations(database)).rejects.toMatchObject({
      code: "DATABASE_EDITED",
      message: expect.stringContaining(first!.name),
    });
    await database.prisma
      .$executeRaw`UPDATE "_prisma_migrations" SET "checksum" = ${first!.checksum} ${ofFirst}`;
    await database.prisma.$executeRaw`UPDATE "_prisma_migrations" SET "finished_at" = NULL`;
    await expect(applyMigrations(database)).rejects.toMatchObject({ code: "DATABASE_EDITED" });
    await database.prisma.$executeRaw`UPDATE "_prisma_migrations" SET "finished_at" = now()`;
    expect(await applyMigrations(database)).toEqual([]);
  });

  it("refuse tables that were changed by hand, and list every change", async () => {
    const edits = {
      'ALTER TABLE "Skill" DROP COLUMN "level"': "missing: column Skill.level Level",
      'ALTER TABLE "Skill" ADD COLUMN "colour" TEXT': "unexpected: column Skill.colour text",
      'ALTER TABLE "Skill" ALTER COLUMN "hours" TYPE REAL': "unexpected: column Skill.hours float4 not null",
      'DROP INDEX "Teaches_skillId_idx"': "missing: index Teaches_skillId_idx on Teaches (skillId)",
      'DROP TABLE "Section"': "missing: column Section.line int4 not null",
      'ALTER TABLE "RequirementNode" DROP CONSTRAINT "RequirementNode_owner_check"':
        "missing: constraint RequirementNode_owner_check on RequirementNode",
      "ALTER TYPE \"Cost\" ADD VALUE 'BARTER'": "unexpected: enum Cost: FREE, FREEMIUM, PAID, BARTER",
    };
    const edited = await openDatabase();
    for (const statement of Object.keys(edits)) await edited.prisma.$executeRawUnsafe(statement);
    const refusal: unknown = await applyMigrations(edited).catch((error: unknown) => error);
    await edited.close();
    expect(refusal).toMatchObject({ code: "DATABASE_EDITED" });
    for (const finding of Object.values(edits)) expect(String(refusal)).toContain(finding);
  });

  it("give stored entities the source that wrote them last", async () => {
    await dropTables(database);
    const all = await readMigrations();
    const before = all.slice(
      0,
      all.findIndex(({ name }) => name.endsWith("_origins")),
    );
    await applyMigrations(database, before);
    const { prisma } = database;
    await prisma.$executeRaw`
      INSERT INTO "Revision" ("number", "source") VALUES (1, 'seeds'), (2, 'my/graphs/mine.yaml')`;
    await prisma.$executeRaw`
      INSERT INTO "Change" ("revision", "ordinal", "kind", "slug", "operation")
      VALUES (1, 0, 'SKILL', 'a', 'CREATED'), (1, 1, 'SKILL', 'b', 'CREATED'), (2, 0, 'SKILL', 'b', 'UPDATED'),
        (2, 1, 'ROLE', 'a', 'CREATED')`;
    await prisma.$executeRaw`
      INSERT INTO "Skill" ("id", "slug", "name", "kind", "hours", "digest")
      VALUES (1, 'a', 'A', 'CONCEPT', 1, 'x'), (2, 'b', 'B', 'CONCEPT', 1, 'x'), (3, 'c', 'C', 'CONCEPT', 1, 'x')`;
    await applyMigrations(database);
    expect(await prisma.$queryRaw`SELECT "slug", "origin" FROM "Skill" ORDER BY "slug"`).toEqual([
      { slug: "a", origin: "seeds" },
      { slug: "b", origin: "mine.yaml" },
      { slug: "c", origin: "unknown" },
    ]);
  });

  it("let saved plans say that known skills imply their parts, as they did when these were saved", async () => {
    await dropTables(database);
    const all = await readMigrations();
    await applyMigrations(
      database,
      all.slice(
        0,
        all.findIndex(({ name }) => name.endsWith("_plans-say-what-is-known")),
      ),
    );
    const { prisma } = database;
    const questions = [
      "role=dev&known=git,http",
      "role=dev&known=git&knownImplies=nothing&weeklyHours=5",
      "role=dev&known=git&knownImplies=prerequisites_and_parts",
      "skill=web",
    ];
    for (const [at, question] of questions.entries())
      await prisma.$executeRaw`
        INSERT INTO "SavedPlan" ("id", "learner", "name", "question", "savedAt")
        VALUES (${`${at}`}, 'ann', 'Mine', ${question}, now())`;
    await applyMigrations(database);
    expect(await prisma.$queryRaw`SELECT "question" FROM "SavedPlan" ORDER BY "id"`).toEqual([
      { question: "role=dev&known=git,http&knownImplies=parts" },
      { question: questions[1] },
      { question: questions[2] },
      { question: "skill=web&knownImplies=parts" },
    ]);
  });

  it("leave the tables of others alone", async () => {
    await database.prisma.$executeRaw`CREATE TABLE "of_others" ("a" INT)`;
    expect(await applyMigrations(database)).toEqual([]);
  });

  it("change nothing when one of them fails", async () => {
    const later = [
      migration("20990101000000_good", 'CREATE TABLE "Good" ("note" TEXT DEFAULT \'a;b\');'),
      migration("20990101000001_bad", 'CREATE TABLE "Bad" ("a" INT); SELECT 1 / 0;'),
    ];
    const applied = applyMigrations(database, [...(await readMigrations()), ...later]);
    await expect(applied).rejects.toMatchObject({
      code: "MIGRATION_FAILED",
      message: expect.stringContaining("20990101000001_bad"),
    });
    expect(await database.prisma.$queryRaw`SELECT to_regclass('"Good"') IS NULL AS "absent"`).toEqual([
      { absent: true },
    ]);
    expect(await applyMigrations(database)).toEqual([]);
  });
});

describe("createMigration", () => {
  let folder: string;
  let database: Database;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "skills-graph-migrations-"));
    database = await openEmpty();
    await dropTables(database);
  });
  afterAll(async () => {
    await database.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("writes what the migrations lack, and finds that the shipped ones lack nothing", async () => {
    const file = await createMigration(database, "all-of-it", folder, new Date("2027-01-02T03:04:05Z"));
    if (file === undefined) throw new Error("expected a migration");
    expect(basename(dirname(file))).toBe("20270102030405_all-of-it");
    expect(await readFile(file, "utf8")).toContain('CREATE TABLE "Skill"');
    await dropTables(database);
    expect(await createMigration(database, "nothing")).toBeUndefined();
  });

  it("refuses a name that is no name of a folder", async () => {
    await expect(createMigration(database, "../up", folder)).rejects.toThrow("expected a name");
  });
});
