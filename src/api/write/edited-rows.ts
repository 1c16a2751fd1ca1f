import { isGroup, type Requirement } from "../../graph/model/requirement.ts";
import type { HypotheticalChange } from "../../planning/scenarios/hypothetical-graph.ts";
import { graphFile } from "../../seeding/graph-file.ts";
import { toRows } from "../../seeding/rows.ts";
import { entityDigest } from "../../store/rows/entity-digest.ts";
import type { GraphRows, RequirementNodeRow, SkillRows } from "../../store/rows/graph-rows.ts";
import type { EntitySlugs } from "../../store/rows/read-graph.ts";
import { bothRows, requirementRows, rowsWithoutSkills } from "../../store/rows/requirement-rows.ts";
import type { GraphSnapshot } from "../../store/snapshot/graph-snapshot.ts";
import { type OwnerHandle, ownerHandle, slugOf } from "../core/handle.ts";
import type { Hypothesis } from "../question/hypothesis.ts";

/** What a write has to do to make changes true. */
export interface EditedRows {
  /** The entities that are not as they were stored. */
  readonly rows: GraphRows;
  readonly deletedSkills: readonly string[];
}

/** The stored entities that changes are made to: of a removal all, since any may refer to the skill. */
export function slugsToEdit(
  snapshot: GraphSnapshot,
  changes: readonly HypotheticalChange[],
): EntitySlugs | undefined {
  if (changes.some(({ kind }) => kind === "REMOVE_SKILL")) return undefined;
  const owners = changes.flatMap((change) => ("owner" in change ? ownerHandle(snapshot, change.owner) : []));
  const of = (type: OwnerHandle["__typename"]) =>
    owners.filter(({ __typename }) => __typename === type).map((owner) => slugOf(snapshot, owner));
  return {
    DOCUMENT: [],
    SKILL: of("Skill"),
    RESOURCE: [],
    PROJECT: of("Project"),
    ROLE: of("Role"),
    ROADMAP: of("Roadmap"),
  };
}

/**
 * The rows that make the changes of a hypothesis true: one after the other, removals last, so that the graph becomes what
 * `hypotheticalGraph` says it would be. What is left of a requirement keeps its reasons and citations. A skill that is
 * removed is taken out of whatever refers to it. `stored` are the entities of `slugsToEdit`. O(size of these).
 */
export function editedRows(
  snapshot: GraphSnapshot,
  { changes, added }: Hypothesis,
  stored: GraphRows,
): EditedRows {
  const { slugs } = snapshot.skills;
  const slugOfSkill = (skill: number) => slugs[skill] ?? added[skill - slugs.length]!.slug;
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
        draft.require(snapshot, ownerOf(change.owner), () =>
          requirementRows(change.requirement && inSlugs(change.requirement)),
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
  return { rows: draft.changed(), deletedSkills: [...removed] };
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
  readonly #stored: ReadonlySet<object>;

  constructor(stored: GraphRows) {
    this.#rows = stored;
    this.#stored = new Set(Object.values(stored).flat());
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
    const kept = <Row extends { readonly skill: string }>(rows: readonly Row[]) =>
      rows.filter(({ skill }) => !removed.has(skill));
    const required = (rows: readonly RequirementNodeRow[]) => rowsWithoutSkills(rows, removed);
    const { documents, skills, resources, projects, roles, roadmaps } = this.#rows;
    this.#rows = {
      documents,
      skills: skills
        .filter(({ slug }) => !removed.has(slug))
        .map((row) => ({
          ...row,
          requirement: required(row.requirement),
          partOf: kept(row.partOf),
          relations: kept(row.relations),
        })),
      resources: resources.map((row) => ({ ...row, teaches: kept(row.teaches) })),
      projects: projects.map((row) => ({
        ...row,
        requirement: required(row.requirement),
        practises: kept(row.practises),
      })),
      roles: roles.map((row) => ({
        ...row,
        requirement: required(row.requirement),
        optional: kept(row.optional),
        responsibilities: row.responsibilities.map((duty) => ({
          ...duty,
          skills: duty.skills.filter((skill) => !removed.has(skill)),
        })),
      })),
      roadmaps: roadmaps.map((row) => ({
        ...row,
        steps: row.steps.map((step) => ({ ...step, requirement: required(step.requirement) })),
      })),
    };
  }

  /** The entities that are others than those stored. They get the source of the write. */
  changed(): GraphRows {
    const changed = <Row extends { readonly digest: string }>(rows: readonly Row[]): Row[] =>
      rows.flatMap((row) => {
        if (this.#stored.has(row)) return [];
        const content = { ...row, digest: undefined, origin: undefined };
        const digest = entityDigest(content);
        return digest === row.digest ? [] : [{ ...row, digest, origin: undefined }];
      });
    const { documents, skills, resources, projects, roles, roadmaps } = this.#rows;
    return {
      documents: changed(documents),
      skills: changed(skills),
      resources: changed(resources),
      projects: changed(projects),
      roles: changed(roles),
      roadmaps: changed(roadmaps),
    };
  }
}

function replaced<Row extends { readonly slug: string }>(
  rows: readonly Row[],
  slug: string,
  edit: (row: Row) => Row,
): Row[] {
  return rows.map((row) => (row.slug === slug ? edit(row) : row));
}
