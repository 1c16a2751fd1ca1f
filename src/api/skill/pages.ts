import { unlocks } from "../../graph/walk/closure.ts";
import type { SkillFilter } from "../../loaders/pages/filters.ts";
import type { Page, PageRequest, Pages, Place, SkillOrder } from "../../loaders/pages/page.ts";
import type { Skill as Row } from "../../store/generated/client/client.ts";
import { type GraphSnapshot, indexOfId } from "../../store/snapshot/graph-snapshot.ts";
import type { Context } from "../context.ts";
import { memo } from "../core/run.ts";

type SkillRow = Row & { readonly dependents?: number };

/** How many requirements of others name each skill. Once for each revision: O(uses). */
const dependentsOf = memo(({ graph }: GraphSnapshot) =>
  Int32Array.from({ length: graph.skillCount }, (_, skill) => {
    const { skills, others } = unlocks(graph, [skill], 1);
    return skills.length + others.length;
  }),
);

/** The pages of skills. Those by dependents are made from the snapshot, which alone knows them. */
export function skillPages(context: Context): Pages<SkillRow, SkillFilter, SkillOrder> {
  const { skills } = context.loaders.pages;
  return {
    count: (filter) => skills.count(filter),
    load: ({ order, ...request }) =>
      order === "DEPENDENTS" ? pageByDependents(context, request) : skills.load({ ...request, order }),
  };
}

/**
 * Two statements, for the ids that pass the filter and for the rows of the page. O(n log n) in the skills that pass it.
 */
async function pageByDependents(
  { snapshot, loaders }: Context,
  { filter, descending, after, before, fromEnd, size }: Omit<PageRequest<SkillFilter, SkillOrder>, "order">,
): Promise<Page<SkillRow>> {
  const dependents = dependentsOf(snapshot);
  const { slugs } = snapshot.skills;
  const sign = descending ? -1 : 1;
  // Skills are numbered in the order of their slugs.
  const passed = (skill: number, { key, slug }: Place) =>
    sign * (dependents[skill]! - Number(key) || (slugs[skill]! < slug ? -1 : slugs[skill]! > slug ? 1 : 0));
  const ids = await loaders.pages.skillIds(filter);
  const list = ids
    .flatMap((id) => indexOfId(snapshot.skills, id) ?? [])
    .filter((skill) => after === undefined || passed(skill, after) > 0)
    .filter((skill) => before === undefined || passed(skill, before) < 0)
    .sort((a, b) => sign * (dependents[a]! - dependents[b]! || a - b));
  const page = fromEnd ? list.slice(Math.max(0, list.length - size)) : list.slice(0, size);
  const rows = await Promise.all(page.map((skill) => loaders.skills.load(snapshot.skills.ids[skill]!)));
  return {
    rows: rows.flatMap((row, at) =>
      row === undefined ? [] : [{ ...row, dependents: dependents[page[at]!]! }],
    ),
    more: list.length > size,
  };
}
