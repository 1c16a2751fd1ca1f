import type { ScheduledWeek } from "../planning/time/schedule.ts";
import {
  type ExportedItem,
  type ExportedPlan,
  hoursOf,
  ignoredIn,
  oneLine,
  safeLink,
} from "./exported-plan.ts";

/**
 * A plan as a checklist in Markdown, with task lists as GitHub, GitLab and Obsidian read them: a list a week when
 * the plan is scheduled, otherwise one list. Every item has one box, in the week in which it ends; earlier weeks
 * name it without a box. Equal plans give equal text.
 */
export function checklistOf(plan: ExportedPlan): string {
  const { schedule } = plan;
  const total = plan.items.reduce((sum, item) => sum + item.cost, 0);
  const facts = [count(plan.items, "SKILL", "skill"), count(plan.items, "PROJECT", "project")].filter(
    (fact) => fact !== undefined,
  );
  const when = schedule?.finishOn === undefined ? "" : `, from ${schedule.startOn} to ${schedule.finishOn}`;
  const lines = [
    `# ${escaped(plan.title)}`,
    "",
    `${[...facts, hoursOf(total)].join(", ")}${when}. Revision ${plan.revision} of the graph.`,
  ];
  const ignored = ignoredIn(plan);
  if (ignored !== "") lines.push("", escaped(ignored));
  if (schedule === undefined) {
    lines.push("");
    for (const item of plan.items) lines.push(...box(item, ""));
  } else {
    const doneBefore = plan.items.map(() => 0);
    for (const week of schedule.weeks) lines.push(...weekLines(week, plan.items, doneBefore, schedule.items));
  }
  return `${lines.join("\n")}\n`;
}

function weekLines(
  week: ScheduledWeek,
  items: readonly ExportedItem[],
  doneBefore: number[],
  dates: readonly { readonly endOn: string }[],
): string[] {
  const lines = [
    "",
    `## Week ${week.number}: from ${week.startsOn} (${week.isoWeek}), ${hoursOf(week.cost)}`,
    "",
  ];
  if (week.items.length === 0) lines.push("Off.");
  for (const { item: index, cost } of week.items) {
    const item = items[index]!;
    doneBefore[index]! += cost;
    if (doneBefore[index] === item.cost) {
      const part = cost === item.cost ? "" : `, the last ${hoursOf(cost)}`;
      lines.push(...box(item, `${part}, by ${dates[index]!.endOn}`));
    } else lines.push(`- ${title(item)} – ${hoursOf(cost)} of ${hoursOf(item.cost)}, goes on`);
  }
  return lines;
}

function box(item: ExportedItem, more: string): string[] {
  const lines = [`- [ ] ${title(item)} – ${hoursOf(item.cost)}${more}`];
  if (item.summary) lines.push(`  - ${escaped(item.summary)}`);
  if (item.reason) lines.push(`  - ${escaped(item.reason)}`);
  for (const resource of item.resources ?? []) {
    const link = safeLink(resource.url);
    const name = escaped(resource.name);
    lines.push(link === undefined ? `  - ${name}` : `  - [${name}](<${link}>)`);
  }
  return lines;
}

function title(item: ExportedItem): string {
  return `${item.kind === "PROJECT" ? "Project" : "Learn"} **${escaped(item.name)}**`;
}

function count(items: readonly ExportedItem[], kind: ExportedItem["kind"], noun: string): string | undefined {
  const number = items.filter((item) => item.kind === kind).length;
  return number === 0 ? undefined : `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** One line of plain text, escaped so that no part of it is read as Markdown or HTML. */
function escaped(text: string): string {
  return oneLine(text)
    .replace(/[\\`*_{}[\]<>#!|~&$]/g, (character) => `\\${character}`)
    .replace(/^[-+=]/, (bullet) => `\\${bullet}`)
    .replace(/^(\d+)([.)])/, "$1\\$2");
}
