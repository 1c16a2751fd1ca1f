import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { importGraph } from "../../src/seeding/import-graph.ts";
import type { ImportMode } from "../../src/seeding/merge-rows.ts";
import { openApi, type TestApi, type WrittenFile } from "../support/api.ts";
import { esco, escoAbsent } from "../support/esco.ts";

/** A newer version of a source, made of ESCO: what it adds, changes and removes, and what becomes of what others edited. */

/** Every so many of ESCO's entities are taken, with what relates them. */
const EVERY = 12;

let folder: string;
let api: TestApi;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "reimport-"));
  api = await openApi();
});
afterAll(async () => {
  await api.close();
  rmSync(folder, { recursive: true });
});

type Skill = NonNullable<WrittenFile["skills"]>[number];
type Role = NonNullable<WrittenFile["roles"]>[number];

function cut() {
  const { file } = esco();
  const skills = (file.skills ?? []).filter((_, at) => at % EVERY === 0);
  const kept = new Set(skills.map(({ slug }) => slug));
  const referred = new Set<string>();
  const those = (list: readonly unknown[] = []): string[] =>
    list.filter((slug): slug is string => {
      if (typeof slug !== "string" || !kept.has(slug)) return false;
      referred.add(slug);
      return true;
    });
  const requirementOf = (requires: unknown) => {
    const allOf =
      typeof requires === "object" &&
      requires !== null &&
      "allOf" in requires &&
      Array.isArray(requires.allOf)
        ? those(requires.allOf)
        : [];
    return allOf.length === 0 ? {} : { requires: { allOf } };
  };
  return {
    referred,
    skills: skills.map(
      ({ slug, name, summary, hours, requires, partOf }): Skill => ({
        ...{ slug, name, summary, hours, ...requirementOf(requires) },
        partOf: those(partOf ?? []),
      }),
    ),
    roles: (file.roles ?? [])
      .filter((_, at) => at % EVERY === 0)
      .map(
        ({ slug, name, summary, requires, optional }): Role => ({
          ...{ slug, name, summary, ...requirementOf(requires) },
          optional: those(optional ?? []),
        }),
      ),
  };
}

test.skipIf(escoAbsent !== undefined)(
  "of ESCO tells what it changes and keeps what others have edited",
  async () => {
    const { skills, roles, referred } = cut();
    const path = join(folder, "esco.json");
    const importing = (file: WrittenFile, mode: ImportMode, dryRun = false) => {
      writeFileSync(path, JSON.stringify(file));
      return importGraph(api.store, [path], { mode, dryRun, prune: true });
    };
    expect(await importing({ skills, roles }, "OWN")).toMatchObject({
      kind: "written",
      outcome: { created: skills.length + roles.length },
    });

    // Of those that nothing refers to: some go, some get another name, some other hours; three were edited.
    const free = skills.filter(({ slug, partOf }) => !referred.has(slug) && partOf?.length === 0);
    expect(free.length).toBeGreaterThan(350);
    const slugsOf = (some: readonly Skill[]) => new Set(some.map(({ slug }) => slug));
    const removed = slugsOf(free.slice(0, 50));
    const renamed = slugsOf(free.slice(50, 150));
    const changed = slugsOf(free.slice(150, 300));
    // The newer version changes two of these as well, and says of the third what it said before.
    const edited = free.slice(299, 302).map(({ slug }) => slug);
    for (const slug of edited) {
      const { data } = await api.write(
        `mutation { updateSkill(slug: "${slug}", input: { hours: 7 }) { ... on SkillWrite { skill { hours } } ... on Error { message } } }`,
      );
      expect(data.updateSkill).toEqual({ skill: { hours: 7 } });
    }
    const added = Array.from({ length: 50 }, (_, at) => ({
      slug: `newly-added-${at}`,
      name: `New ${at}`,
      hours: 1,
    }));
    const newer: WrittenFile = {
      skills: [
        ...skills.flatMap((skill) =>
          removed.has(skill.slug)
            ? []
            : [
                {
                  ...skill,
                  ...(renamed.has(skill.slug) && { name: `${skill.name} (revised)` }),
                  ...((changed.has(skill.slug) || skill.slug === edited[1]) && { hours: 2 }),
                },
              ],
        ),
        ...added,
      ],
      roles,
    };
    const { revision } = api.store.snapshot();
    const hoursOf = async () => {
      const list = edited.map((slug, at) => `s${at}: skill(slug: "${slug}") { hours }`);
      const { data } = await api.ask(`{ ${list.join(" ")} }`);
      return edited.map((_, at) => data[`s${at}`].hours);
    };

    const refused = await importing(newer, "OWN", true);
    expect(refused.kind).toBe("refused");
    expect(refused.findings.map(({ code }) => code)).toEqual(["foreign-row", "foreign-row", "foreign-row"]);

    const told = await importing(newer, "KEEP", true);
    // One of the 150 whose hours change was edited.
    const counts = { created: 50, updated: 249, deleted: 50 };
    expect(told).toMatchObject({ kind: "checked", outcome: counts });
    if (told.kind !== "checked") return;
    const named = (operation: string) =>
      told.outcome.changes.flatMap((change) => (change.operation === operation ? [change.slug] : [])).sort();
    expect(named("DELETED")).toEqual([...removed].sort());
    expect(named("CREATED")).toEqual(added.map(({ slug }) => slug).sort());
    expect(named("UPDATED")).toEqual(
      [...renamed, ...changed].filter((slug) => !edited.includes(slug)).sort(),
    );
    expect(told.findings.map(({ code, severity }) => [code, severity])).toEqual(
      edited.map(() => ["foreign-row", "warning"]),
    );
    expect(told.findings.every(({ message }) => message.endsWith("it stays as it is"))).toBe(true);
    expect(api.store.snapshot().revision).toBe(revision);

    expect(await importing(newer, "KEEP")).toMatchObject({ kind: "written", outcome: counts });
    expect(await hoursOf()).toEqual([7, 7, 7]);
    expect(await importing(newer, "UPDATE")).toMatchObject({
      outcome: { created: 0, updated: 3, deleted: 0 },
    });
    expect(await hoursOf()).toEqual([2, 2, 1]);
  },
);
