import { z } from "zod";
import { ORDER_WORK } from "../planning/limits.ts";
import type { PathQuestion } from "../planning/path-question.ts";
import type { KnownImplies } from "../planning/problem/known-implies.ts";
import type { TakenAsKnown } from "../planning/problem/taken-as-known.ts";
import { readSpellings } from "../store/rows/stored-spellings.ts";
import { type GraphSnapshot, indexOfSlug } from "../store/snapshot/graph-snapshot.ts";
import { guideOf, partListsOf } from "../store/snapshot/outline.ts";
import { asQuestion, type Spelled, Spellings } from "../words/closest-words.ts";
import { visibleLine } from "../words/visible.ts";
import { ask, askPath } from "../workers/ask.ts";
import { CommandFault } from "./command-fault.ts";
import { storeCommand } from "./store-command.ts";

const slugs = z.array(z.string());
const pathArguments = z.strictObject({
  goals: slugs,
  known: slugs,
  knownImplies: z.enum(["nothing", "parts", "prerequisites-and-parts"]),
  notKnown: slugs,
  choose: slugs,
  avoid: slugs,
});
export type PathOptions = Omit<z.infer<typeof pathArguments>, "goals">;

const IMPLIES = {
  nothing: "NOTHING",
  parts: "PARTS",
  "prerequisites-and-parts": "PREREQUISITES_AND_PARTS",
} satisfies Record<PathOptions["knownImplies"], KnownImplies>;

/** The kinds of goals, in the order in which messages list them. */
const GOAL_KINDS = ["role", "skill", "project", "roadmap"] as const;
const OR = new Intl.ListFormat("en-GB", { type: "disjunction" });
type GoalKind = (typeof GOAL_KINDS)[number];
const KIND_OF = { role: "ROLE", skill: "SKILL", project: "PROJECT", roadmap: "ROADMAP" } as const;

/** `path <goal>`: prints the cheapest path to roles, skills, projects or roadmaps. */
export const path = storeCommand(pathArguments, async (store, { goals, ...options }, { stdout }) => {
  stdout.write(
    await describePath(store.snapshot(), goals, options, (kind) => readSpellings(store.prisma, kind)),
  );
});

/** Reads what people may write for the entities of a kind. */
type ReadSpelled = (kind: Uppercase<GoalKind>) => AsyncIterable<readonly Spelled[]>;

/** The path in words. Throws a `CommandFault` for unknown or contradictory slugs and unreachable goals. */
export async function describePath(
  snapshot: GraphSnapshot,
  goals: readonly string[],
  { known, knownImplies, notKnown, choose, avoid }: PathOptions,
  spelled: ReadSpelled,
): Promise<string> {
  const { graph, skills } = snapshot;
  const indices = (slugs: readonly string[]): Promise<number[]> =>
    Promise.all(
      slugs.map(async (slug) => {
        const index = indexOfSlug(skills, slug);
        if (index !== undefined) return index;
        throw new CommandFault(
          `expected the slug of a skill, got "${slug}"${await meant(slug, ["skill"], spelled)}`,
        );
      }),
    );
  const clash = choose.find((slug) => avoid.includes(slug));
  if (clash !== undefined) throw new CommandFault(`"${clash}" is both chosen and avoided: leave one out`);
  const owners = await Promise.all(goals.map((goal) => findGoal(snapshot, goal, spelled)));
  const given = await indices(known);
  const asked = { known: given, implies: IMPLIES[knownImplies], notKnown: await indices(notKnown) };
  const taken = await ask("takenAsKnown", { graph }, asked, partListsOf(snapshot).parts);
  const question: PathQuestion = {
    goals: owners.map(({ owner }) => owner),
    known: [...given, ...taken.map(({ skill }) => skill)],
    choose: await indices(choose),
    avoid: await indices(avoid),
  };
  const to = owners.map(({ kind, name }) => `the ${kind} ${visibleLine(name)}`).join(" and ");
  const path = await askPath({ graph }, question, "THOROUGH");
  if (path.kind === "unreachable") {
    const missing = path.unreached.flatMap((goal) => goal.missing);
    const reasons = missing.map(
      ({ skill: index, cause }) =>
        `${skills.slugs.at(index)} (${cause === "AVOIDED" ? "avoided" : "its requirement cannot be met"})`,
    );
    throw new CommandFault(`no path leads to ${to}: it lacks ${[...new Set(reasons)].join(", ")}`);
  }
  const because = takenLines(snapshot, taken).join("");
  if (path.skills.length === 0) return `Nothing is left to learn for ${to}.\n${because}`;
  const { topicOf, roadmaps } = guideOf(snapshot);
  const guide = { topicOf, roadmaps };
  const { order } = await ask("teachingOrder", { graph }, path.skills, guide, ORDER_WORK.THOROUGH);
  const inOrder = order.map((place) => path.skills[place]!);
  const lines = inOrder.map((index, step) => {
    const hours = hoursOf(graph.cost[index]!).padStart(8);
    return `${String(step + 1).padStart(4)}  ${hours} h  ${visibleLine(`${skills.names.at(index)}`)} (${skills.slugs.at(index)})`;
  });
  const bound = path.isOptimal
    ? "no path takes less"
    : `no path takes less than ${hoursOf(path.lowerBound)} h`;
  const total = `${path.skills.length} skills, ${hoursOf(path.cost)} h: ${bound}.`;
  return `The way to ${to}\n\n${lines.join("\n")}\n\n${total}\n${because}`;
}

/** What counts as known, a line for each known skill because of which it does. */
function takenLines({ skills }: GraphSnapshot, taken: readonly TakenAsKnown[]): string[] {
  const covered = new Map<number, string[]>();
  for (const { skill, because } of taken)
    covered.set(because, [...(covered.get(because) ?? []), skills.slugs.at(skill)!]);
  return [...covered].map(
    ([because, slugs]) => `Known because of ${skills.slugs.at(because)}: ${slugs.join(", ")}.\n`,
  );
}

interface Goal {
  readonly kind: GoalKind;
  readonly owner: number;
  readonly name: string;
}

/** Finds a goal by its slug, or by its kind and slug, as in `role:backend-developer`. */
async function findGoal(snapshot: GraphSnapshot, goal: string, spelled: ReadSpelled): Promise<Goal> {
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
    const index = indexOfSlug(table, rest);
    return index === undefined ? [] : [{ kind, owner: first + index, name: `${table.names.at(index)}` }];
  });
  if (matches.length > 1)
    throw new CommandFault(
      `"${goal}" is ${matches.map(({ kind }) => `a ${kind}`).join(" and ")}: write ${matches.map(({ kind }) => `${kind}:${rest}`).join(" or ")}`,
    );
  if (matches[0] !== undefined) return matches[0];
  const question = await meant(rest, kinds, spelled);
  throw new CommandFault(
    `expected the slug of a ${OR.format(kinds)}, got "${rest}", which none has${question}`,
  );
}

/** `; did you mean "…"?`, or "". */
async function meant(wrong: string, kinds: readonly GoalKind[], spelled: ReadSpelled): Promise<string> {
  const spellings = new Spellings();
  for (const kind of kinds)
    for await (const page of spelled(KIND_OF[kind])) for (const entity of page) spellings.add(entity);
  return asQuestion(spellings.closest(wrong, 1)[0]);
}

function hoursOf(hundredths: number): string {
  return String(hundredths / 100);
}
