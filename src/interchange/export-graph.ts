import type { SkillMetrics } from "../graph/facts/skill-metrics.ts";
import { eachLeaf, endOfGroups } from "../graph/model/fold.ts";
import { NONE, type PrerequisiteGraph } from "../graph/model/prerequisite-graph.ts";
import { countedUses } from "../planning/explain/because.ts";
import { learningPathSearch } from "../planning/learning-path.ts";
import type { Detail, Details, Links } from "../store/rows/read-details.ts";
import { type GraphSnapshot, indexOfIds } from "../store/snapshot/graph-snapshot.ts";
import { EdgeTable } from "./edge-table.ts";
import {
  EDGE_KINDS,
  type EdgeKind,
  type ExportedGraph,
  type ExportedGroup,
  type ExportedMetrics,
  type ExportedNode,
  type NodeKind,
  type Projection,
} from "./exported-graph.ts";

export interface ExportChoice {
  readonly projection?: Projection;
  /** The owners of a part, as indices of the snapshot's graph; the whole graph when absent. */
  readonly owners?: Iterable<number>;
  /** The figures of all skills, to be exported with them. */
  readonly metrics?: SkillMetrics;
}

/** How many owners are written between two pauses: about a millisecond. */
const OWNERS_AT_ONCE = 500;

/**
 * The graph, or a part of it, as the formats read it. A part has the resources that teach one of its skills. Pauses
 * often, so that others can use the thread.
 *
 * Time O(nodes + edges); for `cheapest` one path more for each requirement that leaves a choice.
 */
export function* exportedGraph(
  snapshot: GraphSnapshot,
  details: Details,
  { projection = "possible", owners, metrics }: ExportChoice = {},
): Generator<void, ExportedGraph> {
  const included = owners === undefined ? undefined : new Set(owners);
  const of = (kind: NodeKind, rows: readonly Detail[], first: number) =>
    rows.map((row, at) => (included?.has(first + at) === false ? undefined : nodeOf(kind, row)));
  const measure = metrics && metricsOf(metrics, details);
  const skills = details.skills.map((row, skill) =>
    included?.has(skill) === false ? undefined : nodeOf("skill", row, measure?.(skill)),
  );
  const projects = of("project", details.projects, snapshot.firstProject);
  const roles = of("role", details.roles, snapshot.firstRole);
  const roadmaps = of("roadmap", details.roadmaps, snapshot.firstRoadmap);
  const skillsById = byId(details.skills, 0);
  const rolesById = byId(details.roles, snapshot.firstRole);
  const projectsById = byId(details.projects, snapshot.firstProject);
  const isThere = (skill: number) => skills[skillsById[skill] ?? -1] !== undefined;
  const teaching = new Set(details.teaches.from.filter((_, at) => isThere(details.teaches.to[at]!)));
  const resources = details.resources.map((row) =>
    included === undefined || teaching.has(row.id) ? nodeOf("resource", row) : undefined,
  );
  const nodes = [...skills, ...projects, ...roles, ...roadmaps, ...resources];
  const { ownerCount } = snapshot.graph;
  const requirements = new Requirements(snapshot.graph, nodes);
  for (let owner = 0; owner < ownerCount; owner++) {
    if (nodes[owner] === undefined) continue;
    if (projection === "possible") requirements.add(owner);
    else yield* requirements.addCheapest(owner);
    if (owner % OWNERS_AT_ONCE === 0) yield;
  }
  const { edges, groups } = requirements;
  const add = (links: Links, from: Int32Array, to: Int32Array, holder: "source" | "target") =>
    addLinks(edges, nodes, links, { from, to, holder });
  add(details.optional, skillsById, rolesById, "target");
  add(details.askedFor, projectsById, rolesById, "target");
  add(details.partOf, skillsById, skillsById, "source");
  add(details.teaches, byId(details.resources, ownerCount), skillsById, "source");
  add(details.practises, projectsById, skillsById, "source");
  add(details.relations, skillsById, skillsById, "source");
  return {
    revision: snapshot.revision,
    projection,
    isPart: included !== undefined,
    nodes: nodes.filter((node) => node !== undefined),
    edges,
    groups,
  };
}

function nodeOf(kind: NodeKind, row: Detail, metrics?: ExportedMetrics): ExportedNode {
  const { slug, name, type, level, hours, summary, url, aliases } = row;
  return { id: `${kind}:${slug}`, kind, slug, name, type, level, hours, summary, url, aliases, metrics };
}

/** The figures of a skill by its index. */
function metricsOf(
  all: SkillMetrics,
  { skills, teaches, practises }: Details,
): (skill: number) => ExportedMetrics {
  const countOf = ({ to }: Links) => {
    const counts = new Map<number, number>();
    for (const skill of to) counts.set(skill, (counts.get(skill) ?? 0) + 1);
    return (skill: number) => counts.get(skills[skill]!.id) ?? 0;
  };
  const taughtBy = countOf(teaches);
  const practisedBy = countOf(practises);
  return (skill) => ({ all, skill, taughtBy: taughtBy(skill), practisedBy: practisedBy(skill) });
}

/** By the id of a row, the place of its node among all; −1 for ids that no row has. `first` is the place of the first row. */
function byId(rows: readonly Detail[], first: number): Int32Array {
  const places = indexOfIds(Int32Array.from(rows, ({ id }) => id));
  return places.map((place) => (place < 0 ? place : first + place));
}

interface Ends {
  /** By id, the places of nodes. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** The end in whose list a link stands. */
  readonly holder: "source" | "target";
}

/**
 * Adds the edges of links whose both ends are there: by the place of the end in whose list they stand, which numbers them,
 * then in the author's order. O(links + rows).
 */
function addLinks(
  edges: EdgeTable,
  nodes: readonly (ExportedNode | undefined)[],
  links: Links,
  { from, to, holder }: Ends,
): void {
  const placeIn = (places: Int32Array, id: number) => places[id] ?? -1;
  const keys =
    holder === "source"
      ? Int32Array.from(links.from, (id) => placeIn(from, id) + 1)
      : Int32Array.from(links.to, (id) => placeIn(to, id) + 1);
  let last = -1;
  let position = 0;
  for (const at of orderOf(keys, nodes.length)) {
    const source = placeIn(from, links.from[at]!);
    const target = placeIn(to, links.to[at]!);
    const kind = typeof links.kind === "string" ? links.kind : links.kind[at]!;
    if (nodes[source] === undefined || nodes[target] === undefined || !isEdgeKind(kind)) continue;
    const owner = holder === "source" ? source : target;
    position = owner === last ? position + 1 : 1;
    last = owner;
    edges.add(source, target, kind, position);
  }
}

/** The order in which keys from 0 to `highest` ascend; equal keys stay in the order in which they are. O(keys + highest). */
function orderOf(keys: Int32Array, highest: number): Int32Array {
  const next = new Int32Array(highest + 2);
  for (const key of keys) next[key + 1]!++;
  for (let key = 1; key <= highest; key++) next[key]! += next[key - 1]!;
  const order = new Int32Array(keys.length);
  for (let at = 0; at < keys.length; at++) order[next[keys[at]!]!++] = at;
  return order;
}

function isEdgeKind(text: string): text is EdgeKind {
  return Object.hasOwn(EDGE_KINDS, text);
}

/** Gathers requirements as edges and groups, owner by owner. */
class Requirements {
  readonly groups: ExportedGroup[] = [];
  readonly edges: EdgeTable;
  readonly #graph: PrerequisiteGraph;
  readonly #nodes: readonly (ExportedNode | undefined)[];

  /** `nodes` has the node of each owner, or nothing where that is left out. */
  constructor(graph: PrerequisiteGraph, nodes: readonly (ExportedNode | undefined)[]) {
    this.#graph = graph;
    this.#nodes = nodes;
    this.edges = new EdgeTable(nodes, this.groups);
  }

  /** The whole requirement of an owner. O(size of the requirement). */
  add(owner: number): void {
    const { requirement, groupStart, groupNeed, members } = this.#graph;
    const target = this.#nodes[owner]!;
    const root = requirement[owner]!;
    if (root === NONE) return;
    if (root >= 0) {
      this.#addEdge(root, owner, 1);
      return;
    }
    const first = ~root;
    /** The groups of the owner that a member has led to; a group stands before the groups inside it. */
    const reached = new Map<number, { readonly group: number; readonly isAlternative: boolean }>();
    const reach = (g: number, parent: ExportedGroup | null, position: number, isAlternative: boolean) => {
      const size = groupStart[g + 1]! - groupStart[g]!;
      const atLeast = groupNeed[g]!;
      const id = `${target.id}#${g - first + 1}`;
      this.groups.push({ id, owner: target, parent, position, atLeast, size });
      reached.set(g, { group: this.groups.length - 1, isAlternative: isAlternative || atLeast < size });
    };
    reach(first, null, 1, false);
    for (let g = first; g < endOfGroups(this.#graph, first); g++) {
      const { group, isAlternative } = reached.get(g)!;
      for (let m = groupStart[g]!; m < groupStart[g + 1]!; m++) {
        const position = m - groupStart[g]! + 1;
        const member = members[m]!;
        if (member < 0) reach(~member, this.groups[group]!, position, isAlternative);
        else this.#addEdge(member, owner, position, { group, isAlternative });
      }
    }
  }

  /** Of the requirement of an owner, what the cheapest path to it takes; all of it where that leaves no choice. */
  *addCheapest(owner: number): Generator<void> {
    const graph = this.#graph;
    const taken = new Set<number>();
    const take = (skill: number) => {
      taken.add(skill);
    };
    if (this.#leavesChoice(owner)) {
      const question = { goals: [owner], known: [], choose: [], avoid: [] };
      const path = yield* learningPathSearch(graph, question);
      // What cannot be met has no path, and so no edges.
      if (path.kind === "path")
        for (const use of countedUses(graph, question, path)) if (use.owner === owner) take(use.skill);
    } else eachLeaf(graph, owner, take);
    for (const [at, skill] of [...taken].entries()) this.#addEdge(skill, owner, at + 1);
  }

  #leavesChoice(owner: number): boolean {
    const { requirement, groupStart, groupNeed } = this.#graph;
    const root = requirement[owner]!;
    if (root === NONE || root >= 0) return false;
    for (let g = ~root; g < endOfGroups(this.#graph, ~root); g++)
      if (groupNeed[g]! < groupStart[g + 1]! - groupStart[g]!) return true;
    return false;
  }

  #addEdge(
    skill: number,
    owner: number,
    position: number,
    where?: { readonly group: number; readonly isAlternative: boolean },
  ): void {
    if (this.#nodes[skill] !== undefined) this.edges.add(skill, owner, "PREREQUISITE", position, where);
  }
}
