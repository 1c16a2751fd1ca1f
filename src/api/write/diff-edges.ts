import type { EntityKind } from "../../store/rows/entities.ts";
import type { GraphRows, RequirementNodeRow } from "../../store/rows/graph-rows.ts";
import type { History } from "../../store/rows/read-history.ts";

/** A requirement that names a skill, in slugs. */
export interface Edge {
  readonly prerequisite: string;
  readonly dependentKind: EntityKind;
  readonly dependent: string;
}

/**
 * The edges that only one side of a history has, by dependent, then prerequisite. A renamed skill or dependent goes by its
 * later slug on both sides. O(rows), and sorting the edges.
 */
export function edgesOf({ entities, before, after }: History): {
  readonly added: readonly Edge[];
  readonly removed: readonly Edge[];
} {
  const renamed = new Map<string, string>();
  for (const { kind, before: was, after: is } of entities)
    if (was !== undefined && is !== undefined && was !== is) renamed.set(`${kind} ${was}`, is);
  const now = (kind: EntityKind, slug: string) => renamed.get(`${kind} ${slug}`) ?? slug;
  const edgesBefore = new Map<string, Edge>();
  for (const { prerequisite, dependentKind, dependent } of edgesIn(before)) {
    const edge = {
      prerequisite: now("SKILL", prerequisite),
      ...{ dependentKind, dependent: now(dependentKind, dependent) },
    };
    edgesBefore.set(keyOf(edge), edge);
  }
  const edgesAfter = new Map([...edgesIn(after)].map((edge) => [keyOf(edge), edge]));
  const without = (edges: ReadonlyMap<string, Edge>, others: ReadonlyMap<string, Edge>) =>
    [...edges]
      .filter(([key]) => !others.has(key))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, edge]) => edge);
  return { added: without(edgesAfter, edgesBefore), removed: without(edgesBefore, edgesAfter) };
}

function keyOf({ prerequisite, dependentKind, dependent }: Edge): string {
  return `${dependentKind} ${dependent} ${prerequisite}`;
}

function* edgesIn({ skills, projects, roles, roadmaps }: GraphRows): Generator<Edge> {
  const named = (requirement: readonly RequirementNodeRow[]) =>
    requirement.flatMap(({ needs }) => (needs === null ? [] : [needs]));
  const of = (dependentKind: EntityKind, dependent: string, prerequisites: readonly string[]): Edge[] =>
    prerequisites.map((prerequisite) => ({ prerequisite, dependentKind, dependent }));
  for (const { slug, requirement } of skills) yield* of("SKILL", slug, named(requirement));
  for (const { slug, requirement } of projects) yield* of("PROJECT", slug, named(requirement));
  for (const { slug, requirement } of roles) yield* of("ROLE", slug, named(requirement));
  for (const { slug, steps } of roadmaps)
    yield* of(
      "ROADMAP",
      slug,
      steps.flatMap(({ requirement }) => named(requirement)),
    );
}
