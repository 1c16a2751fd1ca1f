import fc from "fast-check";
import { buildPrerequisiteGraph } from "../../src/graph/model/graph-builder.ts";
import type { PrerequisiteGraph } from "../../src/graph/model/prerequisite-graph.ts";
import { isGroup, type Requirement } from "../../src/graph/model/requirement.ts";

/** A small random graph with the trees it was built from, so that tests can judge without the graph's arrays. */
export interface RandomGraph {
  readonly skillCount: number;
  /** Skills first, then owners that are no skills. */
  readonly owners: readonly {
    readonly cost: number;
    readonly requirement: Requirement<number> | undefined;
  }[];
  readonly graph: PrerequisiteGraph;
}

export interface RandomGraphOptions {
  readonly maxSkills?: number;
  /** Owners that are no skills. */
  readonly maxOthers?: number;
  /** Whether every skill must be learnable. Loops through alternatives occur either way. */
  readonly learnable?: boolean;
}

/** Any requirement over `skillCount` skills: nested, with repeated members and groups that need nothing. */
export function randomRequirement(
  skillCount: number,
  maxDepth = 3,
): fc.Arbitrary<Requirement<number> | undefined> {
  const { node } = fc.letrec<{ node: Requirement<number> }>((tie) => ({
    node: fc.oneof(
      { maxDepth, depthSize: "small", withCrossShrink: true },
      { weight: 3, arbitrary: fc.nat({ max: skillCount - 1 }).map((skill) => ({ skill })) },
      {
        weight: 2,
        arbitrary: fc
          .array(tie("node"), { maxLength: 4 })
          .chain((of) =>
            fc
              .oneof(fc.constant(of.length), fc.constant(Math.min(1, of.length)), fc.nat({ max: of.length }))
              .map((atLeast) => ({ atLeast, of })),
          ),
      },
    ),
  }));
  return fc.option(node, { nil: undefined, freq: 4 });
}

export function randomGraph(options: RandomGraphOptions = {}): fc.Arbitrary<RandomGraph> {
  const { maxSkills = 8, maxOthers = 0, learnable = false } = options;
  return fc
    .tuple(fc.integer({ min: 1, max: maxSkills }), fc.nat({ max: maxOthers }))
    .chain(([skillCount, others]) =>
      fc
        .array(fc.record({ cost: fc.nat({ max: 20 }), requirement: randomRequirement(skillCount) }), {
          minLength: skillCount + others,
          maxLength: skillCount + others,
        })
        .map((owners) => mend(skillCount, owners, learnable)),
    );
}

/** Skills that could not be learned lose their requirement, the lowest first, when all have to be learnable. */
function mend(skillCount: number, owners: RandomGraph["owners"], learnable: boolean): RandomGraph {
  const mended = [...owners];
  while (learnable) {
    const reached = reachable({ skillCount, owners: mended });
    const stuck = mended.findIndex((_, skill) => skill < skillCount && !reached.has(skill));
    if (stuck === -1) break;
    mended[stuck] = { cost: mended[stuck]!.cost, requirement: undefined };
  }
  return { skillCount, owners: mended, graph: buildPrerequisiteGraph(skillCount, mended) };
}

/** Whether a tree is met by a set of skills: the definition, spelled out. */
export function isMet(requirement: Requirement<number> | undefined, skills: ReadonlySet<number>): boolean {
  if (requirement === undefined) return true;
  if (!isGroup(requirement)) return skills.has(requirement.skill);
  return requirement.of.filter((member) => isMet(member, skills)).length >= requirement.atLeast;
}

/** The skills that can be learned, by trying every skill again until nothing is added. */
export function reachable(
  { skillCount, owners }: Pick<RandomGraph, "skillCount" | "owners">,
  known: Iterable<number> = [],
  allowed: (skill: number) => boolean = () => true,
): Set<number> {
  const reached = new Set(known);
  for (let before = -1; before < reached.size; ) {
    before = reached.size;
    for (let s = 0; s < skillCount; s++)
      if (allowed(s) && isMet(owners[s]!.requirement, reached)) reached.add(s);
  }
  return reached;
}

/** The leaves of a tree in the author's order. */
export function leavesOf(requirement: Requirement<number> | undefined): number[] {
  if (requirement === undefined) return [];
  return isGroup(requirement) ? requirement.of.flatMap(leavesOf) : [requirement.skill];
}

/** Skills with the length of the shortest way back from the owners, level by level. */
export function walkBack(
  random: RandomGraph,
  owners: readonly number[],
  known: ReadonlySet<number>,
  limit = Infinity,
) {
  const depth = new Map<number, number>();
  let level = owners;
  for (let at = 1; level.length > 0 && at <= limit; at++) {
    const next = new Set(level.flatMap((owner) => leavesOf(random.owners[owner]!.requirement)));
    level = [...next].filter((skill) => !depth.has(skill) && !known.has(skill) && !owners.includes(skill));
    for (const skill of level) depth.set(skill, at);
  }
  return depth;
}

/** Only requirements without members that need nothing: the graph drops those, the trees still have them. */
export function hasNoEmptyGroups(random: RandomGraph): boolean {
  return random.owners.every(({ requirement }) => !JSON.stringify(requirement ?? {}).includes('"atLeast":0'));
}
