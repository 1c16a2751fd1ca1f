import type { Requirement } from "../../graph/model/requirement.ts";
import { Prisma } from "../generated/client/client.ts";
import { ENTITIES } from "../rows/entities.ts";
import type { Ids } from "../rows/flatten-rows.ts";
import type { GraphRows, RequirementNodeRow } from "../rows/graph-rows.ts";
import type { Reader } from "./build-snapshot.ts";
import { DOCUMENTS_SQL, SUPPORT_SQL, supportBy } from "./merits.ts";

/** The kinds of entity that have a requirement, in the order in which a snapshot numbers them. */
export const OWNER_KINDS = ["SKILL", "PROJECT", "ROLE", "ROADMAP"] as const;
export type OwnerKind = (typeof OWNER_KINDS)[number];

export function perOwnerKind<T>(make: (kind: OwnerKind) => T): Record<OwnerKind, T> {
  return { SKILL: make("SKILL"), PROJECT: make("PROJECT"), ROLE: make("ROLE"), ROADMAP: make("ROADMAP") };
}

/** An entity that has a requirement, as a snapshot holds it. */
export interface OwnerRow {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly formerSlugs: readonly string[];
  readonly hours: number;
  /** In the order of the tree, or of the trees: a roadmap has one for each step. */
  readonly nodes: readonly NodeRow[];
  /** The slugs of the wider skills of a skill. */
  readonly wholes: readonly string[];
  /** How firmly documents support a skill. */
  readonly support: number;
  /** Whether the steps of a roadmap have an order. */
  readonly isOrdered: boolean;
}

export type NodeRow = readonly [
  ordinal: number,
  parentOrdinal: number | null,
  atLeast: number | null,
  needs: string | null,
];

/** The owners of some slugs, by kind and slug. Slugs that are not stored are missing. */
export type OwnerRows = Readonly<Record<OwnerKind, ReadonlyMap<string, OwnerRow>>>;

/** What an owner has besides, as columns of SQL. */
const NO_OUTLINE = { wholes: "NULL", support: "0", isOrdered: "FALSE" };
const WHOLES = `(SELECT json_agg(whole."slug" ORDER BY "PartOf"."id")
  FROM "PartOf" JOIN "Skill" AS whole ON whole."id" = "wholeId" WHERE "partId" = owner."id")`;
const SUPPORT = `(SELECT coalesce(${SUPPORT_SQL}, 0) FROM (SELECT ${DOCUMENTS_SQL}
  FROM "Citation" WHERE "subjectKind" = 'SKILL' AND "subjectId" = owner."id" GROUP BY "documentId") AS firmest)`;
const STEPS = `JOIN "RoadmapStep" ON "RoadmapStep"."id" = "roadmapStepId"`;

/** What has changed since a revision. */
export interface ChangedOwners {
  readonly revision: number;
  readonly slugs: Readonly<Record<OwnerKind, readonly string[]>>;
  readonly owners: OwnerRows;
}

type ReadOwner = [
  id: number,
  slug: string,
  name: string,
  formerSlugs: string[],
  hours: number,
  nodes: NodeRow[] | null,
  wholes: string[] | null,
  support: number,
  isOrdered: boolean,
];

/**
 * The newest revision with the owners that the revisions after another one have changed; `undefined` for more than
 * `most` owners. One statement, which sees one state of the database. Time O(changes and what the owners hold).
 */
export async function readChangedOwners(
  reader: Reader,
  after: number,
  most: number,
): Promise<ChangedOwners | undefined> {
  // Slugs, not ids, stand for the skills needed: the snapshot knows them, whatever is new.
  const owners = (
    kind: OwnerKind,
    hours: string,
    ownerId: string,
    { wholes, support, isOrdered } = NO_OUTLINE,
    join = "",
    order = `"ordinal"`,
  ) => {
    const nodes = `SELECT json_agg(json_build_array("ordinal", "parentOrdinal", "atLeast", (
        SELECT "slug" FROM "Skill" AS needed WHERE needed."id" = "needsId")) ORDER BY ${order})
      FROM "RequirementNode" ${join} WHERE "${ownerId}" = owner."id"`;
    return Prisma.raw(`(
      SELECT json_agg(json_build_array("id", "slug", "name", "formerSlugs", ${hours}, (${nodes}), ${wholes}, ${support}, ${isOrdered}))::text
      FROM "${ENTITIES[kind].table}" AS owner WHERE "slug" IN (SELECT "slug" FROM few WHERE "kind" = '${kind}')
    ) AS "${kind}"`);
  };
  const [read] = await reader.$queryRaw<
    (Record<OwnerKind, string | null> & { revision: number; count: number; changed: string | null })[]
  >`
    WITH changed AS MATERIALIZED (
      SELECT DISTINCT "kind", "slug" FROM "Change"
      WHERE "revision" > ${after} AND "kind" IN ('SKILL', 'PROJECT', 'ROLE', 'ROADMAP')
      LIMIT ${most + 1}
    ), few AS MATERIALIZED (SELECT * FROM changed WHERE (SELECT count(*) FROM changed) <= ${most})
    SELECT (SELECT coalesce(max("number"), 0)::int FROM "Revision") AS "revision",
      (SELECT count(*)::int FROM changed) AS "count",
      (SELECT json_agg(json_build_array("kind"::text, "slug"))::text FROM few) AS "changed",
      ${owners("SKILL", `"hours"`, "skillId", { ...NO_OUTLINE, wholes: WHOLES, support: SUPPORT })},
      ${owners("PROJECT", `"hours"`, "projectId")},
      ${owners("ROLE", "0", "roleId")},
      ${owners("ROADMAP", "0", "roadmapId", { ...NO_OUTLINE, isOrdered: `"ordered"` }, STEPS, `"position", "ordinal"`)}`;
  if (read === undefined || read.count > most) return undefined;
  const changed: [kind: string, slug: string][] = JSON.parse(read.changed ?? "[]");
  return {
    revision: read.revision,
    slugs: perOwnerKind((kind) => changed.flatMap(([of, slug]) => (of === kind ? [slug] : []))),
    owners: perOwnerKind((kind) => {
      const rows: ReadOwner[] = JSON.parse(read[kind] ?? "[]");
      return new Map(
        rows.map(([id, slug, name, formerSlugs, hours, nodes, wholes, support, isOrdered]) => [
          slug,
          {
            id,
            slug,
            name,
            formerSlugs,
            hours,
            nodes: nodes ?? [],
            wholes: wholes ?? [],
            support,
            isOrdered,
          },
        ]),
      );
    }),
  };
}

/** The owners among rows that are about to be written, as `readChangedOwners` will read them afterwards. */
export function ownersIn({ skills, projects, roles, roadmaps }: GraphRows, ids: Ids): OwnerRows {
  const owner = (
    kind: OwnerKind,
    { slug, name, formerSlugs }: Pick<OwnerRow, "slug" | "name" | "formerSlugs">,
    hours: number,
    trees: readonly (readonly RequirementNodeRow[])[],
    { wholes = [], support = 0, isOrdered = false }: Partial<OwnerRow> = {},
  ): [string, OwnerRow] => {
    const nodes = trees.flatMap((tree) =>
      tree.map(
        ({ parentOrdinal, atLeast, needs }, ordinal): NodeRow => [ordinal, parentOrdinal, atLeast, needs],
      ),
    );
    return [
      slug,
      { id: ids.of(kind, slug), slug, name, formerSlugs, hours, nodes, wholes, support, isOrdered },
    ];
  };
  return {
    SKILL: new Map(
      skills.map((row) =>
        owner("SKILL", row, row.hours, [row.requirement], {
          wholes: row.partOf.map(({ skill }) => skill),
          support: supportBy(row.citations),
        }),
      ),
    ),
    PROJECT: new Map(projects.map((row) => owner("PROJECT", row, row.hours, [row.requirement]))),
    ROLE: new Map(roles.map((row) => owner("ROLE", row, 0, [row.requirement]))),
    ROADMAP: new Map(
      roadmaps.map((row) => {
        const trees = row.steps.map(({ requirement }) => requirement);
        return owner("ROADMAP", row, 0, trees, { isOrdered: row.ordered });
      }),
    ),
  };
}

/** The requirement that nodes describe, each group before its members. Of several trees, all are required. */
export function requirementOf(
  nodes: readonly NodeRow[],
  skillIndex: (slug: string) => number,
): Requirement<number> | undefined {
  const trees: Requirement<number>[] = [];
  /** The members of the groups of the current tree, by ordinal. */
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
