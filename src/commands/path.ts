import type { PathQuestion } from "../planning/path-question.ts";
import type { GraphSnapshot } from "../store/snapshot/graph-snapshot.ts";
import { didYouMean } from "../words/closest-words.ts";
import { askPath, closeWorkers } from "../workers/ask.ts";
import { CommandFault } from "./command-fault.ts";
import { withSeededStore } from "./with-store.ts";

export interface PathCommandOptions {
  readonly known: readonly string[];
  readonly choose: readonly string[];
  readonly avoid: readonly string[];
}

/** The kinds of goals, in the order in which messages list them. */
const GOAL_KINDS = ["role", "skill", "project", "roadmap"] as const;
type GoalKind = (typeof GOAL_KINDS)[number];

/** `path <goal>`: prints the cheapest path to roles, skills, projects or roadmaps. */
export function pathCommand(goals: readonly string[], options: PathCommandOptions): Promise<void> {
  return withSeededStore(async (store) => {
    try {
      process.stdout.write(await describePath(store.snapshot(), goals, options));
    } finally {
      await closeWorkers();
    }
  });
}

/** The path in words. Throws a `CommandFault` for unknown or contradictory slugs and unreachable goals. */
export async function describePath(
  snapshot: GraphSnapshot,
  goals: readonly string[],
  { known, choose, avoid }: PathCommandOptions,
): Promise<string> {
  const { graph, skills } = snapshot;
  const skill = (slug: string): number => {
    const index = skills.indexOf.get(slug);
    if (index === undefined)
      throw new CommandFault(`expected the slug of a skill, got "${slug}"${didYouMean(slug, skills.slugs)}`);
    return index;
  };
  const clash = choose.find((slug) => avoid.includes(slug));
  if (clash !== undefined) throw new CommandFault(`"${clash}" is both chosen and avoided: leave one out`);
  const owners = goals.map((goal) => findGoal(snapshot, goal));
  const question: PathQuestion = {
    goals: owners.map(({ owner }) => owner),
    known: known.map(skill),
    choose: choose.map(skill),
    avoid: avoid.map(skill),
  };
  const to = owners.map(({ kind, name }) => `the ${kind} ${name}`).join(" and ");
  const path = await askPath(graph, question, "THOROUGH");
  if (path.kind === "unreachable") {
    const missing = path.unreached.flatMap((goal) => goal.missing);
    const reasons = missing.map(
      ({ skill: index, cause }) =>
        `${skills.slugs[index]} (${cause === "AVOIDED" ? "avoided" : "its requirement cannot be met"})`,
    );
    throw new CommandFault(`no path leads to ${to}: it lacks ${[...new Set(reasons)].join(", ")}`);
  }
  if (path.skills.length === 0) return `Nothing is left to learn for ${to}.\n`;
  const lines = path.skills.map((index, step) => {
    const hours = hoursOf(graph.cost[index]!).padStart(8);
    return `${String(step + 1).padStart(4)}  ${hours} h  ${skills.names[index]} (${skills.slugs[index]})`;
  });
  const bound = path.isOptimal
    ? "no path takes less"
    : `no path takes less than ${hoursOf(path.lowerBound)} h`;
  const total = `${path.skills.length} skills, ${hoursOf(path.cost)} h: ${bound}.`;
  return `The way to ${to}\n\n${lines.join("\n")}\n\n${total}\n`;
}

interface Goal {
  readonly kind: GoalKind;
  readonly owner: number;
  readonly name: string;
}

/** Finds a goal by its slug, or by its kind and slug, as in `role:backend-developer`. */
function findGoal(snapshot: GraphSnapshot, goal: string): Goal {
  const [prefix, rest] = goal.includes(":")
    ? [goal.slice(0, goal.indexOf(":")), goal.slice(goal.indexOf(":") + 1)]
    : [undefined, goal];
  const kinds = GOAL_KINDS.filter((kind) => prefix === undefined || kind === prefix);
  if (kinds.length === 0)
    throw new CommandFault(
      `expected a goal such as role:${rest}, got "${goal}": kinds are ${GOAL_KINDS.join(", ")}`,
    );
  const tables = {
    skill: { table: snapshot.skills, first: 0 },
    project: { table: snapshot.projects, first: snapshot.firstProject },
    role: { table: snapshot.roles, first: snapshot.firstRole },
    roadmap: { table: snapshot.roadmaps, first: snapshot.firstRoadmap },
  };
  const matches = kinds.flatMap((kind): Goal[] => {
    const { table, first } = tables[kind];
    const index = table.indexOf.get(rest);
    return index === undefined ? [] : [{ kind, owner: first + index, name: `${table.names[index]}` }];
  });
  if (matches.length > 1)
    throw new CommandFault(
      `"${goal}" is ${matches.map(({ kind }) => `a ${kind}`).join(" and ")}: write ${matches.map(({ kind }) => `${kind}:${rest}`).join(" or ")}`,
    );
  if (matches[0] !== undefined) return matches[0];
  const slugs = kinds.flatMap((kind) => tables[kind].table.slugs);
  throw new CommandFault(
    `expected the slug of a ${kinds.join(", ")}, got "${rest}", which none has${didYouMean(rest, slugs)}`,
  );
}

function hoursOf(hundredths: number): string {
  return String(hundredths / 100);
}
