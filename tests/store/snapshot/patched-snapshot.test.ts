import fc from "fast-check";
import { expect, it } from "vitest";
import { findUnlearnable } from "../../../src/graph/facts/learnability.ts";
import { isGroup, type Requirement } from "../../../src/graph/model/requirement.ts";
import type { GraphFile } from "../../../src/seeding/graph-file.ts";
import type { RequirementFile } from "../../../src/seeding/requirement-file.ts";
import { toRows } from "../../../src/seeding/rows.ts";
import { readSnapshot } from "../../../src/store/snapshot/build-snapshot.ts";
import type { GraphSnapshot } from "../../../src/store/snapshot/graph-snapshot.ts";
import type { Store } from "../../../src/store/store.ts";
import { GraphWriteError } from "../../../src/store/store-errors.ts";
import { describeOnBothDatabases } from "../../support/databases.ts";
import { snapshotContents } from "../../support/graph-contents.ts";
import { randomRequirement } from "../../support/random-graph.ts";
import { sampleFile } from "../../support/sample-file.ts";

const SKILLS = ["b-a", "ba", "a-c", "ab", "c", "b", "zz"];

function written(requirement: Requirement<number>): RequirementFile {
  return isGroup(requirement)
    ? { atLeast: requirement.atLeast, of: requirement.of.map(written) }
    : SKILLS[requirement.skill]!;
}

const requires = randomRequirement(SKILLS.length, 2).map((requirement) =>
  requirement === undefined ? {} : { requires: written(requirement) },
);
const wholes = fc.uniqueArray(fc.constantFrom(...SKILLS), { maxLength: 2 });
const name = fc.constantFrom("One", "Two");
const hours = fc.constantFrom(1, 2.25);
const slugged = <Rest extends object>(slug: string, rest: fc.Arbitrary<Rest>) =>
  fc.tuple(name, rest).map(([name, more]) => ({ slug, name, ...more }));
const some = <Row>(rows: readonly fc.Arbitrary<Row>[], maxLength: number): fc.Arbitrary<Row[]> =>
  fc.shuffledSubarray([...rows], { maxLength }).chain((chosen) => fc.tuple(...chosen));

const skill = (slug: string) =>
  fc
    .tuple(slugged(slug, requires), hours, fc.constantFrom("CONCEPT" as const, "TOPIC" as const), wholes)
    .map(([row, hours, kind, partOf]) => ({ ...row, hours, kind, partOf }));
const project = (slug: string) =>
  fc
    .tuple(slugged(slug, requires), hours)
    .map(([row, hours]) => ({ ...row, hours, kind: "APPLICATION" as const }));
const role = (slug: string) => slugged(slug, requires);
const roadmap = (slug: string) =>
  slugged(
    slug,
    fc.array(requires, { maxLength: 3 }).map((steps) => ({
      ordered: true,
      steps: steps.map((step, at) => ({ name: `Step ${at}`, ...step })),
    })),
  );

/** A few rows, as an editor saves them; with `replace` they are all that is kept. */
const write = fc.record({
  replace: fc.oneof(
    { weight: 5, arbitrary: fc.constant(false) },
    { weight: 1, arbitrary: fc.constant(true) },
  ),
  file: fc.record({
    skills: some(SKILLS.map(skill), 3),
    projects: some(["c", "p"].map(project), 1),
    roles: some(["a", "r"].map(role), 1),
    roadmaps: some(["m", "z"].map(roadmap), 1),
  }),
});

/** Enough to begin with that most edits refer to what is there, in an order that edits change. */
const FIRST: GraphFile = {
  skills: SKILLS.slice(0, 5).map((slug) => ({ slug, name: slug, hours: 1, kind: "CONCEPT" })),
  // So many that no edit is more than is worth patching.
  roles: Array.from({ length: 40 }, (_, at) => ({ slug: `role-${at}`, name: "Role", requires: "c" })),
};

/** Whether the write was accepted; a refusal changes nothing. */
async function attempt(
  store: Store,
  { file, replace }: { file: GraphFile; replace: boolean },
): Promise<boolean> {
  const before = store.snapshot();
  try {
    await store.write(toRows(file), "random", { replace });
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(GraphWriteError);
    expect(store.snapshot()).toBe(before);
    return false;
  }
}

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
