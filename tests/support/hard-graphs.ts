import { buildPrerequisiteGraph } from "../../src/graph/model/graph-builder.ts";
import type { PrerequisiteGraph } from "../../src/graph/model/prerequisite-graph.ts";
import { allOf, anyOf, type Requirement, skill } from "../../src/graph/model/requirement.ts";

/** A graph whose last owner is the goal, in which finding the cheapest path is hard. */
export interface HardGraph {
  readonly name: string;
  readonly graph: PrerequisiteGraph;
  readonly goal: number;
}

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A set of skills of random costs of which the goal asks for one of each of many overlapping groups: set cover. */
export function interlockedGroups(skills: number, groups: number, size: number, seed: number): HardGraph {
  const next = random(seed);
  const owners: { cost: number; requirement: Requirement<number> | undefined }[] = Array.from(
    { length: skills },
    () => ({ cost: 100 * (1 + Math.floor(next() * 40)), requirement: undefined }),
  );
  const group = () => anyOf(...Array.from({ length: size }, () => skill(Math.floor(next() * skills))));
  owners.push({ cost: 0, requirement: allOf(...Array.from({ length: groups }, group)) });
  return {
    name: `${groups} interlocking groups of ${size} of ${skills} skills`,
    graph: buildPrerequisiteGraph(skills, owners),
    goal: skills,
  };
}

/** Layers of skills each of which asks for one of some groups of the layer below. */
export function interlockedLayers(layers: number, width: number, seed: number): HardGraph {
  const next = random(seed);
  const skills = layers * width;
  const below = (layer: number) => skill((layer - 1) * width + Math.floor(next() * width));
  const owners = Array.from({ length: skills }, (_, index) => {
    const layer = Math.floor(index / width);
    const group = () => anyOf(below(layer), below(layer), below(layer));
    return {
      cost: 100 * (1 + Math.floor(next() * 40)),
      requirement: layer === 0 ? undefined : allOf(group(), group()),
    };
  });
  const goals = Array.from({ length: 8 }, () => below(layers));
  return {
    name: `${layers} layers of ${width} skills, two groups of three each`,
    graph: buildPrerequisiteGraph(skills, [...owners, { cost: 0, requirement: allOf(...goals) }]),
    goal: skills,
  };
}

/** Hundreds of interlocking alternatives. */
export function hardGraphs(): HardGraph[] {
  return [
    interlockedGroups(150, 300, 3, 3),
    interlockedGroups(300, 300, 4, 3),
    interlockedLayers(6, 40, 6),
    interlockedLayers(10, 60, 7),
  ];
}
