/**
 * A problem to search: choose nodes of least total weight such that forward chaining over them meets the goals.
 *
 * A node is met when `need` of its members are met and it is chosen; nodes of weight 0 are always chosen.
 */
export interface ChoiceProblem {
  readonly nodeCount: number;
  /** Whole numbers; their sum is exact in a double. */
  readonly weight: Float64Array;
  readonly need: Int32Array;
  /** Per node: where its members begin; one more entry than nodes. */
  readonly memberStart: Int32Array;
  readonly members: Int32Array;
  /** The same edges backwards: per node, the nodes it is a member of. */
  readonly userStart: Int32Array;
  readonly users: Int32Array;
  readonly goals: readonly number[];
  /** The nodes with weight in the order in which ties are broken: plans with earlier nodes are preferred. */
  readonly preference: readonly number[];
  /** Whether members may lead back to where they are used. */
  readonly hasLoop: boolean;
  /**
   * A step weighs a `unit` for every `costUnit` of its cost, and beside that what it lacks of the graph's merits, and one.
   * What plans weigh beside their cost is at most `rest`, which is less than a `unit`, so that costs come first, unless
   * sums would not be exact.
   */
  readonly unit: number;
  readonly costUnit: number;
  readonly rest: number;
  /** What a lack of each merit is counted in, the weightiest first; each exceeds all that the ones after it come to. */
  readonly lackUnits: readonly number[];
}

/** The least cost, in hundredths of an hour, of plans that weigh at least so much. */
export function costBound({ rest, unit, costUnit }: ChoiceProblem, weight: number): number {
  return Math.max(0, Math.ceil((weight - rest) / unit)) * costUnit;
}

/** What the weights of nodes are made of; of each the number by node. */
export interface WeightParts {
  /** In `costUnit`s. */
  readonly costs: Float64Array;
  /** What is lacked of each merit, the weightiest first. */
  readonly lacks: readonly Float64Array[];
  readonly steps: Float64Array;
}

/** Takes weights apart, which must be exact: so they are wherever there are merits. O(nodes · merits). */
export function weightParts({ weight, unit, lackUnits }: ChoiceProblem): WeightParts {
  const costs = weight.map((all) => Math.floor(all / unit));
  let left = weight.map((all) => all % unit);
  const lacks = lackUnits.map((lackUnit) => {
    const lack = left.map((rest) => Math.floor(rest / lackUnit));
    left = left.map((rest) => rest % lackUnit);
    return lack;
  });
  return { costs, lacks, steps: left };
}
