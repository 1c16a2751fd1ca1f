import { isOwnerType, OWNERS } from "../../api/core/handle.ts";
import { readPlanQuery } from "../../api/path/link.ts";
import { PlanLinkError } from "../../api/path/link-formats.ts";
import { AskFault, type PlanQuestion } from "../../explorer/site.ts";
import type { GraphSnapshot } from "../../store/snapshot/graph-snapshot.ts";

/** Parameters of pages and pictures that are no part of the question. */
const ASIDE: ReadonlySet<string> = new Set(["view", "theme", "depth", "expand", "revision"]);

/** The fields of a form in which days off are written: the first day of a range, and its last. */
const ENDS: readonly string[] = ["offFrom", "offThrough"];

/** The kinds of goals, in the order in which a slug alone is looked for. */
const KINDS = ["Role", "Skill", "Project", "Roadmap"] as const;

/**
 * Reads the question of a plan from a link, as `readPlanQuery` does, with more ways to write it:
 * `goals=backend-developer,skill:docker` for `role=backend-developer&skill=docker`, `start` for `startOn`, and the two fields
 * of a form for one more range of `daysOff`.
 */
export function readPlan(snapshot: GraphSnapshot, given: URLSearchParams): PlanQuestion {
  const query = new URLSearchParams();
  for (const [name, text] of given)
    if (name === "goals") {
      for (const goal of text.split(","))
        if (goal.trim() !== "") query.append(...goalOf(snapshot, goal.trim()));
    } else if (!ENDS.includes(name)) query.append(name === "start" ? "startOn" : name, text);
  const ends = ENDS.flatMap((name) => given.get(name) || []);
  if (ends.length > 0) query.append("daysOff", [...new Set(ends)].join(".."));
  const question = new URLSearchParams([...query].filter(([name]) => !ASIDE.has(name)));
  try {
    return { input: readPlanQuery(question).input, query };
  } catch (error) {
    if (error instanceof PlanLinkError) throw new AskFault(error.message, "BAD_USER_INPUT");
    throw error;
  }
}

/** The parameter that means a goal: `skill:docker`, or a slug alone. */
function goalOf(snapshot: GraphSnapshot, goal: string): [name: string, slug: string] {
  const [kind = "", slug] = goal.split(":", 2);
  const type = kind.charAt(0).toUpperCase() + kind.slice(1);
  if (slug !== undefined && isOwnerType(type)) return [kind, slug];
  const found = KINDS.find((one) => OWNERS[one].table(snapshot).indexOf.has(goal));
  return [(found ?? "Role").toLowerCase(), goal];
}
