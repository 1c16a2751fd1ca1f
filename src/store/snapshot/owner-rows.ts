import type { Requirement } from "../../graph/model/requirement.ts";
import type { Ids } from "../rows/flatten-rows.ts";
import type { GraphRows, RequirementNodeRow } from "../rows/graph-rows.ts";
import type { Reader } from "./build-snapshot.ts";

/** The kinds of entity that have a requirement, in the order in which a snapshot numbers them. */
export const OWNER_KINDS = ["SKILL", "PROJECT", "ROLE", "ROADMAP"] as const;
export type OwnerKind = (typeof OWNER_KINDS)[number];

/** An entity that has a requirement, as a snapshot holds it. */
export interface OwnerRow {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly hours: number;
  /** In the order of the tree, or of the trees: a roadmap has one for each step. */
  readonly nodes: readonly NodeRow[];
}

export type NodeRow = readonly [
  ordinal: number,
  parentOrdinal: number | null,
  atLeast: number | null,
  needs: string | null,
];

/** The owners of some slugs, by kind and slug; who is not stored is missing. */
export type OwnerRows = Readonly<Record<OwnerKind, ReadonlyMap<string, OwnerRow>>>;

/** Reads the owners of these slugs with their requirements. One statement. Time O(what they hold). */
export async function readOwners(
  reader: Reader,
  slugs: Readonly<Record<OwnerKind, readonly string[]>>,
): Promise<OwnerRows> {
  // Slugs, not ids, stand for the skills needed: the snapshot knows them, whatever is new.
  const [row] = await reader.$queryRaw<Record<OwnerKind, string | null>[]>`
    SELECT
      (SELECT json_agg(json_build_array("id", "slug", "name", "hours", (
          SELECT json_agg(json_build_array("ordinal", "parentOrdinal", "atLeast", (
              SELECT "slug" FROM "Skill" AS needed WHERE needed."id" = "needsId")) ORDER BY "ordinal")
          FROM "RequirementNode" WHERE "skillId" = owner."id")))::text
        FROM "Skill" AS owner WHERE "slug" = ANY(${[...slugs.SKILL]}::text[])) AS "SKILL",
      (SELECT json_agg(json_build_array("id", "slug", "name", "hours", (
          SELECT json_agg(json_build_array("ordinal", "parentOrdinal", "atLeast", (
              SELECT "slug" FROM "Skill" AS needed WHERE needed."id" = "needsId")) ORDER BY "ordinal")
          FROM "RequirementNode" WHERE "projectId" = owner."id")))::text
        FROM "Project" AS owner WHERE "slug" = ANY(${[...slugs.PROJECT]}::text[])) AS "PROJECT",
      (SELECT json_agg(json_build_array("id", "slug", "name", 0, (
          SELECT json_agg(json_build_array("ordinal", "parentOrdinal", "atLeast", (
              SELECT "slug" FROM "Skill" AS needed WHERE needed."id" = "needsId")) ORDER BY "ordinal")
          FROM "RequirementNode" WHERE "roleId" = owner."id")))::text
        FROM "Role" AS owner WHERE "slug" = ANY(${[...slugs.ROLE]}::text[])) AS "ROLE",
      (SELECT json_agg(json_build_array("id", "slug", "name", 0, (
          SELECT json_agg(json_build_array("ordinal", "parentOrdinal", "atLeast", (
              SELECT "slug" FROM "Skill" AS needed WHERE needed."id" = "needsId")) ORDER BY "position", "ordinal")
          FROM "RequirementNode" JOIN "RoadmapStep" ON "RoadmapStep"."id" = "roadmapStepId"
          WHERE "roadmapId" = owner."id")))::text
        FROM "Roadmap" AS owner WHERE "slug" = ANY(${[...slugs.ROADMAP]}::text[])) AS "ROADMAP"`;
  const list = (kind: OwnerKind): ReadonlyMap<string, OwnerRow> => {
    const rows: [id: number, slug: string, name: string, hours: number, nodes: NodeRow[] | null][] =
      JSON.parse(row?.[kind] ?? "[]");
    return new Map(
      rows.map(([id, slug, name, hours, nodes]) => [slug, { id, slug, name, hours, nodes: nodes ?? [] }]),
    );
  };
  return { SKILL: list("SKILL"), PROJECT: list("PROJECT"), ROLE: list("ROLE"), ROADMAP: list("ROADMAP") };
}

/** The owners among rows that are about to be written: what `readOwners` will read then. */
export function ownersIn({ skills, projects, roles, roadmaps }: GraphRows, ids: Ids): OwnerRows {
  const owner = (
    kind: OwnerKind,
    { slug, name }: { readonly slug: string; readonly name: string },
    hours: number,
    ...trees: (readonly RequirementNodeRow[])[]
  ): [string, OwnerRow] => {
    const nodes = trees.flatMap((tree) =>
      tree.map(
        ({ parentOrdinal, atLeast, needs }, ordinal): NodeRow => [ordinal, parentOrdinal, atLeast, needs],
      ),
    );
    return [slug, { id: ids.of(kind, slug), slug, name, hours, nodes }];
  };
  return {
    SKILL: new Map(skills.map((row) => owner("SKILL", row, row.hours, row.requirement))),
    PROJECT: new Map(projects.map((row) => owner("PROJECT", row, row.hours, row.requirement))),
    ROLE: new Map(roles.map((row) => owner("ROLE", row, 0, row.requirement))),
    ROADMAP: new Map(
      roadmaps.map((row) => owner("ROADMAP", row, 0, ...row.steps.map(({ requirement }) => requirement))),
    ),
  };
}

/** What nodes say, every group before what is in it; all of the trees where there are several. */
export function requirementOf(
  nodes: readonly NodeRow[],
  skillIndex: (slug: string) => number,
): Requirement<number> | undefined {
  const trees: Requirement<number>[] = [];
  /** The members of the groups of the tree at hand, by ordinal. */
  let groups = new Map<number, Requirement<number>[]>();
  for (const [ordinal, parentOrdinal, atLeast, needs] of nodes) {
    if (parentOrdinal === null) groups = new Map();
    const siblings = parentOrdinal === null ? trees : groups.get(parentOrdinal);
    if (siblings === undefined)
      throw new Error(`expected the group ${parentOrdinal} before the node ${ordinal}`);
    if (needs !== null) siblings.push({ skill: skillIndex(needs) });
    else {
      const of: Requirement<number>[] = [];
      groups.set(ordinal, of);
      siblings.push({ atLeast: atLeast ?? 0, of });
    }
  }
  return trees.length > 1 ? { atLeast: trees.length, of: trees } : trees[0];
}
