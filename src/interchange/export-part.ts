import { subgraph } from "../graph/facts/subgraph.ts";
import type { GraphSnapshot } from "../store/snapshot/graph-snapshot.ts";
import { didYouMean } from "../words/closest-words.ts";

/** A part of the graph that cannot be exported. The message is for whoever asked. */
export class ExportPartError extends Error {}

const OR = new Intl.ListFormat("en-GB", { type: "disjunction" });

/** Which way a part goes from its roots. */
export const PART_DIRECTIONS = ["prerequisites", "dependents"] as const;

export interface ExportPart {
  /** Slugs of skills, projects, roles or roadmaps; where two kinds share one, with the kind: `role:tester`. */
  readonly roots: readonly string[];
  readonly direction?: (typeof PART_DIRECTIONS)[number];
  /** How many requirements to follow; all when absent. */
  readonly depth?: number;
}

/**
 * The owners of a part: its roots and what is before or after them, as indices of the snapshot's graph. Throws
 * `ExportPartError` for a root that is not there. O(requirements of the part).
 */
export function ownersOfPart(
  snapshot: GraphSnapshot,
  { roots, direction = "prerequisites", depth }: ExportPart,
): Int32Array {
  const owners = roots.map((root) => findRoot(snapshot, root));
  const { ownerCount } = snapshot.graph;
  return subgraph(snapshot.graph, owners, { direction, depth, maxNodes: ownerCount }).owners;
}

function findRoot(snapshot: GraphSnapshot, root: string): number {
  const kinds = {
    skill: { table: snapshot.skills, first: 0 },
    project: { table: snapshot.projects, first: snapshot.firstProject },
    role: { table: snapshot.roles, first: snapshot.firstRole },
    roadmap: { table: snapshot.roadmaps, first: snapshot.firstRoadmap },
  };
  const slug = root.slice(root.indexOf(":") + 1);
  const among = Object.entries(kinds).filter(([kind]) => slug === root || root === `${kind}:${slug}`);
  const found = among.flatMap(([kind, { table, first }]) => {
    const index = table.indexOf.get(slug);
    return index === undefined ? [] : [{ kind, owner: first + index }];
  });
  if (found.length === 1) return found[0]!.owner;
  if (found.length > 1) {
    const ids = found.map(({ kind }) => `${kind}:${slug}`).join(" or ");
    throw new ExportPartError(`Expected one root, got "${root}", which several have: write ${ids}.`);
  }
  if (among.length === 0)
    throw new ExportPartError(
      `Expected a root such as role:${slug}, got "${root}": kinds are ${Object.keys(kinds).join(", ")}.`,
    );
  const hint = didYouMean(
    slug,
    among.flatMap(([, { table }]) => [...table.slugs]),
  );
  throw new ExportPartError(
    `Expected the slug of a ${OR.format(among.map(([kind]) => kind))}, got "${root}"${hint || "."}`,
  );
}
