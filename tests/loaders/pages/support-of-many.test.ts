import { afterAll, beforeAll, expect, test } from "vitest";
import { pages } from "../../../src/loaders/pages/filters.ts";
import type { Store } from "../../../src/store/store.ts";
import { emptyDatabases } from "../../support/database-pool.ts";

/** More skills than a statement takes parameters: all but a hundred are cited. */
const CITED = 33_000;
const UNCITED = 100;

let store: Store;
beforeAll(async () => {
  store = await emptyDatabases.open();
  await store.prisma
    .$executeRaw`INSERT INTO "Document" ("id", "slug", "name", "digest", "origin") VALUES (1, '001', 'One', '', 'test')`;
  await store.prisma.$executeRaw`
    INSERT INTO "Skill" ("id", "slug", "name", "kind", "hours", "digest", "origin")
    SELECT n, 'skill-' || n, 'Skill', 'CONCEPT', 1, '', 'test' FROM generate_series(1, ${CITED + UNCITED}) AS n`;
  await store.prisma.$executeRaw`
    INSERT INTO "Citation" ("id", "subjectKind", "subjectId", "documentId", "line", "mention", "basis")
    SELECT n, 'SKILL', n, 1, 1, 'a', 'EXPLICIT' FROM generate_series(1, ${CITED}) AS n`;
});
afterAll(() => store.close());

test("conditions on more rows than a statement can name hold, alone and together", async () => {
  const { count } = pages(store.prisma).skills;
  expect(await count({ citedBy: "001" })).toBe(CITED);
  expect(await count({ citedBy: "001", minAgreement: 1, bases: ["EXPLICIT"] })).toBe(CITED);
  expect(await count({ bases: ["EDITORIAL"] })).toBe(UNCITED);
  expect(await count({ bases: ["EDITORIAL", "EXPLICIT"] })).toBe(CITED + UNCITED);
  expect(await count({ citedBy: "001", bases: ["EDITORIAL"] })).toBe(0);
});
