import { branchSkills } from "../../graph/model/fold.ts";
import { withValues } from "../../graph/model/integers.ts";
import type { PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";
import type { Basis } from "../generated/client/enums.ts";

/** How firmly a citation supports what it stands at, in hundredths. The editors' own word supports nothing. */
const FIRMNESS: Readonly<Record<Basis, number>> = {
  EXPLICIT: 300,
  IMPLIED: 200,
  ORDERING: 100,
  EDITORIAL: 0,
};
/** Passages beyond so many count no more: they must not outweigh a document. */
const MAX_PASSAGES = 99;

/** How firmly documents support a skill, in SQL, by its citations grouped by document as `DOCUMENTS_SQL` has them. */
export const SUPPORT_SQL = `(sum("firmness") + least(sum("passages"), ${MAX_PASSAGES}))::int`;
export const DOCUMENTS_SQL = `max(CASE "basis"${Object.entries(FIRMNESS)
  .map(([basis, firmness]) => ` WHEN '${basis}' THEN ${firmness}`)
  .join("")} END) AS "firmness", count(*) FILTER (WHERE "basis" <> 'EDITORIAL') AS "passages"`;

interface Support {
  readonly document: string;
  readonly basis: Basis;
}

/**
 * How firmly documents support a row, in hundredths: of each document its firmest citation, and one for each passage, so that
 * of two rows in the same documents the one that they speak of more often has more.
 */
export function supportBy(citations: readonly Support[]): number {
  const firmest = new Map<string, number>();
  for (const { document, basis } of citations)
    firmest.set(document, Math.max(FIRMNESS[basis], firmest.get(document) ?? 0));
  const passages = citations.filter(({ basis }) => basis !== "EDITORIAL").length;
  return [...firmest.values()].reduce((sum, firmness) => sum + firmness, Math.min(passages, MAX_PASSAGES));
}

/** What `SUPPORT` is counted in. */
export const PER_SUPPORT = 100;

/** The places of the merits that `meritsOf` makes. */
export const MERITS = ["SUPPORT", "DEMAND"] as const;

/** The roles among the owners of a graph: from the first up to before `end`. */
interface Roles {
  readonly first: number;
  readonly end: number;
}

/**
 * The merits of the skills of a snapshot, in the order of `MERITS`: how firmly documents support each, and how many roles name it in
 * their requirement. None where no document supports any skill: roles alone then decide nothing. O(skills + what roles
 * require).
 */
export function meritsOf(
  graph: PrerequisiteGraph,
  ids: Int32Array,
  support: ReadonlyMap<number, number>,
  roles: Roles,
): readonly Int32Array[] {
  if (support.size === 0) return [];
  return [ids.map((id) => support.get(id) ?? 0), demandBy(graph, roles)];
}

/**
 * The merits after a change, when `graph` still has those from before: other support for these skills, and another
 * demand where roles have changed. What does not differ is shared; arrays of a graph that is `isOwn` are written over.
 */
export function patchedMerits(
  graph: PrerequisiteGraph,
  ids: Int32Array,
  support: ReadonlyMap<number, number>,
  roles: Roles,
  changed: { readonly skills: readonly number[]; readonly areRoles: boolean; readonly isOwn: boolean },
): PrerequisiteGraph["merits"] {
  const [before, demand] = graph.merits;
  if (support.size === 0 && before === undefined) return graph.merits;
  if (support.size === 0 || before === undefined || demand === undefined)
    return meritsOf(graph, ids, support, roles);
  const supported = new Map(changed.skills.map((skill) => [skill, support.get(ids[skill]!) ?? 0]));
  const now = [
    withValues(before, supported, changed.isOwn),
    changed.areRoles ? sameOr(demand, demandBy(graph, roles)) : demand,
  ];
  return now.every((merit, at) => merit === graph.merits[at]) ? graph.merits : now;
}

function demandBy(graph: PrerequisiteGraph, roles: Roles): Int32Array {
  const demand = new Int32Array(graph.skillCount);
  for (let role = roles.first; role < roles.end; role++)
    for (const skill of branchSkills(graph, graph.requirement[role]!)) demand[skill]!++;
  return demand;
}

function sameOr(before: Int32Array, now: Int32Array): Int32Array {
  return before.length === now.length && before.every((figure, at) => figure === now[at]) ? before : now;
}
