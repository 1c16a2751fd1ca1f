import type { ExportedGraph, ExportedGroup, ExportedNode } from "./exported-graph.ts";

/** What Graphviz and Mermaid draw: groups that leave a choice, and groups inside those, are nodes of their own. */
export interface Drawing {
  readonly nodes: readonly ExportedNode[];
  /** Each with what it says, such as "2 of 3" or "all". */
  readonly groups: readonly { readonly id: string; readonly label: string }[];
  /** To be read once. */
  readonly edges: Iterable<DrawnEdge>;
}

export interface DrawnEdge {
  /** Ids of nodes or groups. */
  readonly source: string;
  readonly target: string;
  /** What the edge is, where it is no prerequisite. */
  readonly label: string | undefined;
}

/** O(nodes + edges + groups). */
export function drawingOf({ nodes, edges, groups }: ExportedGraph): Drawing {
  /** By group: the id of the node that its members lead to, and whether the owner may do without it. */
  const drawn = new Map<ExportedGroup, { readonly id: string; readonly isInChoice: boolean }>();
  const ends = (group: ExportedGroup | null, owner: ExportedNode) =>
    (group && drawn.get(group)) ?? { id: owner.id, isInChoice: false };
  const shown: { id: string; label: string }[] = [];
  const fromGroups: DrawnEdge[] = [];
  for (const group of groups) {
    const { id, owner, parent, atLeast, size } = group;
    const above = ends(parent, owner);
    const isInChoice = above.isInChoice || atLeast < size;
    drawn.set(group, isInChoice ? { id, isInChoice } : above);
    if (!isInChoice) continue;
    shown.push({ id, label: atLeast < size ? `${atLeast} of ${size}` : "all" });
    fromGroups.push({ source: id, target: above.id, label: undefined });
  }
  function* lines(): Generator<DrawnEdge> {
    yield* fromGroups;
    for (const { source, target, kind, group } of edges) {
      const label = kind === "PREREQUISITE" ? undefined : kind.toLowerCase().replaceAll("_", " ");
      yield { source: source.id, target: ends(group, target).id, label };
    }
  }
  return { nodes, groups: shown, edges: lines() };
}
