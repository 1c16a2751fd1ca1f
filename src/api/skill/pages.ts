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

/**
 * The pages of skills. Those that have to do with figures are made from the snapshot, which alone knows them; all others are
 * read from the database.
 */
export function skillPages(context: Context): Pages<SkillRow, SkillFilter, SkillOrder> {
  const { skills } = context.loaders.pages;
  const listOf = memo((filter: SkillFilter) => skillsThatPass(context, filter));
  return {
    revision: context.snapshot.revision,
    count: async (filter) =>
      filter.metrics === undefined ? skills.count(filter) : (await listOf(filter)).size,
    load: async ({ filter, order, ...request }) =>
      filter.metrics === undefined && !isFigureOrder(order)
        ? skills.load({ ...request, filter, order })
        : pageInMemory(context, await listOf(filter), { ...request, filter, order }),
  };
}

/** The indices of the skills that pass. One statement, and none without conditions on rows. */
async function skillsThatPass(
  context: Context,
  { metrics, ...conditions }: SkillFilter,
): Promise<ReadonlySet<number>> {
  const { snapshot, loaders } = context;
  const ids =
    Object.keys(conditions).length > 0 ? await loaders.pages.skillIds(conditions) : snapshot.skills.ids;
  const passes =
    metrics === undefined ? () => true : passing(metrics, await measured(context, "filter.metrics"));
  const list = new Set<number>();
  for (const id of ids) {
    const skill = indexOfId(snapshot.skills, id);
    if (skill !== undefined && passes(skill)) list.add(skill);
  }
  return list;
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
  list: ReadonlySet<number>,
  { order, descending, after, before, fromEnd, size }: PageRequest<SkillFilter, SkillOrder>,
): Promise<Page<SkillRow>> {
  const { snapshot, loaders } = context;
  const { keys, ranking } = await rankedBy(context, order);
  const { slugs, ids } = snapshot.skills;
  const sign = descending ? -1 : 1;
  const passed = (skill: number, { key, slug }: Place) =>
    sign * (comparing(order)(keys[skill]!, key ?? "") || compare(slugs[skill]!, slug));
  const ordered = descending ? ranking.toReversed() : ranking;
  const rest = Array.from(ordered).filter(
    (skill) =>
      list.has(skill) &&
      (after === undefined || passed(skill, after) > 0) &&
      (before === undefined || passed(skill, before) < 0),
  );
  const page = fromEnd ? rest.slice(Math.max(0, rest.length - size)) : rest.slice(0, size);
  const rows = await Promise.all(page.map((skill) => loaders.skills.load(ids[skill]!)));
  const figures = isFigureOrder(order);
  return {
    rows: rows.flatMap((row, at) =>
      row === undefined ? [] : [figures ? { ...row, figure: Number(keys[page[at]!]) } : row],
    ),
    more: rest.length > size,
  };
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
      return skills.slugs;
    case "NAME":
      return skills.names;
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
