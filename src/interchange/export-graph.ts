import type { SkillMetrics } from "../graph/facts/skill-metrics.ts";
import { eachLeaf, endOfGroups } from "../graph/model/fold.ts";
import { NONE, type PrerequisiteGraph } from "../graph/model/prerequisite-graph.ts";
import { countedUses } from "../planning/explain/because.ts";
import { learningPathSearch } from "../planning/learning-path.ts";
import type { Detail, Details, Link } from "../store/rows/read-details.ts";
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
  const skills = of("skill", details.skills, 0).map(
    (node, skill) => node && (measure ? { ...node, metrics: measure(skill) } : node),
  );
  const projects = of("project", details.projects, snapshot.firstProject);
  const roles = of("role", details.roles, snapshot.firstRole);
  const roadmaps = of("roadmap", details.roadmaps, snapshot.firstRoadmap);
  const skillOf = byId(details.skills, skills);
  const roleOf = byId(details.roles, roles);
  const projectOf = byId(details.projects, projects);
  const teaching = new Set(details.teaches.flatMap(([from, to]) => (skillOf(to) ? [from] : [])));
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
  const links = [
    ...linksOf(details.optional, skillOf, roleOf, false),
    ...linksOf(details.partOf, skillOf, skillOf, true),
    ...linksOf(details.teaches, byId(details.resources, resources), skillOf, true),
    ...linksOf(details.practises, projectOf, skillOf, true),
    ...linksOf(details.relations, skillOf, skillOf, true),
  ];
  const { edges, groups } = requirements;
  return {
    revision: snapshot.revision,
    projection,
    isPart: included !== undefined,
    nodes: [...nodes, ...resources].filter((node) => node !== undefined),
    edges: [...edges, ...links],
    groups,
  };
}

function nodeOf(kind: NodeKind, { id: _id, ...row }: Detail): ExportedNode {
  return { id: `${kind}:${row.slug}`, kind, ...row };
}

/** The figures of a skill by its index. */
function metricsOf(
  all: SkillMetrics,
  { skills, teaches, practises }: Details,
): (skill: number) => ExportedMetrics {
  const countOf = (links: readonly Link[]) => {
    const counts = new Map<number, number>();
    for (const [, skill] of links) counts.set(skill, (counts.get(skill) ?? 0) + 1);
    return (skill: number) => counts.get(skills[skill]!.id) ?? 0;
  };
  const taughtBy = countOf(teaches);
  const practisedBy = countOf(practises);
  return (skill) => ({
    dependents: all.dependents[skill]!,
    blocking: all.blocking[skill]!,
    delay: all.delay[skill]!,
    redundant: all.redundant[skill]!,
    betweenness: all.betweenness[skill]!,
    isNeeded: all.isNeeded[skill] === 1,
    taughtBy: taughtBy(skill),
    practisedBy: practisedBy(skill),
  });
}

type NodeOf = (id: number) => ExportedNode | undefined;

function byId(rows: readonly Detail[], nodes: readonly (ExportedNode | undefined)[]): NodeOf {
  const places = indexOfIds(Int32Array.from(rows, ({ id }) => id));
  return (id) => nodes[places[id] ?? -1];
}

/** The edges of links whose both ends are there: sorted by the end in whose list they stand, which numbers them. */
function linksOf(links: readonly Link[], sourceOf: NodeOf, targetOf: NodeOf, bySource: boolean) {
  const edges = links.flatMap(([from, to, written]) => {
    const source = sourceOf(from);
    const target = targetOf(to);
    return source && target && isEdgeKind(written) ? [{ source, target, kind: written }] : [];
  });
  const holder = ({ source, target }: (typeof edges)[number]) => (bySource ? source : target).slug;
  // The sort is stable: within a list the author's order stays.
  edges.sort((a, b) => (holder(a) < holder(b) ? -1 : holder(a) > holder(b) ? 1 : 0));
  let position = 0;
  return edges.map((edge, at): ExportedEdge => {
    const before = edges[at - 1];
    position = before !== undefined && holder(before) === holder(edge) ? position + 1 : 1;
    return { ...edge, group: null, position, isAlternative: false };
  });
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
