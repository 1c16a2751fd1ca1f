import { MAX_SKILLS_MEASURED } from "../../graph/facts/skill-metrics.ts";
import { unlocks } from "../../graph/walk/closure.ts";
import type { SkillFilter as RowFilter } from "../../loaders/pages/filters.ts";
import {
  isFigureOrder,
  type Page,
  type PageRequest,
  type Pages,
  type Place,
  type SkillOrder,
} from "../../loaders/pages/page.ts";
import type { Skill as Row } from "../../store/generated/client/client.ts";
import { type GraphSnapshot, indexOfId } from "../../store/snapshot/graph-snapshot.ts";
import { inReadingOrder } from "../../words/reading-order.ts";
import { inSlices } from "../../workers/slices.ts";
import type { Context } from "../context.ts";
import { fault } from "../core/errors.ts";
import { hours } from "../core/handle.ts";
import { memo } from "../core/run.ts";
import { FIGURES, figuresOf } from "./figures.ts";
import { passing, type SkillMetricsFilter } from "./metrics-filter.ts";

type SkillRow = Row & { readonly figure?: number };

interface SkillFilter extends RowFilter {
  readonly metrics?: SkillMetricsFilter;
}

/** The skills that pass a filter. */
interface Passing {
  /** Per skill: 1 if it passes. */
  readonly passes: Uint8Array;
  readonly count: number;
}

/**
 * The pages of skills. Those that have to do with figures are made from the snapshot, which alone knows them, and those of
 * skills that have a text too, which the database would look for in all rows; all others are read from the database.
 */
export function skillPages(context: Context): Pages<SkillRow, SkillFilter, SkillOrder> {
  const { skills } = context.loaders.pages;
  const listOf = memo((filter: SkillFilter) => skillsThatPass(context, filter));
  const isInMemory = async ({ metrics, text }: SkillFilter) =>
    metrics !== undefined || (text !== undefined && (await keptTexts(context)) !== undefined);
  return {
    revision: context.snapshot.revision,
    count: async (filter) =>
      (await isInMemory(filter)) ? (await listOf(filter)).count : skills.count(filter),
    load: async ({ filter, order, ...request }) =>
      isFigureOrder(order) || (await isInMemory(filter))
        ? pageInMemory(context, await listOf(filter), { ...request, filter, order })
        : skills.load({ ...request, filter, order }),
  };
}

/** The texts of all skills, where they are kept. */
function keptTexts({ loaders }: Context) {
  return loaders.pages.texts("SKILL");
}

/** The skills that pass. One statement for conditions on rows, and none without. O(skills + letters). */
async function skillsThatPass(
  context: Context,
  { metrics, text, ...conditions }: SkillFilter,
): Promise<Passing> {
  const { snapshot, loaders } = context;
  const texts = text === undefined ? undefined : await keptTexts(context);
  const ofRows = texts === undefined && text !== undefined ? { ...conditions, text } : conditions;
  const lists: ArrayLike<number>[] = [];
  if (texts !== undefined && text !== undefined) lists.push(await inSlices(texts.having(text)));
  if (Object.keys(ofRows).length > 0) lists.push(await loaders.pages.skillIds(ofRows));
  const hasFigures =
    metrics === undefined ? () => true : passing(metrics, await measured(context, "filter.metrics"));
  const passes = new Uint8Array(snapshot.graph.skillCount);
  // How many lists have each skill.
  for (const ids of lists)
    for (let at = 0; at < ids.length; at++) {
      const skill = indexOfId(snapshot.skills, ids[at]!);
      if (skill !== undefined) passes[skill]!++;
    }
  let count = 0;
  for (let skill = 0; skill < passes.length; skill++) {
    const isIn = passes[skill] === lists.length && hasFigures(skill);
    passes[skill] = isIn ? 1 : 0;
    if (isIn) count++;
  }
  return { passes, count };
}

async function measured(context: Context, argument: string) {
  const all = await figuresOf(context);
  if (all === undefined)
    throw fault(
      argument,
      `a graph of at most ${MAX_SKILLS_MEASURED} skills, since larger ones are not measured`,
      `one of ${context.snapshot.graph.skillCount}`,
    );
  return all;
}

/** A page of some skills; one statement for its rows. O(skills), and a sort for each order and revision. */
async function pageInMemory(
  context: Context,
  { passes }: Passing,
  { order, descending, after, before, fromEnd, size }: PageRequest<SkillFilter, SkillOrder>,
): Promise<Page<SkillRow>> {
  const { snapshot, loaders } = context;
  const { keys, ranking } = await rankedBy(context, order);
  const { slugs, ids } = snapshot.skills;
  const toPlace = (skill: number, { key, slug }: Place) =>
    comparing(order)(keys[skill]!, key ?? "") || compare(slugs.at(skill)!, slug);
  const [above, below] = descending ? [before, after] : [after, before];
  const from = above === undefined ? 0 : firstOf(ranking, (skill) => toPlace(skill, above) > 0);
  const end = below === undefined ? ranking.length : firstOf(ranking, (skill) => toPlace(skill, below) >= 0);
  const page: number[] = [];
  // One more than asked for shows whether the list goes on.
  const isDownwards = descending !== fromEnd;
  for (let read = 0; read < end - from && page.length <= size; read++) {
    const skill = ranking[isDownwards ? end - 1 - read : from + read]!;
    if (passes[skill] === 1) page.push(skill);
  }
  const more = page.length > size;
  if (more) page.pop();
  if (fromEnd) page.reverse();
  const rows = await Promise.all(page.map((skill) => loaders.skills.load(ids[skill]!)));
  const figures = isFigureOrder(order);
  return {
    rows: rows.flatMap((row, at) =>
      row === undefined ? [] : [figures ? { ...row, figure: Number(keys[page[at]!]) } : row],
    ),
    more,
  };
}

/** The first place in a list of which something holds that holds of all behind it too. O(log n). */
function firstOf(list: Int32Array, holds: (item: number) => boolean): number {
  let [from, end] = [0, list.length];
  while (from < end) {
    const middle = (from + end) >> 1;
    if (holds(list[middle]!)) end = middle;
    else from = middle + 1;
  }
  return from;
}

function compare(a: number | string, b: number | string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** How the keys of an order compare: names as the databases order them. */
function comparing(order: SkillOrder): typeof compare {
  return order === "NAME" ? (a, b) => inReadingOrder(String(a), String(b)) : compare;
}

/** The skills in an order, ties by slug, and what each is ordered by. */
interface Ranking {
  readonly keys: ArrayLike<number | string>;
  readonly ranking: Int32Array;
}

const rankingsOf = memo((_loaders: Context["loaders"]) => new Map<SkillOrder, Ranking>());

async function rankedBy(context: Context, order: SkillOrder): Promise<Ranking> {
  const rankings = rankingsOf(context.loaders);
  let ranked = rankings.get(order);
  if (ranked === undefined) {
    const keys = await keysOf(context, order);
    // Skills are numbered in the order of their slugs.
    const by = comparing(order);
    const ranking = Int32Array.from({ length: keys.length }, (_, skill) => skill);
    if (order !== "SLUG") ranking.sort((a, b) => by(keys[a]!, keys[b]!) || a - b);
    ranked = { keys, ranking };
    rankings.set(order, ranked);
  }
  return ranked;
}

function keysOf(
  context: Context,
  order: SkillOrder,
): ArrayLike<number | string> | Promise<ArrayLike<number>> {
  const { skills, graph } = context.snapshot;
  switch (order) {
    case "SLUG":
      return [...skills.slugs];
    case "NAME":
      return [...skills.names];
    case "HOURS":
      return Float64Array.from(graph.cost.subarray(0, graph.skillCount), hours);
    case "DEPENDENTS":
      return dependentsOf(context.snapshot);
    default:
      return measured(context, "orderBy.field").then(FIGURES[order].of);
  }
}

/** How many requirements of others name each skill. Once for each revision: O(uses). */
const dependentsOf = memo(({ graph }: GraphSnapshot) =>
  Int32Array.from({ length: graph.skillCount }, (_, skill) => {
    const { skills, others } = unlocks(graph, [skill], 1);
    return skills.length + others.length;
  }),
);
