import type { ExportedItem, ExportedPlan } from "../../src/interchange/exported-plan.ts";
import { schedule } from "../../src/planning/time/schedule.ts";
import type { StudyTime } from "../../src/planning/time/study-time.ts";

export const exampleItems: readonly ExportedItem[] = [
  {
    kind: "SKILL",
    slug: "python",
    name: "Python, the *language*; \\ and [more]",
    cost: 1_550,
    summary: "A language.\r\nATTENDEE:mailto:someone@example.org",
    reason: "Django needs it.",
    resources: [
      { name: "A course", url: "https://example.org" },
      { name: "A book", url: "https://example.org/a?b=1,2;3" },
      { name: "A trap", url: "javascript:alert(1)" },
    ],
  },
  { kind: "SKILL", slug: "nothing", name: "A heading", cost: 0 },
  {
    kind: "PROJECT",
    slug: "todo-api",
    name: `To-do API ${"with a very long name 🚀 ".repeat(8)}`,
    cost: 450,
  },
];

/** A plan over two weeks with one off between, unless told otherwise. */
export function examplePlan(
  items: readonly ExportedItem[] = exampleItems,
  time: StudyTime = {
    startOn: "2028-02-21",
    effort: { weekly: 1_000 },
    daysOff: [{ from: "2028-02-28", through: "2028-03-05" }],
  },
): ExportedPlan {
  const made = schedule(items, time);
  if (made.kind === "refused") throw new Error(made.message);
  return {
    title: "Backend, developer; \\o/",
    key: "role:backend-developer",
    revision: 7,
    computedAt: new Date("2028-01-31T10:11:12Z"),
    ignored: [],
    items,
    schedule: made,
  };
}
