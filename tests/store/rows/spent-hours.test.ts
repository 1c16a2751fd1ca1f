import { expect, test } from "vitest";
import { LEAST_LEARNERS_TOLD, MAX_CONNECTIONS } from "../../../src/store/limits.ts";
import { LearnerData } from "../../../src/store/rows/learner-data.ts";
import type { EstimatedSkill } from "../../../src/store/rows/spent-hours.ts";
import type { Store } from "../../../src/store/store.ts";
import { describeOnBothDatabases } from "../../support/databases.ts";

const GIT: EstimatedSkill = { slug: "git", formerSlugs: [], hours: 10 };
const KNOWN = { state: "KNOWN", on: null, evidence: null } as const;
const names = (prefix: string, count: number) => Array.from({ length: count }, (_, nth) => `${prefix}${nth}`);

describeOnBothDatabases("hours that learners have spent", (open, { openTwice }) => {
  const record = (store: Store, learner: string, hours: number | null, skill = GIT) =>
    new LearnerData(store, learner).record({ ...KNOWN, hours }, skill);
  const told = ({ prisma }: Store) => prisma.spentHours.findMany();

  test("are recorded with all else, and read as they were recorded", async () => {
    const data = new LearnerData(await open(), "ann");
    for (const entry of [
      { state: "LEARNING", on: null, hours: null, evidence: null },
      { state: "KNOWN", on: new Date("2026-05-01T00:00:00Z"), hours: 2.25, evidence: "https://example.org/" },
    ] as const) {
      const recorded = await data.record(entry, GIT);
      expect(await data.progress()).toEqual([recorded]);
    }
  });

  test("are told of ten, then of twenty others, and no single record changes what is told", async () => {
    const store = await open();
    for (const name of names("made-up", LEAST_LEARNERS_TOLD - 1)) {
      await record(store, name, 10);
      expect(await told(store)).toEqual([]);
    }
    // Neither what is not known yet, nor what took no time, nor the same learner once more.
    await new LearnerData(store, "learning").record({ ...KNOWN, state: "LEARNING", hours: 9 }, GIT);
    await record(store, "before", 0);
    await record(store, "silent", null);
    await record(store, "made-up0", 11);
    expect(await told(store)).toEqual([]);
    await record(store, "victim", 40);
    const first = await told(store);
    expect(first).toMatchObject([{ skill: "git", learners: LEAST_LEARNERS_TOLD }]);
    for (const name of names("later", 2 * LEAST_LEARNERS_TOLD - 1)) {
      await record(store, name, 1);
      await record(store, "victim", 1);
      expect(await told(store)).toEqual(first);
    }
    await record(store, "last", 1);
    expect(await told(store)).toMatchObject([{ skill: "git", learners: 2 * LEAST_LEARNERS_TOLD }]);
  });

  test("stay told when one of the learners erases his data, who is counted anew when he comes back", async () => {
    const store = await open();
    for (const name of names("one", LEAST_LEARNERS_TOLD)) await record(store, name, 10);
    const first = await told(store);
    await new LearnerData(store, "one3").erase("user:one3");
    expect(await told(store)).toEqual(first);
    expect(await store.prisma.progress.count({ where: { learner: "one3" } })).toBe(0);
    for (let again = 0; again < LEAST_LEARNERS_TOLD; again++) {
      expect(await record(store, "one3", 10)).toMatchObject({ isCounted: false });
      await new LearnerData(store, "one3").erase("user:one3");
    }
    expect(await told(store)).toEqual(first);
  });

  test("go with the skill to another slug, and are not counted again there", async () => {
    const store = await open();
    for (const name of names("one", LEAST_LEARNERS_TOLD)) await record(store, name, 10);
    const renamed = { ...GIT, slug: "git-scm", formerSlugs: ["git"] };
    for (const name of names("one", LEAST_LEARNERS_TOLD))
      expect(await record(store, name, 10, renamed)).toMatchObject({ skill: "git-scm", isCounted: true });
    expect(await told(store)).toMatchObject([{ skill: "git", learners: LEAST_LEARNERS_TOLD }]);
    for (const name of names("new", LEAST_LEARNERS_TOLD)) await record(store, name, 10);
    for (const name of names("newer", LEAST_LEARNERS_TOLD)) await record(store, name, 10, renamed);
    expect(await told(store)).toMatchObject([{ skill: "git-scm", learners: 2 * LEAST_LEARNERS_TOLD }]);
  });

  test("are not told of what takes no time", async () => {
    const store = await open();
    for (const name of names("one", LEAST_LEARNERS_TOLD)) await record(store, name, 10, { ...GIT, hours: 0 });
    expect(await told(store)).toEqual([]);
  });

  test("count each learner once, whoever records at the same moment", async () => {
    const stores = await openTwice();
    const learners = names("one", 5 * MAX_CONNECTIONS);
    await Promise.all(learners.map((name, nth) => record(stores[nth % 2]!, name, 10)));
    await record(stores[0], "last", 10);
    const { prisma } = stores[0];
    const counted = await prisma.progress.count({ where: { isCounted: true } });
    const [newest] = await told(stores[0]);
    expect(newest!.learners).toBeGreaterThanOrEqual(LEAST_LEARNERS_TOLD);
    expect(newest!.learners).toBeLessThanOrEqual(counted);
    expect(counted).toBeLessThanOrEqual(learners.length + 1);
  });
});
