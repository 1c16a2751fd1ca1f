import { GraphBuilder, type OwnerInput } from "../../src/graph/model/graph-builder.ts";
import type { PrerequisiteGraph } from "../../src/graph/model/prerequisite-graph.ts";
import { allOf, type Requirement, skill } from "../../src/graph/model/requirement.ts";

/**
 * Synthetic graphs of 10³ … 10⁶ skills for tests and benches: the same options give the same graph.
 *
 * Skills belong to subjects of `SUBJECT_SIZE`, each taught in `depth` levels; a skill asks for skills of its
 * subject one to three levels below, and sometimes for one of the foundations that all subjects share. So what
 * lies behind a skill is as large in a graph of a million as in one of ten thousand, as in real catalogues.
 * Skills are numbered without regard to subjects, as slugs would.
 */
export interface SyntheticOptions {
  readonly skills: number;
  readonly seed?: number;
  /** Leaves per requirement on average; 5 when absent. */
  readonly prerequisites?: number;
  /** The share of leaves that stand in groups of alternatives; 0.3 when absent. */
  readonly alternatives?: number;
  /** Levels per subject; 16 when absent. */
  readonly depth?: number;
  /** Lets alternatives name skills of their own or the next level as well: legal loops. */
  readonly loops?: boolean;
}

/** How many skills one subject has. */
export const SUBJECT_SIZE = 240;
/** How many skills of the first subject everyone may ask for. */
const FOUNDATIONS = 24;

export function syntheticGraph(options: SyntheticOptions): PrerequisiteGraph {
  const builder = new GraphBuilder(options.skills);
  for (const { cost, requirement } of syntheticOwners(options)) builder.addOwner(cost, requirement);
  return builder.finish();
}

/** The skills in index order, one at a time. */
export function* syntheticOwners(options: SyntheticOptions): Generator<OwnerInput> {
  const shuffle = new Shuffle(options.skills, options.seed ?? 1);
  for (let index = 0; index < options.skills; index++) yield syntheticSkill(options, shuffle, index);
}

/** The skills at the top level of a subject, from which whole subjects lie behind. */
export function topSkills(options: SyntheticOptions, count: number): number[] {
  const shuffle = new Shuffle(options.skills, options.seed ?? 1);
  const subjects = Math.floor(options.skills / SUBJECT_SIZE);
  const step = Math.max(1, Math.floor(subjects / count));
  return Array.from({ length: Math.min(count, subjects) }, (_, nth) =>
    shuffle.indexOf(((nth * step) % subjects) * SUBJECT_SIZE + SUBJECT_SIZE - 1),
  );
}

function syntheticSkill(options: SyntheticOptions, shuffle: Shuffle, index: number): OwnerInput {
  const { prerequisites = 5, alternatives = 0.3, depth = 16, loops = false } = options;
  const place = shuffle.placeOf(index);
  const random = randomNumbers(Math.imul(options.seed ?? 1, 0x9e3779b1) ^ place);
  const cost = 100 + Math.floor(random() * 39) * 100;
  const subject = Math.floor(place / SUBJECT_SIZE) * SUBJECT_SIZE;
  const levelSize = Math.max(1, Math.floor(SUBJECT_SIZE / depth));
  const level = Math.floor((place - subject) / levelSize);
  if (level === 0) return { cost, requirement: undefined };

  const levelStart = subject + level * levelSize;
  const reach = Math.min(3, level) * levelSize;
  const below = (): number => {
    if (subject > 0 && random() < 0.05) return Math.floor(random() * FOUNDATIONS);
    return levelStart - 1 - Math.floor(random() * reach);
  };
  const chosen = new Set<number>();
  const draw = (from: () => number): Requirement<number> | undefined => {
    for (let attempt = 0; attempt < 8; attempt++) {
      const drawn = from();
      if (chosen.has(drawn) || drawn === place || drawn >= options.skills) continue;
      chosen.add(drawn);
      return skill(shuffle.indexOf(drawn));
    }
    return undefined;
  };
  // Levels above the first make up for those without a requirement.
  const mean = (prerequisites * depth) / (depth - 1);
  const wanted = Math.max(1, Math.round(mean * (0.4 + 1.2 * random())));
  const of: Requirement<number>[] = [];
  for (let leaves = 0; leaves < wanted; ) {
    const size = wanted - leaves >= 2 && random() < alternatives / 2.5 ? 2 + Math.floor(random() * 2) : 1;
    const members: Requirement<number>[] = [];
    for (let m = 0; m < size; m++) {
      // The first member always lies below, so that a loop through the others is legal.
      const around = () => levelStart + Math.floor(random() * 2 * levelSize);
      const member = draw(loops && m > 0 && random() < 0.3 ? around : below);
      if (member !== undefined) members.push(member);
    }
    leaves += size;
    if (members.length === 1) of.push(members[0]!);
    else if (members.length > 1) {
      const belowAll = !loops && members.length > 2 && random() < 0.3;
      of.push({ atLeast: belowAll ? 2 : 1, of: members });
    }
  }
  if (of.length === 0) return { cost, requirement: undefined };
  return { cost, requirement: of.length === 1 ? of[0] : allOf(...of) };
}

/**
 * Numbers places without regard to their order: i → (i · factor + offset) mod size, and back. Exact in doubles
 * while the square of the size is below 2⁵³.
 */
class Shuffle {
  private readonly size: number;
  private readonly factor: number;
  private readonly inverse: number;
  private readonly offset: number;

  constructor(size: number, seed: number) {
    this.size = size;
    let factor = Math.max(1, Math.floor(size * 0.618));
    while (greatestCommonDivisor(factor, size) !== 1) factor++;
    this.factor = factor;
    this.inverse = inverseModulo(factor, size);
    this.offset = seed % size;
  }

  indexOf(place: number): number {
    return (place * this.factor + this.offset) % this.size;
  }

  placeOf(index: number): number {
    return ((index - this.offset + this.size) * this.inverse) % this.size;
  }
}

function greatestCommonDivisor(a: number, b: number): number {
  let [larger, smaller] = [a, b];
  while (smaller > 0) [larger, smaller] = [smaller, larger % smaller];
  return larger;
}

/** The extended Euclidean algorithm. */
function inverseModulo(factor: number, modulus: number): number {
  let [rest, next] = [modulus, factor % modulus];
  let [before, inverse] = [0, 1];
  while (next > 1) {
    const quotient = Math.floor(rest / next);
    [rest, next] = [next, rest - quotient * next];
    [before, inverse] = [inverse, before - quotient * inverse];
  }
  return ((inverse % modulus) + modulus) % modulus;
}

/** Mulberry32: small, quick, and the same on every machine. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
