import fc from "fast-check";
import { expect, it } from "vitest";
import { findUnlearnable } from "../../../src/graph/facts/learnability.ts";
import type { RequirementFile } from "../../../src/seeding/requirement-file.ts";
import { toRows } from "../../../src/seeding/rows.ts";
import { readSnapshot } from "../../../src/store/snapshot/build-snapshot.ts";
import type { GraphSnapshot } from "../../../src/store/snapshot/graph-snapshot.ts";
import type { Store } from "../../../src/store/store.ts";
import { describeOnBothDatabases } from "../../support/databases.ts";
import { snapshotContents } from "../../support/graph-contents.ts";
import { attempt, FIRST, write } from "../../support/random-writes.ts";
import { sampleFile } from "../../support/sample-file.ts";

async function expectAsStored(store: Store): Promise<void> {
  expect(snapshotContents(store.snapshot())).toEqual(snapshotContents(await readSnapshot(store.prisma)));
}

const sharesGraph = (one: GraphSnapshot, other: GraphSnapshot) =>
  one.graph.members.buffer === other.graph.members.buffer;

describeOnBothDatabases("a patched snapshot", (open, { openTwice }) => {
  it("is the one that is read anew, whatever was written before", async () => {
    const store = await open();
    const counts = { accepted: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(write, { minLength: 1, maxLength: 12 }), async (writes) => {
        await store.write(toRows(FIRST), "first", { replace: true });
        const versions: [snapshot: GraphSnapshot, contents: unknown][] = [];
        for (const each of writes) {
          (await attempt(store, each)) ? counts.accepted++ : counts.refused++;
          await expectAsStored(store);
          expect(findUnlearnable(store.snapshot().graph)).toBeUndefined();
          versions.push([store.snapshot(), snapshotContents(store.snapshot())]);
        }
        for (const [snapshot, contents] of versions) expect(snapshotContents(snapshot)).toEqual(contents);
      }),
      { numRuns: 15 },
    );
    // Both happen, or the property says nothing.
    expect(counts.accepted).toBeGreaterThan(10);
    expect(counts.refused).toBeGreaterThan(3);
  });

  it("shares the arrays of the one before, and takes few statements", async () => {
    const statements: string[] = [];
    const store = await open({ onQuery: (sql) => statements.push(sql) });
    await store.write(toRows(sampleFile()), "sample");
    const before = store.snapshot();
    statements.length = 0;
    const edited = { slug: "python", name: "PYTHON", hours: 40, requires: { anyOf: ["git", "http"] } };
    await store.write(toRows({ skills: [{ ...edited, kind: "LANGUAGE" }] }), "edit");
    expect(statements.length).toBeLessThanOrEqual(12);
    expect(sharesGraph(store.snapshot(), before)).toBe(true);
    expect(store.snapshot().skills.indexOf).toBe(before.skills.indexOf);
    await expectAsStored(store);
  });

  it("leaves the graph as it is when names change alone", async () => {
    const store = await open();
    await store.write(toRows(sampleFile()), "sample");
    const before = store.snapshot();
    const edited = { slug: "git", name: "Git", hours: 8, kind: "TOOL" } as const;
    await store.write(toRows({ skills: [edited] }), "edit");
    expect(store.snapshot().graph).toBe(before.graph);
    await expectAsStored(store);
  });

  it("shows nothing of a write that fails when it is committed, nor does the one after it", async () => {
    const store = await open();
    await store.write(toRows(FIRST), "first");
    const before = store.snapshot();
    const contents = snapshotContents(before);
    await store.prisma.$executeRawUnsafe(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN IF NEW."source" = 'refused' THEN RAISE 'refused at the commit'; END IF; RETURN NULL; END $$`);
    await store.prisma.$executeRawUnsafe(`CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON "Revision"
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse()`);
    try {
      const skill = (slug: string, name: string, requires?: RequirementFile) => ({
        ...{
          slug,
          name,
          hours: 3,
          kind: "CONCEPT" as const,
          ...(requires === undefined ? {} : { requires }),
        },
      });
      const lost = [skill("aa", "New", { anyOf: ["c", "ab"] }), skill("ab", "Lost", { allOf: ["c", "ba"] })];
      await expect(store.write(toRows({ skills: lost }), "refused")).rejects.toThrow("refused at the commit");
      expect(store.snapshot()).toBe(before);
      expect(snapshotContents(before)).toEqual(contents);
      // Takes the id that the lost one had.
      await store.write(toRows({ skills: [skill("bb", "Kept", { allOf: ["ab", "c"] })] }), "kept");
      await expectAsStored(store);
      expect(store.snapshot().skills.indexOf.has("aa")).toBe(false);
      await store.write(toRows({ skills: [skill("aa", "Again", "bb")] }), "again");
      await expectAsStored(store);
    } finally {
      await store.prisma.$executeRawUnsafe(`DROP TRIGGER refuse ON "Revision"`);
      await store.prisma.$executeRawUnsafe(`DROP FUNCTION refuse`);
    }
  });

  it("is patched for several writes at once, one after the other", async () => {
    const store = await open();
    await store.write(toRows(FIRST), "first");
    const before = store.snapshot();
    const row = (at: number) => ({
      slug: `role-${at}`,
      name: `Role ${at}`,
      requires: { anyOf: ["ab", "b-a"] },
    });
    const outcomes = await Promise.all(
      [0, 1, 2, 3, 4].map((at) => store.write(toRows({ roles: [row(at)] }), "many")),
    );
    expect(outcomes.map(({ revision }) => revision)).toEqual([2, 3, 4, 5, 6]);
    expect(sharesGraph(store.snapshot(), before)).toBe(true);
    await expectAsStored(store);
  });

  it("follows what other processes write", async ({ skip }) => {
    const [store, other] = await openTwice();
    if (store === other) skip("one process at a time can open an embedded database");
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(write, fc.boolean()), { maxLength: 12 }), async (writes) => {
        await store.write(toRows(FIRST), "first", { replace: true });
        await other.refresh();
        for (const [each, isFollowed] of writes) {
          await attempt(store, each);
          // Sometimes one revision after the other, sometimes several at once.
          if (!isFollowed) continue;
          await other.refresh();
          expect(snapshotContents(other.snapshot())).toEqual(snapshotContents(store.snapshot()));
        }
        // And writes on top of what it has not seen.
        await attempt(other, {
          file: { skills: [{ slug: "b", name: "B", hours: 1, kind: "CONCEPT" }] },
          replace: false,
        });
        await other.refresh();
        await expectAsStored(other);
      }),
      { numRuns: 15 },
    );
  });
});
