import { expect, it } from "vitest";
import type { GraphFile } from "../../../src/seeding/graph-file.ts";
import { toRows } from "../../../src/seeding/rows.ts";
import { NO_ROWS } from "../../../src/store/rows/graph-rows.ts";
import { describeOnBothDatabases } from "../../support/databases.ts";
import { dump } from "../../support/dump.ts";
import { snapshotContents } from "../../support/graph-contents.ts";
import { sampleFile } from "../../support/sample-file.ts";

function skillOf(file: GraphFile, slug: string) {
  const found = file.skills?.find((skill) => skill.slug === slug);
  if (found === undefined) throw new Error(`expected the sample to have the skill ${slug}`);
  return found;
}

/** Skills that each need the one before. */
function chain(prefix: string, length: number): GraphFile {
  const skills = Array.from({ length }, (_, i) => ({
    slug: `${prefix}-${i}`,
    name: `${prefix} ${i}`,
    kind: "CONCEPT" as const,
    hours: 1,
    ...(i === 0 ? {} : { requires: `${prefix}-${i - 1}` }),
  }));
  return { skills };
}

describeOnBothDatabases("writing a graph", (open, { openTwice }) => {
  it("begins at revision 0 with nothing", async () => {
    const store = await open();
    expect(store.snapshot()).toMatchObject({ revision: 0, graph: { skillCount: 0, ownerCount: 0 } });
    await store.ping();
  });

  it("changes nothing when the same rows come again", async () => {
    const store = await open();
    const first = await store.write(toRows(sampleFile()), "sample");
    expect(first).toMatchObject({ revision: 1, created: 16, updated: 0, deleted: 0, unchanged: 0 });
    const before = await dump(store);
    const again = await store.write(toRows(sampleFile()), "sample");
    expect(again).toMatchObject({ revision: 1, created: 0, updated: 0, deleted: 0, unchanged: 16 });
    expect(await dump(store)).toEqual(before);
  });

  it("rewrites only the entity that changed, which keeps its id", async () => {
    const store = await open();
    await store.write(toRows(sampleFile()), "sample");
    const before = await dump(store);
    const file = sampleFile();
    const django = skillOf(file, "django");
    django.requires = { allOf: ["python", { skill: "http", cites: [] }] };
    const outcome = await store.write({ ...NO_ROWS, skills: toRows({ skills: [django] }).skills }, "edit");
    expect(outcome).toMatchObject({ revision: 2, created: 0, updated: 1, deleted: 0, unchanged: 0 });
    const after = await dump(store);
    expect(after.changes?.filter((change) => "revision" in change && change.revision === 2)).toEqual([
      { revision: 2, ordinal: 0, kind: "SKILL", slug: "django", operation: "UPDATED" },
    ]);
    const idOf = (rows: readonly object[] | undefined) =>
      rows?.map((row) => ("id" in row && "slug" in row ? [row.id, row.slug] : []));
    expect(idOf(after.skills)).toEqual(idOf(before.skills));
    // The old requirement, with its two citations and the unmentioned group, is gone.
    expect(after.nodes?.length).toBe((before.nodes?.length ?? 0) - 12 + 3);
    expect(after.citations?.length).toBe((before.citations?.length ?? 0) - 2);
    expect(after.partOf).toEqual(before.partOf);
    expect(after.claims).toEqual(before.claims);
  });

  it("leaves no rows behind when all entities are deleted", async () => {
    const store = await open();
    await store.write(toRows(sampleFile()), "sample");
    const outcome = await store.write(NO_ROWS, "nothing", { replace: true });
    expect(outcome).toMatchObject({ revision: 2, created: 0, updated: 0, deleted: 16, unchanged: 0 });
    const { revisions, changes, ...tables } = await dump(store);
    expect(revisions).toHaveLength(2);
    expect(changes).toHaveLength(32);
    for (const [table, rows] of Object.entries(tables)) expect(rows, table).toEqual([]);
    expect(store.snapshot().graph.ownerCount).toBe(0);
  });

  it("deletes what a replacement leaves out, unless something still refers to it", async () => {
    const store = await open();
    await store.write(toRows(sampleFile()), "sample");
    const before = await dump(store);
    const file = sampleFile();
    file.skills = file.skills?.filter(({ slug }) => slug !== "mysql");
    await expect(store.write(toRows(file), "less", { replace: true })).rejects.toMatchObject({
      code: "UNKNOWN_REFERENCE",
      slugs: ["mysql"],
      message: expect.stringContaining('the skill "django" refers to the skill "mysql"'),
    });
    expect(await dump(store)).toEqual(before);

    const independent = sampleFile();
    independent.roadmaps = independent.roadmaps?.filter(({ slug }) => slug === "first-steps");
    const outcome = await store.write(toRows(independent), "less", { replace: true });
    expect(outcome).toMatchObject({ revision: 2, created: 0, updated: 0, deleted: 1, unchanged: 15 });
    expect([...store.snapshot().roadmaps.slugs]).toEqual(["first-steps"]);
  });

  it("gives a row that is written later a reference to one that is stored", async () => {
    const store = await open();
    await store.write(toRows(sampleFile()), "sample");
    const extra = toRows({
      skills: [{ slug: "celery", name: "Celery", kind: "LIBRARY", hours: 5, requires: "django" }],
    });
    expect(await store.write(extra, "extra")).toMatchObject({ revision: 2, created: 1 });
    const { skills, graph } = store.snapshot();
    expect(graph.requirement[skills.indexOf.get("celery")!]).toBe(skills.indexOf.get("django"));
  });

  it("refuses what would leave a skill unlearnable, names the loop and changes nothing", async () => {
    const store = await open();
    await store.write(toRows(sampleFile()), "sample");
    const before = await dump(store);
    const { snapshot } = store;
    const file = sampleFile();
    skillOf(file, "html").requires = "css";
    skillOf(file, "git").hours = 99;
    await expect(store.write(toRows(file), "loop")).rejects.toMatchObject({
      code: "UNLEARNABLE",
      slugs: ["css", "html"],
      message: expect.stringContaining("css needs html needs css"),
    });
    expect(await dump(store)).toEqual(before);
    expect(store.snapshot()).toBe(snapshot());
    expect(await store.write(toRows(sampleFile()), "sample")).toMatchObject({ revision: 1, unchanged: 16 });
  });

  it("accepts a loop through alternatives", async () => {
    const store = await open();
    const file = sampleFile();
    skillOf(file, "postgresql").requires = { anyOf: ["mysql", "http"] };
    skillOf(file, "mysql").requires = { anyOf: ["postgresql", "http"] };
    expect(await store.write(toRows(file), "sample")).toMatchObject({ revision: 1 });
  });

  it("refuses an unknown slug, a slug that comes twice and text that cannot be stored", async () => {
    const store = await open();
    const file = sampleFile();
    skillOf(file, "html").cites = [{ document: "404", line: 1, mention: "x", basis: "EXPLICIT" }];
    skillOf(file, "css").requires = "htlm";
    await expect(store.write(toRows(file), "bad")).rejects.toMatchObject({
      code: "UNKNOWN_REFERENCE",
      slugs: ["404", "htlm"],
    });
    const twice = sampleFile();
    twice.skills?.push(skillOf(twice, "git"));
    await expect(store.write(toRows(twice), "bad")).rejects.toMatchObject({
      code: "DUPLICATE_SLUG",
      slugs: ["git"],
    });
    for (const text of ["a\0b", "half \ud83c"]) {
      const unstorable = sampleFile();
      skillOf(unstorable, "git").summary = text;
      await expect(store.write(toRows(unstorable), "bad")).rejects.toMatchObject({ code: "INVALID_TEXT" });
    }
    expect(store.snapshot().revision).toBe(0);
    const backslash = sampleFile();
    skillOf(backslash, "git").summary = "\\u0000 \\ud83c";
    await store.write(toRows(backslash), "good");
    expect(await store.prisma.skill.findUnique({ where: { slug: "git" } })).toMatchObject({
      summary: "\\u0000 \\ud83c",
    });
  });

  it("refuses a write that expects another revision", async () => {
    const store = await open();
    await store.write(toRows(sampleFile()), "sample", { expectedRevision: 0 });
    const write = store.write(toRows(chain("a", 2)), "late", { expectedRevision: 0 });
    await expect(write).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await store.write(toRows(chain("a", 2)), "timely", { expectedRevision: 1 })).toMatchObject({
      revision: 2,
    });
  });

  it("numbers the revisions of concurrent writers without gaps", async () => {
    const [first, second] = await openTwice();
    const writes = Array.from({ length: 12 }, (_, i) =>
      (i % 2 === 0 ? first : second).write(toRows(chain(`chain-${i}`, 3)), `writer ${i}`),
    );
    const revisions = (await Promise.all(writes)).map(({ revision }) => revision);
    expect(revisions.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
    await first.refresh();
    await second.refresh();
    expect(snapshotContents(first.snapshot())).toEqual(snapshotContents(second.snapshot()));
    expect(first.snapshot().skills.slugs).toHaveLength(36);
  });

  it("lets one of two concurrent writers win that would close a loop together", async () => {
    const [first, second] = await openTwice();
    await first.write(
      toRows({ skills: [...(chain("a", 1).skills ?? []), ...(chain("b", 1).skills ?? [])] }),
      "",
    );
    const requiring = (slug: string, requires: string) =>
      toRows({ skills: [{ slug, name: slug, kind: "CONCEPT", hours: 1, requires }] });
    const results = await Promise.allSettled([
      first.write(requiring("a-0", "b-0"), "one"),
      second.write(requiring("b-0", "a-0"), "other"),
    ]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(results.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { code: "UNLEARNABLE" },
    });
  });
});
