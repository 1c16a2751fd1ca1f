import { branchLeaves } from "../../graph/model/fold.ts";
import { NONE, type PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";
import { Prisma } from "../generated/client/client.ts";
import type { Reader } from "./build-snapshot.ts";
import { type GraphSnapshot, indexOfIds } from "./graph-snapshot.ts";
import { DOCUMENTS_SQL, SUPPORT_SQL } from "./merits.ts";
import type { OwnerRow } from "./owner-rows.ts";

/** What a snapshot knows of skills and roadmaps, requirements aside. By database ids, which later snapshots keep. */
export interface Outline {
  /** The wider skills of each skill that has any, in the author's order. */
  readonly wholes: ReadonlyMap<number, readonly number[]>;
  /** The roadmaps whose steps have an order. */
  readonly orderedRoadmaps: ReadonlySet<number>;
  /** How firmly documents support each skill that they support: see `supportBy`. */
  readonly support: ReadonlyMap<number, number>;
}

/** Reads the outline. One statement. O(what it holds). */
export async function readOutline(reader: Reader): Promise<Outline> {
  const [read] = await reader.$queryRaw<
    { parts: string | null; ordered: string | null; support: string | null }[]
  >`
    SELECT
      (SELECT json_agg(json_build_array("id", "support"))::text FROM (
        SELECT "subjectId" AS "id", ${Prisma.raw(SUPPORT_SQL)} AS "support" FROM (
          SELECT "subjectId", ${Prisma.raw(DOCUMENTS_SQL)} FROM "Citation"
          WHERE "subjectKind" = 'SKILL' GROUP BY "subjectId", "documentId"
        ) AS firmest GROUP BY "subjectId"
      ) AS supported WHERE "support" > 0) AS "support",
      (SELECT json_agg(json_build_array("partId", "wholeId") ORDER BY "id")::text FROM "PartOf") AS "parts",
      (SELECT json_agg("id")::text FROM "Roadmap" WHERE "ordered") AS "ordered"`;
  const ids = (text: string | null | undefined): readonly number[] => JSON.parse(text ?? "[]");
  const pairs: readonly [part: number, whole: number][] = JSON.parse(read?.parts ?? "[]");
  const support: readonly [skill: number, support: number][] = JSON.parse(read?.support ?? "[]");
  const wholes = new Map<number, number[]>();
  for (const [part, whole] of pairs) {
    const list = wholes.get(part);
    if (list === undefined) wholes.set(part, [whole]);
    else list.push(whole);
  }
  return { wholes, orderedRoadmaps: new Set(ids(read?.ordered)), support: new Map(support) };
}

/** The changed rows of a table, as they are now, and the ids that are no longer there. */
interface RowChanges {
  readonly stored: readonly OwnerRow[];
  readonly gone: readonly number[];
}

/**
 * The outline after a change, which shares with the one before what has not changed. `idOf` finds skills by their
 * slugs. O(changed rows), and a copy of each collection that changes.
 */
export function patchedOutline(
  last: Outline,
  skills: RowChanges,
  roadmaps: RowChanges,
  idOf: (slug: string) => number,
): Outline {
  const wholes = new Map<number, readonly number[]>();
  const support = new Map<number, number>();
  for (const row of skills.stored) {
    wholes.set(row.id, row.wholes.map(idOf));
    support.set(row.id, row.support);
  }
  for (const id of skills.gone) {
    wholes.set(id, []);
    support.set(id, 0);
  }
  return {
    wholes: patchedMap(last.wholes, wholes, [], (list) => list.length > 0),
    support: patchedMap(last.support, support, 0, (figure) => figure > 0),
    orderedRoadmaps: patchedSet(last.orderedRoadmaps, roadmaps, ({ isOrdered }) => isOrdered),
  };
}

/** A map after changes of some values, which holds those that `isKept`; `none` stands for all others. */
function patchedMap<Value>(
  last: ReadonlyMap<number, Value>,
  changes: ReadonlyMap<number, Value>,
  none: Value,
  isKept: (value: Value) => boolean,
): ReadonlyMap<number, Value> {
  const differing = [...changes].filter(([id, now]) => String(last.get(id) ?? none) !== String(now));
  if (differing.length === 0) return last;
  const copy = new Map(last);
  for (const [id, now] of differing) {
    if (isKept(now)) copy.set(id, now);
    else copy.delete(id);
  }
  return copy;
}

function patchedSet(
  last: ReadonlySet<number>,
  { stored, gone }: RowChanges,
  has: (row: OwnerRow) => boolean,
): ReadonlySet<number> {
  const now = new Map<number, boolean>();
  for (const row of stored) now.set(row.id, has(row));
  for (const id of gone) now.set(id, false);
  const differing = [...now].filter(([id, isIn]) => last.has(id) !== isIn);
  if (differing.length === 0) return last;
  const copy = new Set(last);
  for (const [id, isIn] of differing) {
    if (isIn) copy.add(id);
    else copy.delete(id);
  }
  return copy;
}

/** Per skill some others, in index order of the skills. */
export type SkillLists = ReadonlyMap<number, readonly number[]>;

interface PartLists {
  readonly parts: SkillLists;
  readonly wholes: SkillLists;
}

const partLists = new WeakMap<GraphSnapshot, PartLists>();

/**
 * Per skill the skills that are part of it, in index order, and the wider skills that it is part of, in the author's
 * order; by indices, worked out once for each snapshot. O(skills) where skills have parts.
 */
export function partListsOf(snapshot: GraphSnapshot): PartLists {
  const before = partLists.get(snapshot);
  if (before !== undefined) return before;
  const parts = new Map<number, number[]>();
  const wholes = new Map<number, readonly number[]>();
  const { outline, skills } = snapshot;
  const indices = outline.wholes.size === 0 ? undefined : indexOfIds(skills.ids);
  for (let part = 0; indices !== undefined && part < skills.ids.length; part++) {
    const of = outline.wholes.get(skills.ids[part]!)?.map((id) => indices[id]!);
    if (of === undefined) continue;
    wholes.set(part, of);
    for (const whole of of) {
      const list = parts.get(whole);
      if (list === undefined) parts.set(whole, [part]);
      else list.push(part);
    }
  }
  const found = { parts, wholes };
  partLists.set(snapshot, found);
  return found;
}

/** How skills belong together and follow one another in the eyes of authors; by indices. */
interface Guide {
  /** The topic of each skill that has one: see `topicsOf`. */
  readonly topicOf: ReadonlyMap<number, number>;
  /** The ordered roadmaps that are stored, by slug, with the skills of each step. */
  readonly roadmaps: readonly (readonly (readonly number[])[])[];
  /** The indices of these roadmaps. */
  readonly orderedRoadmaps: readonly number[];
}

const guides = new WeakMap<GraphSnapshot, Guide>();

/** The guide of a snapshot, worked out once. O(what the outline holds). */
export function guideOf(snapshot: GraphSnapshot): Guide {
  const before = guides.get(snapshot);
  if (before !== undefined) return before;
  const { outline, roadmaps, graph, firstRoadmap } = snapshot;
  const orderedRoadmaps = [...roadmaps.ids.keys()].filter((at) =>
    outline.orderedRoadmaps.has(roadmaps.ids[at]!),
  );
  const guide = {
    topicOf: topicsOf(partListsOf(snapshot), snapshot.skills.ids.length),
    roadmaps: orderedRoadmaps.map((at) => stepsOf(graph, firstRoadmap + at)),
    orderedRoadmaps,
  };
  guides.set(snapshot, guide);
  return guide;
}

/** What more than this share of all skills is part of is what the graph is about, and no topic in it. */
const SUBJECT_SHARE = 0.5;

/**
 * The topic of each skill that is part of another, or has parts: the widest that it is part of, or itself. Where that is
 * the subject of the graph, such as backend development, the widest below it; the subject only where there is none.
 * O(skills · depth).
 */
function topicsOf({ parts, wholes }: PartLists, skills: number): ReadonlyMap<number, number> {
  const inside = new Map<number, number>();
  for (const part of wholes.keys()) {
    const above = new Set(wholes.get(part));
    for (const whole of above) for (const wider of wholes.get(whole) ?? []) above.add(wider);
    for (const whole of above) inside.set(whole, (inside.get(whole) ?? 0) + 1);
  }
  const isSubject = (whole: number) =>
    inside.get(whole)! > skills * SUBJECT_SHARE && parts.get(whole)!.some((part) => parts.has(part));
  const topics = new Map<number, number>();
  for (const skill of new Set([...wholes.keys(), ...parts.keys()])) {
    const chain = new Set([skill]);
    let widest = skill;
    for (const at of chain) {
      widest = at;
      const wider = wholes.get(at)?.find((whole) => !isSubject(whole));
      if (wider !== undefined) chain.add(wider);
    }
    if (widest === skill && !parts.has(skill)) widest = wholes.get(skill)![0]!;
    topics.set(skill, widest);
  }
  return topics;
}

/** The skills of each step of a roadmap: its requirement is all of the steps' requirements. */
function stepsOf(graph: PrerequisiteGraph, roadmap: number): number[][] {
  const root = graph.requirement[roadmap]!;
  if (root >= 0 || root === NONE) return [branchLeaves(graph, root)];
  const { groupStart, members } = graph;
  return Array.from(members.subarray(groupStart[~root], groupStart[~root + 1]), (member) =>
    branchLeaves(graph, member),
  );
}
