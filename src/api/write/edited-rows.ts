import { isGroup, type Requirement } from "../../graph/model/requirement.ts";
import type { HypotheticalChange } from "../../planning/scenarios/hypothetical-graph.ts";
import { graphFile } from "../../seeding/graph-file.ts";
import { toRows } from "../../seeding/rows.ts";
import { changedRows } from "../../store/rows/changed-rows.ts";
import type { Deletions } from "../../store/rows/changes.ts";
import { ENTITY_KINDS, perKind } from "../../store/rows/entities.ts";
import type { GraphRows, RequirementNodeRow, SkillRows } from "../../store/rows/graph-rows.ts";
import { readGraphRows } from "../../store/rows/read-graph.ts";
import { readReferring } from "../../store/rows/read-referring.ts";
import { withReferences } from "../../store/rows/references.ts";
import { bothRows, requirementRows, rowsWithoutSkills } from "../../store/rows/requirement-rows.ts";
import type { GraphSnapshot } from "../../store/snapshot/graph-snapshot.ts";
import type { RowReader } from "../../store/store.ts";
import { OWNERS, type OwnerHandle, ownerHandle, slugOf } from "../core/handle.ts";
import type { Hypothesis } from "../question/hypothesis.ts";

/** What a write has to do to make changes true. */
export interface EditedRows {
  /** The entities that are not as they were stored. */
  readonly rows: GraphRows;
  readonly deleted: Deletions;
}

/** Reads the stored entities that changes are made to, and all that refers to skills which they remove. */
export async function readRowsToEdit(
  reader: RowReader,
  snapshot: GraphSnapshot,
  changes: readonly HypotheticalChange[],
): Promise<GraphRows> {
  const slugs = perKind(() => new Set<string>());
  for (const change of changes) {
    if ("owner" in change) {
      const owner = ownerHandle(snapshot, change.owner);
      slugs[OWNERS[owner.__typename].kind].add(slugOf(snapshot, owner));
    }
    if (change.kind !== "REMOVE_SKILL") continue;
    const slug = snapshot.skills.slugs.at(change.skill)!;
    slugs.SKILL.add(slug);
    const referring = await readReferring(reader, "SKILL", slug);
    for (const kind of ENTITY_KINDS) for (const each of referring[kind]) slugs[kind].add(each);
  }
  return readGraphRows(
    reader,
    perKind((kind) => [...slugs[kind]]),
  );
}

/**
 * The rows that make the changes of a hypothesis true: one after the other, removals last, so that the graph becomes what
 * `hypotheticalGraph` says it would be. What is left of a requirement keeps its reasons and citations. A skill that is
 * removed is taken out of whatever refers to it. `stored` is what `readRowsToEdit` has read. O(size of these).
 */
export function editedRows(
  snapshot: GraphSnapshot,
  { changes, added }: Hypothesis,
  stored: GraphRows,
): EditedRows {
  const { slugs } = snapshot.skills;
  const slugOfSkill = (skill: number) => slugs.at(skill) ?? added[skill - slugs.length]!.slug;
  const inSlugs = (requirement: Requirement<number>): Requirement<string> =>
    isGroup(requirement)
      ? { atLeast: requirement.atLeast, of: requirement.of.map(inSlugs) }
      : { skill: slugOfSkill(requirement.skill) };
  const draft = new Draft(stored);
  const removed = new Set<string>();
  let nth = 0;
  for (const change of changes) {
    const ownerOf = (owner: number) => ownerHandle(snapshot, owner);
    switch (change.kind) {
      case "ADD_SKILL":
        draft.add(newSkill(added[nth++]!, change.cost, change.requirement && inSlugs(change.requirement)));
        break;
      case "REMOVE_SKILL":
        removed.add(slugOfSkill(change.skill));
        break;
      case "SET_COST":
        draft.setHours(slugOfSkill(change.owner), change.cost / 100);
        break;
      case "SET_REQUIREMENT":
        draft.require(snapshot, ownerOf(change.owner), (rows) =>
          requirementRows(change.requirement && inSlugs(change.requirement), rows),
        );
        break;
      case "ADD_PREREQUISITE":
        draft.require(snapshot, ownerOf(change.owner), (rows) => bothRows(rows, inSlugs(change.requirement)));
        break;
      case "DROP_PREREQUISITE":
        draft.require(snapshot, ownerOf(change.owner), (rows) =>
          rowsWithoutSkills(rows, new Set([slugOfSkill(change.skill)])),
        );
    }
  }
  if (removed.size > 0) draft.remove(removed);
  return { rows: draft.changed(), deleted: { SKILL: [...removed] } };
}

/** A skill as a graph file would give it. */
function newSkill(
  { slug, name }: { readonly slug: string; readonly name: string },
  cost: number,
  requirement: Requirement<string> | undefined,
): SkillRows {
  const { skills } = toRows(graphFile.parse({ skills: [{ slug, name, hours: cost / 100 }] }));
  return { ...skills[0]!, requirement: requirementRows(requirement), digest: "" };
}

type Edit = (requirement: readonly RequirementNodeRow[]) => readonly RequirementNodeRow[];

/** The stored entities as changes leave them. */
class Draft {
  #rows: GraphRows;
  readonly #stored: GraphRows;

  constructor(stored: GraphRows) {
    this.#rows = stored;
    this.#stored = stored;
  }

  add(skill: SkillRows): void {
    this.#rows = { ...this.#rows, skills: [...this.#rows.skills, skill] };
  }

  setHours(slug: string, hours: number): void {
    this.#rows = { ...this.#rows, skills: replaced(this.#rows.skills, slug, (row) => ({ ...row, hours })) };
  }

  require(snapshot: GraphSnapshot, owner: OwnerHandle, edit: Edit): void {
    const slug = slugOf(snapshot, owner);
    const { skills, projects, roles, roadmaps } = this.#rows;
    const required = <Row extends { readonly requirement: readonly RequirementNodeRow[] }>(
      row: Row,
    ): Row => ({
      ...row,
      requirement: edit(row.requirement),
    });
    switch (owner.__typename) {
      case "Skill":
        this.#rows = { ...this.#rows, skills: replaced(skills, slug, required) };
        break;
      case "Project":
        this.#rows = { ...this.#rows, projects: replaced(projects, slug, required) };
        break;
      case "Role":
        this.#rows = { ...this.#rows, roles: replaced(roles, slug, required) };
        break;
      case "Roadmap":
        this.#rows = {
          ...this.#rows,
          roadmaps: replaced(roadmaps, slug, (row) => ({ ...row, steps: row.steps.map(required) })),
        };
    }
  }

  /** Takes skills out, and out of all that refers to them. */
  remove(removed: ReadonlySet<string>): void {
    const rows = withReferences(this.#rows, "SKILL", (slug) => (removed.has(slug) ? undefined : slug));
    this.#rows = { ...rows, skills: rows.skills.filter(({ slug }) => !removed.has(slug)) };
  }

  /** The entities that are others than those stored. */
  changed(): GraphRows {
    return changedRows(this.#rows, this.#stored);
  }
}

function replaced<Row extends { readonly slug: string }>(
  rows: readonly Row[],
  slug: string,
  edit: (row: Row) => Row,
): Row[] {
  return rows.map((row) => (row.slug === slug ? edit(row) : row));
}
