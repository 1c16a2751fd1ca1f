import { GraphBuilder } from "../../graph/model/graph-builder.ts";
import type { Prisma } from "../generated/client/client.ts";
import { type GraphSnapshot, indexOfIds, SlugIndex, type SnapshotTable } from "./graph-snapshot.ts";
import { meritsOf } from "./merits.ts";
import { type NamedRows, readNamedRows } from "./named-rows.ts";
import { readOutline } from "./outline.ts";
import { readRequirements } from "./read-requirements.ts";
import { TextList } from "./text-list.ts";

/** Reads with or without a transaction around. */
export type Reader = Pick<Prisma.TransactionClient, "$queryRaw">;

/** The number of the newest revision; 0 for an empty database. One statement. */
export async function readRevision(reader: Reader): Promise<number> {
  const [row] = await reader.$queryRaw<{ revision: number }[]>`
    SELECT coalesce(max("number"), 0)::int AS "revision" FROM "Revision"`;
  return row?.revision ?? 0;
}

/** How many rows one statement reads: a few megabytes of JSON. */
export interface PieceSizes {
  readonly entities: number;
  readonly nodes: number;
}

const PIECES: PieceSizes = { entities: 50_000, nodes: 200_000 };

/**
 * Reads the structure of the graph, in pieces that go straight into typed arrays: no list of all rows is ever
 * held. The reader must see one state of the database throughout: see `atOneState`.
 *
 * Time O(entities + requirement nodes), and the sorting of slugs that do not come sorted; memory that of the
 * snapshot and of what `GraphBuilder` holds. (One JSON text of all rows took twice the time at 10⁶ skills with
 * 6.4·10⁶ nodes, and at three times as many would pass what a JavaScript string can hold.)
 */
export async function readSnapshot(reader: Reader, pieces = PIECES): Promise<GraphSnapshot> {
  const revision = await readRevision(reader);
  const skills = await readNamedRows(reader, "Skill", pieces.entities);
  const projects = await readNamedRows(reader, "Project", pieces.entities);
  const roles = await readNamedRows(reader, "Role", pieces.entities);
  const roadmaps = await readNamedRows(reader, "Roadmap", pieces.entities);
  const firstProject = skills.slugs.length;
  const firstRole = firstProject + projects.slugs.length;
  const firstRoadmap = firstRole + roles.slugs.length;

  const builder = new GraphBuilder(skills.slugs.length);
  for (const { costs } of [skills, projects, roles, roadmaps])
    for (const cost of costs) builder.addOwner(cost);
  const places = {
    skill: placesOf(skills, 0),
    project: placesOf(projects, firstProject),
    role: placesOf(roles, firstRole),
    roadmap: placesOf(roadmaps, firstRoadmap),
  };
  await readRequirements(reader, builder, places, pieces.nodes);
  const graph = builder.finish();
  const outline = await readOutline(reader);
  const merits = meritsOf(graph, skills.ids, outline.support, { first: firstRole, end: firstRoadmap });
  return {
    revision,
    graph: { ...graph, merits },
    skills: toTable(skills),
    projects: toTable(projects),
    roles: toTable(roles),
    roadmaps: toTable(roadmaps),
    firstProject,
    firstRole,
    firstRoadmap,
    outline,
  };
}

function placesOf({ ids }: NamedRows, first: number): (id: number) => number {
  const indices = indexOfIds(ids);
  return (id) => first + indices[id]!;
}

function toTable({ slugs, names, ids, former }: NamedRows): SnapshotTable {
  const list = TextList.of(slugs);
  return { slugs: list, names: TextList.of(names), ids, indexOf: new SlugIndex(list), former };
}
