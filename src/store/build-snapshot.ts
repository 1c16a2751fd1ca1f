import { GraphBuilder } from "../graph/prerequisite-graph.ts";
import type { Prisma } from "./generated/client/client.ts";
import type { GraphSnapshot, SnapshotTable } from "./graph-snapshot.ts";

/** Reads with or without a transaction around. */
export type Reader = Pick<Prisma.TransactionClient, "$queryRaw">;

/** The number of the newest revision; 0 for an empty database. One statement. */
export async function readRevision(reader: Reader): Promise<number> {
  const [row] = await reader.$queryRaw<{ revision: number }[]>`
    SELECT coalesce(max("number"), 0)::int AS "revision" FROM "Revision"`;
  return row?.revision ?? 0;
}

type NamedRow = readonly [id: number, slug: string, name: string, hours: number];
/** The nodes of an owner stand together, in depth-first order. */
type NodeRow = readonly [
  owner: number,
  ordinal: number,
  parentOrdinal: number | null,
  atLeast: number | null,
  needs: number | null,
];

/**
 * Reads the structure of the graph. One statement, which sees one state of the database whatever else
 * commits meanwhile; each list comes as one JSON text, several times faster to read than as rows.
 *
 * Time and memory O(entities + requirement nodes), and the sorting of the slugs.
 */
export async function readSnapshot(reader: Reader): Promise<GraphSnapshot> {
  const [row] = await reader.$queryRaw<Record<keyof typeof EMPTY, string | null>[]>`
    SELECT
      (SELECT max("number")::text FROM "Revision") AS "revision",
      (SELECT json_agg(json_build_array("id", "slug", "name", "hours"))::text FROM "Skill") AS "skills",
      (SELECT json_agg(json_build_array("id", "slug", "name", "hours"))::text FROM "Project") AS "projects",
      (SELECT json_agg(json_build_array("id", "slug", "name", 0))::text FROM "Role") AS "roles",
      (SELECT json_agg(json_build_array("id", "slug", "name", 0))::text FROM "Roadmap") AS "roadmaps",
      (SELECT json_agg(json_build_array("skillId", "ordinal", "parentOrdinal", "atLeast", "needsId")
        ORDER BY "skillId", "ordinal")::text
        FROM "RequirementNode" WHERE "skillId" IS NOT NULL) AS "ofSkills",
      (SELECT json_agg(json_build_array("projectId", "ordinal", "parentOrdinal", "atLeast", "needsId")
        ORDER BY "projectId", "ordinal")::text
        FROM "RequirementNode" WHERE "projectId" IS NOT NULL) AS "ofProjects",
      (SELECT json_agg(json_build_array("roleId", "ordinal", "parentOrdinal", "atLeast", "needsId")
        ORDER BY "roleId", "ordinal")::text
        FROM "RequirementNode" WHERE "roleId" IS NOT NULL) AS "ofRoles",
      (SELECT json_agg(json_build_array("roadmapId", "ordinal", "parentOrdinal", "atLeast", "needsId")
        ORDER BY "roadmapId", "position", "ordinal")::text
        FROM "RequirementNode" JOIN "RoadmapStep" ON "RoadmapStep"."id" = "roadmapStepId") AS "ofRoadmaps"`;
  const read = row ?? EMPTY;
  const list = <Row>(text: string | null): readonly Row[] => (text === null ? [] : JSON.parse(text));

  const skills = list<NamedRow>(read.skills).toSorted(bySlug);
  const projects = list<NamedRow>(read.projects).toSorted(bySlug);
  const roles = list<NamedRow>(read.roles).toSorted(bySlug);
  const roadmaps = list<NamedRow>(read.roadmaps).toSorted(bySlug);
  const builder = new GraphBuilder(skills.length);
  for (const rows of [skills, projects, roles, roadmaps])
    for (const [, , , hours] of rows) builder.addOwner(Math.round(hours * 100));
  const skillIndex = new Map(skills.map(([id], index) => [id, index]));
  const firstProject = skills.length;
  const firstRole = firstProject + projects.length;
  const firstRoadmap = firstRole + roles.length;
  addRequirements(builder, 0, skills, list(read.ofSkills), skillIndex);
  addRequirements(builder, firstProject, projects, list(read.ofProjects), skillIndex);
  addRequirements(builder, firstRole, roles, list(read.ofRoles), skillIndex);
  addRequirements(builder, firstRoadmap, roadmaps, list(read.ofRoadmaps), skillIndex);
  return {
    revision: Number(read.revision ?? 0),
    graph: builder.finish(),
    skills: toTable(skills),
    projects: toTable(projects),
    roles: toTable(roles),
    roadmaps: toTable(roadmaps),
    firstProject,
    firstRole,
    firstRoadmap,
  };
}

const EMPTY = {
  revision: null,
  skills: null,
  projects: null,
  roles: null,
  roadmaps: null,
  ofSkills: null,
  ofProjects: null,
  ofRoles: null,
  ofRoadmaps: null,
};

function bySlug([, a]: NamedRow, [, b]: NamedRow): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function toTable(rows: readonly NamedRow[]): SnapshotTable {
  const slugs = rows.map(([, slug]) => slug);
  return {
    slugs,
    names: rows.map(([, , name]) => name),
    ids: Int32Array.from(rows, ([id]) => id),
    indexOf: new Map(slugs.map((slug, index) => [slug, index])),
  };
}

/**
 * Adds the requirements of one kind of owner, whose first index is given. An owner with several trees, a
 * roadmap with its steps, requires all of them.
 */
function addRequirements(
  builder: GraphBuilder,
  firstOwner: number,
  owners: readonly NamedRow[],
  nodes: readonly NodeRow[],
  skillIndex: ReadonlyMap<number, number>,
): void {
  const startOf = new Map<number, number>();
  const treesOf = new Map<number, number>();
  nodes.forEach(([owner, , parentOrdinal], at) => {
    if (!startOf.has(owner)) startOf.set(owner, at);
    if (parentOrdinal === null) treesOf.set(owner, (treesOf.get(owner) ?? 0) + 1);
  });
  /** What the groups of the tree at hand are known by to the builder, by ordinal. */
  const groups: number[] = [];
  owners.forEach(([owner], index) => {
    const start = startOf.get(owner);
    if (start === undefined) return;
    const isForest = treesOf.get(owner)! > 1;
    const top = isForest ? builder.addGroup(firstOwner + index, "all") : firstOwner + index;
    for (let at = start; nodes[at]?.[0] === owner; at++) {
      const [, ordinal, parentOrdinal, atLeast, needs] = nodes[at]!;
      const under = parentOrdinal === null ? top : groups[parentOrdinal]!;
      if (needs === null) groups[ordinal] = builder.addGroup(under, atLeast ?? "all");
      else builder.addSkill(under, skillIndex.get(needs)!);
    }
  });
}
