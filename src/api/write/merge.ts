import { checkedRows } from "../../seeding/checked-row.ts";
import { LIST_NAMES } from "../../seeding/read-rows.ts";
import { writtenRow } from "../../seeding/written-row.ts";
import type { GraphRows, RequirementNodeRow, SkillRows } from "../../store/rows/graph-rows.ts";
import { readWithReferring } from "../../store/rows/read-referring.ts";
import { withReferences } from "../../store/rows/references.ts";
import { mergedRows, withoutRepeats } from "../../store/rows/requirement-rows.ts";
import type { GraphSnapshot } from "../../store/snapshot/graph-snapshot.ts";
import { toldFault } from "../core/errors.ts";
import { foundIn } from "./edited-entity.ts";
import type { Edited, ReadStored } from "./revise.ts";

/**
 * What makes one skill of two: all that referred to the first refers to the second, which gets all that is said of the
 * first beside what is said of it. Where both say something of which there is one, such as hours, the second is right. The
 * slugs of the first become former slugs of the second. Throws ValidationError.
 */
export async function merging(
  snapshot: GraphSnapshot,
  from: string,
  into: string,
  read: ReadStored,
): Promise<Edited> {
  const stored = await read((reader) => readWithReferring(reader, "SKILL", from, [into]));
  const led = withEachOnce(
    withReferences(stored, "SKILL", (slug) => (slug === from ? into : slug)),
    into,
  );
  const first = foundIn("skill", led.skills, from);
  const skills = led.skills.flatMap((row) => {
    if (row.slug === from) return [];
    return row.slug === into ? [mergedSkill(first, row)] : [row];
  });
  const merged = { ...led, skills };
  const values = LIST_NAMES.flatMap((list) =>
    merged[list].map((row) => [list, writtenRow(list, row)] as const),
  );
  // References that have become one are put together as those of a file are.
  const { rows, fault } = checkedRows(values, snapshot);
  if (fault !== undefined) throw toldFault("into", fault.told);
  return { rows, deleted: { SKILL: [from] } };
}

/** Rows whose requirements name a skill once in a list. */
function withEachOnce(rows: GraphRows, skill: string): GraphRows {
  const once = <Row extends { readonly requirement: readonly RequirementNodeRow[] }>(row: Row): Row => ({
    ...row,
    requirement: withoutRepeats(row.requirement, skill),
  });
  return {
    ...rows,
    skills: rows.skills.map(once),
    projects: rows.projects.map(once),
    roles: rows.roles.map(once),
    roadmaps: rows.roadmaps.map((row) => ({ ...row, steps: row.steps.map(once) })),
  };
}

function mergedSkill(from: SkillRows, into: SkillRows): SkillRows {
  const isOther = ({ skill }: { readonly skill: string }) => skill !== into.slug;
  const aliases = new Set([...into.aliases, from.name, ...from.aliases]);
  aliases.delete(into.name);
  return {
    ...into,
    aliases: [...aliases],
    formerSlugs: [...into.formerSlugs, from.slug, ...from.formerSlugs],
    level: into.level ?? from.level,
    summary: into.summary === "" ? from.summary : into.summary,
    needsNoFoundation: into.needsNoFoundation ?? from.needsNoFoundation,
    requirement: withoutRepeats(mergedRows(into.requirement, from.requirement), into.slug),
    partOf: [...into.partOf, ...from.partOf].filter(isOther),
    relations: [...into.relations, ...from.relations].filter(isOther),
    notes: [...into.notes, ...from.notes],
    claims: [...into.claims, ...from.claims],
    citations: [...into.citations, ...from.citations],
  };
}
