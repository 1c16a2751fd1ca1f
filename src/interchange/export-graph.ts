import type { SkillMetrics } from "../graph/facts/skill-metrics.ts";
import { eachLeaf, endOfGroups } from "../graph/model/fold.ts";
import { NONE, type PrerequisiteGraph } from "../graph/model/prerequisite-graph.ts";
import { countedUses } from "../planning/explain/because.ts";
import { learningPathSearch } from "../planning/learning-path.ts";
import type { Detail, Details, Links } from "../store/rows/read-details.ts";
import { type GraphSnapshot, indexOfIds } from "../store/snapshot/graph-snapshot.ts";
import {
  EDGE_KINDS,
  type EdgeKind,
  type ExportedEdge,
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
  const skillsById = byId(details.skills, skills);
  const rolesById = byId(details.roles, roles);
  const projectsById = byId(details.projects, projects);
  const isThere = (skill: number) => skills[skillsById.places[skill] ?? -1] !== undefined;
  const teaching = new Set(details.teaches.from.filter((_, at) => isThere(details.teaches.to[at]!)));
  const resources = details.resources.map((row) =>
    included === undefined || teaching.has(row.id) ? nodeOf("resource", row) : undefined,
  );
  const nodes = [...skills, ...projects, ...roles, ...roadmaps];
  const requirements = new Requirements(snapshot.graph, nodes);
  for (let owner = 0; owner < nodes.length; owner++) {
    if (nodes[owner] === undefined) continue;
    if (projection === "possible") requirements.add(owner);
    else yield* requirements.addCheapest(owner);
    if (owner % OWNERS_AT_ONCE === 0) yield;
  }
  const { edges, groups } = requirements;
  addLinks(edges, details.optional, skillsById, rolesById, "target");
  addLinks(edges, details.partOf, skillsById, skillsById, "source");
  addLinks(edges, details.teaches, byId(details.resources, resources), skillsById, "source");
  addLinks(edges, details.practises, projectsById, skillsById, "source");
  addLinks(edges, details.relations, skillsById, skillsById, "source");
  return {
    revision: snapshot.revision,
    projection,
    isPart: included !== undefined,
    nodes: [...nodes, ...resources].filter((node) => node !== undefined),
    edges,
    groups,
  };
}

function nodeOf(kind: NodeKind, row: Detail, metrics?: ExportedMetrics): ExportedNode {
  const { slug, name, type, level, hours, summary, url, aliases } = row;
  const node = { id: `${kind}:${slug}`, kind, slug, name, type, level, hours, summary, url, aliases };
  return metrics === undefined ? node : { ...node, metrics };
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
  return (skill) => ({
    dependents: all.dependents[skill]!,
    blocking: all.blocking[skill]!,
    delay: all.delay[skill]!,
    complexity: all.complexity[skill]!,
    centrality: all.centrality[skill]!,
    redundant: all.redundant[skill]!,
    betweenness: all.betweenness[skill]!,
    isNeeded: all.isNeeded[skill] === 1,
    taughtBy: taughtBy(skill),
    practisedBy: practisedBy(skill),
  });
}

/** The nodes of rows, some of which may be left out, and the place of each row by its id. */
interface NodesById {
  readonly nodes: readonly (ExportedNode | undefined)[];
  readonly places: Int32Array;
}

function byId(rows: readonly Detail[], nodes: NodesById["nodes"]): NodesById {
  return { nodes, places: indexOfIds(Int32Array.from(rows, ({ id }) => id)) };
}

/**
 * Adds the edges of links whose both ends are there: by the place of the end in whose list they stand, which numbers them,
 * then in the author's order. O(links + rows).
 */
function addLinks(
  edges: ExportedEdge[],
  links: Links,
  from: NodesById,
  to: NodesById,
  holder: "source" | "target",
): void {
  const { places, nodes } = holder === "source" ? from : to;
  const keys = Int32Array.from(holder === "source" ? links.from : links.to, (id) => (places[id] ?? -1) + 1);
  let last: ExportedNode | undefined;
  let position = 0;
  for (const at of orderOf(keys, nodes.length)) {
    const source = from.nodes[from.places[links.from[at]!] ?? -1];
    const target = to.nodes[to.places[links.to[at]!] ?? -1];
    const kind = typeof links.kind === "string" ? links.kind : links.kind[at]!;
    if (source === undefined || target === undefined || !isEdgeKind(kind)) continue;
    const owner = holder === "source" ? source : target;
    position = owner === last ? position + 1 : 1;
    last = owner;
    edges.push({ source, target, kind, group: null, position, isAlternative: false });
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
  readonly edges: ExportedEdge[] = [];
  readonly groups: ExportedGroup[] = [];
  readonly #graph: PrerequisiteGraph;
  readonly #nodes: readonly (ExportedNode | undefined)[];

  /** `nodes` has the node of each owner, or nothing where that is left out. */
  constructor(graph: PrerequisiteGraph, nodes: readonly (ExportedNode | undefined)[]) {
    this.#graph = graph;
    this.#nodes = nodes;
  }

  /** The whole requirement of an owner. O(size of the requirement). */
  add(owner: number): void {
    const { requirement, groupStart, groupNeed, members } = this.#graph;
    const target = this.#nodes[owner]!;
    const root = requirement[owner]!;
    if (root === NONE) return;
    if (root >= 0) {
      this.#addEdge(root, target, null, 1, false);
      return;
    }
    const first = ~root;
    /** The groups of the owner that a member has led to; a group stands before the groups inside it. */
    const reached = new Map<number, { readonly group: ExportedGroup; readonly isAlternative: boolean }>();
    const reach = (g: number, parent: ExportedGroup | null, position: number, isAlternative: boolean) => {
      const size = groupStart[g + 1]! - groupStart[g]!;
      const atLeast = groupNeed[g]!;
      const id = `${target.id}#${g - first + 1}`;
      const group = { id, owner: target, parent, position, atLeast, size };
      this.groups.push(group);
      reached.set(g, { group, isAlternative: isAlternative || atLeast < size });
    };
    reach(first, null, 1, false);
    for (let g = first; g < endOfGroups(this.#graph, first); g++) {
      const { group, isAlternative } = reached.get(g)!;
      for (let m = groupStart[g]!; m < groupStart[g + 1]!; m++) {
        const position = m - groupStart[g]! + 1;
        const member = members[m]!;
        if (member < 0) reach(~member, group, position, isAlternative);
        else this.#addEdge(member, target, group, position, isAlternative);
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
        for (const use of countedUses(graph, question, path.skills)) if (use.owner === owner) take(use.skill);
    } else eachLeaf(graph, owner, take);
    for (const [at, skill] of [...taken].entries())
      this.#addEdge(skill, this.#nodes[owner]!, null, at + 1, false);
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
    target: ExportedNode,
    group: ExportedGroup | null,
    position: number,
    isAlternative: boolean,
  ): void {
    const source = this.#nodes[skill];
    if (source !== undefined)
      this.edges.push({ source, target, kind: "PREREQUISITE", group, position, isAlternative });
  }
}
