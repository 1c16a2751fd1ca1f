import { ascending } from "../../graph/model/integers.ts";
import { COVER_WORK, smallCover } from "./small-cover.ts";

/** What a resource costs its reader, the cheapest first. */
export const RESOURCE_COSTS = ["FREE", "FREEMIUM", "PAID"] as const;
type ResourceCost = (typeof RESOURCE_COSTS)[number];

/** A resource, as far as choosing is concerned. */
export interface TeachingResource {
  readonly kind: string;
  readonly cost: ResourceCost | undefined;
  /** A BCP 47 tag. */
  readonly language: string | undefined;
  /** Skills. */
  readonly teaches: readonly number[];
}

export interface ResourcePreferences<Kind extends string = string> {
  /** Only resources of these kinds; absent: of any. */
  readonly kinds?: readonly Kind[];
  /**
   * No resource that costs more than this. A resource whose cost nobody stated passes only where paid ones do:
   * a learner who asked for free ones is not to be surprised by a bill.
   */
  readonly maxCost?: ResourceCost;
  /**
   * Only resources in these languages: a tag matches itself and all that it begins, `en` also `en-GB` (RFC 4647,
   * basic filtering). A resource whose language nobody stated passes.
   */
  readonly languages?: readonly string[];
  /** No more resources than this in all. */
  readonly atMost?: number;
}

interface ChosenResource {
  /** Its index among the resources given. */
  readonly resource: number;
  /** The steps' skills that it teaches, in path order. */
  readonly teaches: readonly number[];
}

export interface PathResources {
  readonly chosen: readonly ChosenResource[];
  /**
   * Per step of the path the resources that suit the preferences and teach it, by index: those chosen first.
   */
  readonly perStep: readonly (readonly number[])[];
  /** The steps' skills that nothing suitable teaches, in path order. */
  readonly untaught: readonly number[];
  /** The steps' skills that could be taught but are left out because of `atMost`, in path order. */
  readonly leftOut: readonly number[];
  /** Whether no other choice teaches more steps, or as many with fewer resources, or with cheaper ones. */
  readonly isOptimal: boolean;
}

/**
 * The fewest resources under a learner's preferences that teach every step of a path that can be taught: a book
 * that teaches ten of them counts once. Most steps first, then fewest resources, then the cheaper ones, then
 * lower indices; exact for small inputs, greedy beyond (see `smallCover`, which also names the limits).
 */
export function pathResources(
  path: readonly number[],
  resources: readonly TeachingResource[],
  preferences: ResourcePreferences = {},
  work = COVER_WORK,
): PathResources {
  const stepOf = new Map(path.map((skill, index) => [skill, index]));
  const suits = suitability(preferences);
  const suitable: number[] = [];
  const teachers: number[][] = path.map(() => []);
  const stepsOf = new Map<number, number[]>();
  resources.forEach((resource, index) => {
    if (!suits(resource)) return;
    const steps = [...new Set(resource.teaches)].flatMap((skill) => stepOf.get(skill) ?? []).sort(ascending);
    if (steps.length === 0) return;
    suitable.push(index);
    stepsOf.set(index, steps);
    for (const step of steps) teachers[step]!.push(index);
  });
  const covers = suitable.map((index) => ({
    elements: stepsOf.get(index)!,
    cost: costRank(resources[index]!.cost),
  }));
  const cover = smallCover(path.length, covers, preferences.atMost, work);
  const chosen = cover.chosen.map((index) => suitable[index]!);
  const isChosen = new Set(chosen);
  return {
    chosen: chosen.map((resource) => ({
      resource,
      teaches: stepsOf.get(resource)!.map((step) => path[step]!),
    })),
    perStep: teachers.map((list) => [
      ...list.filter((index) => isChosen.has(index)),
      ...list.filter((index) => !isChosen.has(index)),
    ]),
    untaught: path.filter((_, step) => teachers[step]!.length === 0),
    leftOut: cover.uncovered.filter((step) => teachers[step]!.length > 0).map((step) => path[step]!),
    isOptimal: cover.isOptimal,
  };
}

/** What nobody stated counts as paid. */
function costRank(cost: ResourceCost | undefined): number {
  return RESOURCE_COSTS.indexOf(cost ?? "PAID");
}

function suitability(preferences: ResourcePreferences): (resource: TeachingResource) => boolean {
  const kinds = preferences.kinds === undefined ? undefined : new Set(preferences.kinds);
  const maxRank = costRank(preferences.maxCost);
  const ranges = preferences.languages?.map((tag) => tag.toLowerCase());
  const isSpoken = (language: string | undefined) => {
    if (ranges === undefined || language === undefined) return true;
    const tag = language.toLowerCase();
    return ranges.some((range) => tag === range || tag.startsWith(`${range}-`));
  };
  return (resource) =>
    (kinds === undefined || kinds.has(resource.kind)) &&
    costRank(resource.cost) <= maxRank &&
    isSpoken(resource.language);
}
