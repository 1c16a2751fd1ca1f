import type { SkillMetrics } from "../graph/facts/skill-metrics.ts";

/**
 * The graph as the export formats read it: nodes, edges and groups, each with what it says of itself. All lists are in
 * an order that depends on nothing but the graph, so that equal graphs give equal bytes.
 */
export interface ExportedGraph {
  readonly revision: number;
  readonly projection: Projection;
  /** Whether it is only a part of the graph: then requirements may have members that are not in it. */
  readonly isPart: boolean;
  /** Skills, projects, roles, roadmaps, resources; each kind in the order of slugs. */
  readonly nodes: readonly ExportedNode[];
  /** By kind, then in the order of the nodes whose list they stand in, then in the author's order. */
  readonly edges: Rows<ExportedEdge>;
  /** In the order of their owners, each before the groups inside it. */
  readonly groups: readonly ExportedGroup[];
}

/** A list whose rows may be made when they are read. */
export interface Rows<Row> extends Iterable<Row> {
  readonly length: number;
  at(index: number): Row | undefined;
}

/**
 * What becomes of requirements that leave a choice. `possible`: every prerequisite that some way may take is an edge, and
 * groups say how many of them are needed. `cheapest`: of each requirement only the members that the cheapest path to
 * its owner takes are edges; all of them are needed, and there are no groups.
 */
export const PROJECTIONS = ["possible", "cheapest"] as const;
export type Projection = (typeof PROJECTIONS)[number];

export const NODE_KINDS = ["skill", "project", "role", "roadmap", "resource"] as const;
export type NodeKind = (typeof NODE_KINDS)[number];

export interface ExportedNode {
  /** Kind and slug, such as `skill:python`: two kinds may share a slug. */
  readonly id: string;
  readonly kind: NodeKind;
  readonly slug: string;
  readonly name: string;
  /** What sort of thing it is, such as LANGUAGE. */
  readonly type: string | null;
  readonly level: string | null;
  readonly hours: number | null;
  readonly summary: string;
  readonly url: string | null;
  readonly aliases: readonly string[];
  /** Of skills, their figures in the whole graph; absent where nobody asked for them. */
  readonly metrics?: ExportedMetrics | undefined;
}

/** Read where they are: an object with all figures of each skill would take 10 MB at 14,000 skills. */
export interface ExportedMetrics {
  /** Those of all skills, by index. */
  readonly all: SkillMetrics;
  readonly skill: number;
  /** How many resources teach it. */
  readonly taughtBy: number;
  /** How many projects practise it. */
  readonly practisedBy: number;
}

/** What an edge says of its first end and its second. */
export const EDGE_KINDS = {
  PREREQUISITE: "The requirement of the target names the source, a skill.",
  OPTIONAL: "The source, a skill, helps in the target, a role.",
  ASKED_FOR: "The source, a project, is one that the target, a role, asks for.",
  PART_OF: "The source is part of the target.",
  TEACHES: "The source, a resource, teaches the target.",
  PRACTISES: "The source, a project, practises the target.",
  PREVENTS: "The source protects against the target.",
  USED_WITH: "The source is used together with the target.",
  INSTANCE_OF: "The source is an instance of the target.",
  PROVIDES: "The source implements or provides the target.",
  CONTRASTS_WITH: "The source contrasts with the target.",
} as const;
export type EdgeKind = keyof typeof EDGE_KINDS;

export interface ExportedEdge {
  /** From prerequisite to dependent. */
  readonly source: ExportedNode;
  readonly target: ExportedNode;
  readonly kind: EdgeKind;
  /** Of a prerequisite: the group of the target's requirement that it is a member of, if it is in one. */
  readonly group: ExportedGroup | null;
  /** Its place among the members of the group, from 1; of other edges, in the author's list. */
  readonly position: number;
  /** Whether the target can do without, because a group above needs fewer than all its members. */
  readonly isAlternative: boolean;
}

/** A group of a requirement: so many of its members are needed. */
export interface ExportedGroup {
  /** The owner's id and a number, such as `skill:django#1`. */
  readonly id: string;
  readonly owner: ExportedNode;
  /** The group that it is a member of; null for the outermost. */
  readonly parent: ExportedGroup | null;
  /** Its place among the members of that group, from 1. */
  readonly position: number;
  /** How many members are needed. */
  readonly atLeast: number;
  /** How many members it has, those outside an exported part included. */
  readonly size: number;
}

/** A requirement, or a part of one, as a tree. */
export type ExportedRequirement = ExportedEdge | ExportedBranch;
export interface ExportedBranch {
  readonly group: ExportedGroup;
  /** In the author's order. */
  readonly of: readonly ExportedRequirement[];
}

/** Whether it has members. @internal For tests. */
export function isBranch(requirement: ExportedRequirement): requirement is ExportedBranch {
  return "of" in requirement;
}

/**
 * The requirements of all nodes that have one, as trees, put together from edges and groups. O(edges + groups).
 * @internal For tests: what is exported is all there.
 */
export function requirementTrees({ edges, groups }: ExportedGraph): Map<ExportedNode, ExportedRequirement> {
  const trees = new Map<ExportedNode, ExportedRequirement>();
  const members = new Map<ExportedGroup, { readonly at: number; readonly member: ExportedRequirement }[]>();
  const branches = new Map<ExportedGroup, { group: ExportedGroup; of: ExportedRequirement[] }>();
  const put = (
    parent: ExportedGroup | null,
    owner: ExportedNode,
    at: number,
    member: ExportedRequirement,
  ) => {
    if (parent === null) trees.set(owner, member);
    else members.get(parent)?.push({ at, member });
  };
  for (const group of groups) {
    const branch = { group, of: [] };
    members.set(group, []);
    branches.set(group, branch);
    put(group.parent, group.owner, group.position, branch);
  }
  for (const edge of edges)
    if (edge.kind === "PREREQUISITE") put(edge.group, edge.target, edge.position, edge);
  for (const [group, list] of members)
    branches.get(group)!.of = list.sort((a, b) => a.at - b.at).map(({ member }) => member);
  return trees;
}

/** What a format says of itself to whoever opens the file: where it is from, and what it leaves out. */
export function noteOf({ revision, projection, isPart }: ExportedGraph, lacks: string): string {
  const what = isPart ? "A part of a skills graph" : "A skills graph";
  const edges = "Edges run from prerequisite to dependent.";
  const choice =
    projection === "cheapest"
      ? " Of requirements that leave a choice, it has the members that the cheapest path takes."
      : "";
  return `${what} at revision ${revision}. ${edges}${choice} Not in this file: ${lacks}.`;
}
