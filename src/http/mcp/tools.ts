import { z } from "zod";
import type { Ask } from "../../explorer/site.ts";
import { MAX_MCP_LISTED } from "../limits.ts";
import { faultsIn, listed, planLink, takenAsKnown, thingLink } from "./texts.ts";

/** Why a tool has no answer. The message is for the model. */
export class ToolFault extends Error {}

/** A tool as models are told of it, and what answers it. */
export interface Tool {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: object;
  /** Answers in text. Throws a `ToolFault`, or an `AskFault` of the API. */
  readonly answer: (ask: Ask, given: unknown, origin: string) => Promise<string>;
}

const slug = z.string().min(1).max(80);
const slugs = z.array(slug).max(200);

/** One of them, by its slug. */
const goal = z
  .union([
    z.strictObject({ role: slug }),
    z.strictObject({ skill: slug }),
    z.strictObject({ project: slug }),
    z.strictObject({ roadmap: slug }),
  ])
  .describe('A goal by kind and slug, such as {"role": "backend-developer"}. search_skills finds slugs.');

const learner = z.strictObject({
  goals: z.array(goal).min(1).max(20),
  known: slugs
    .default([])
    .describe(
      "Slugs of the skills that the learner has. What they are made of and stand on counts as known as well: answers say what.",
    ),
  notKnown: slugs
    .default([])
    .describe("Slugs of skills that the learner does not have, although they would count as known."),
  knownImplies: z
    .enum(["NOTHING", "PARTS", "PREREQUISITES_AND_PARTS"])
    .optional()
    .describe("What else counts as known because of `known`, if less than that."),
  choose: slugs.default([]).describe("Slugs of skills that must be on the path, such as python."),
  avoid: slugs.default([]).describe("Slugs of skills that must not be on it."),
});

const SEARCH = tool(
  "search_skills",
  "Finds skills, roles, projects, roadmaps, resources and documents by words, and gives the slugs that the other tools take.",
  z.strictObject({
    query: z.string().min(1).max(200),
    first: z.int().min(1).max(MAX_MCP_LISTED).default(10),
  }),
  async (ask, { query, first }, origin) => {
    const { search } = await ask("Search", { query, first });
    const lines = search.nodes.map(
      ({ kind, slug, name }) => `- ${name} (${kind.toLowerCase()} ${slug}) ${thingLink(origin, kind, slug)}`,
    );
    return lines.length === 0 ? "Nothing was found." : listed(lines, search.totalCount);
  },
);

const PATH = tool(
  "learning_path",
  "The path of fewest hours to some goals, in the order of learning, with the reason of each step and what alternatives would cost.",
  learner,
  async (ask, input, origin) => {
    const { learningPath: path } = await ask("LearningPath", { input });
    if (path.__typename !== "LearningPath") throw new ToolFault(path.message);
    const proof = path.isOptimal
      ? "proved to be the fewest"
      : `at least ${path.lowerBoundHours} are proved to be needed`;
    const steps = path.steps.map(({ position, hours, skill, because, alternatives }) => {
      const wanted = because.requiredBy.map(({ name }) => name);
      const why = wanted.length === 0 ? "" : `; for ${wanted.slice(0, 3).join(", ")}`;
      const others = alternatives
        .flatMap(({ skill: { name }, extraHours: more }) => (more === null ? [] : [{ name, more }]))
        .slice(0, 3)
        .map(({ name, more }) => `${name} ${more >= 0 ? "+" : ""}${more} h`);
      const instead = others.length === 0 ? "" : `; instead: ${others.join(", ")}`;
      return `${position}. ${skill.name} (${skill.slug}), ${hours} h${why}${instead}`;
    });
    const head = `${path.totalHours} hours in ${path.steps.length} steps, ${proof}. ${planLink(origin, input)}`;
    return `${head}\n${takenAsKnown(path.takenAsKnown)}${listed(steps, steps.length)}`;
  },
);

const EXPLAIN = tool(
  "explain_skill",
  "Why a skill is on the path to some goals, or why it is not.",
  learner.extend({ skill: slug.describe("The slug of the skill.") }),
  async (ask, { skill, ...input }, origin) => {
    const { explain } = await ask("Explain", { skill, input });
    if (explain.__typename !== "Explanation") throw new ToolFault(explain.message);
    return `${explain.verdict}: ${explain.text} ${thingLink(origin, "SKILL", explain.skill.slug)}`;
  },
);

const READY = tool(
  "ready_to_learn",
  "What the learner can begin with now, what unlocks most towards the goals first.",
  learner.extend({ first: z.int().min(1).max(MAX_MCP_LISTED).default(10) }),
  async (ask, { first, ...input }, origin) => {
    const { readyToLearn: ready } = await ask("ReadyToLearn", { input, first });
    if (ready.__typename !== "ReadyToLearn") throw new ToolFault(ready.message);
    const lines = ready.skills.map(({ skill, isOnCheapestPath, skillsUnlocked }) => {
      const path = isOnCheapestPath ? "on the cheapest path, " : "";
      return `- ${skill.name} (${skill.slug}), ${skill.hours} h: ${path}unlocks ${skillsUnlocked} ${thingLink(origin, "SKILL", skill.slug)}`;
    });
    const taken = takenAsKnown(ready.takenAsKnown);
    return lines.length === 0
      ? `${taken}Nothing: all that leads to the goals is known.`
      : `${taken}${listed(lines, ready.totalCount)}`;
  },
);

const PREREQUISITES = tool(
  "prerequisites",
  "What something requires, directly or as far as `depth` says: each line is a prerequisite and what needs it.",
  z.strictObject({ of: goal, depth: z.int().min(1).max(10).default(1) }),
  async (ask, { of, depth }) => {
    const { subgraph } = await ask("Subgraph", { roots: [of], depth });
    if (subgraph.__typename !== "Subgraph") throw new ToolFault(subgraph.message);
    const lines = subgraph.edges.map(
      ({ prerequisite, dependent, isAlternative }) =>
        `- ${prerequisite.name} (${prerequisite.slug}) before ${dependent.name}${isAlternative ? ", or an alternative" : ""}`,
    );
    const rest = subgraph.isTruncated ? "\nThere is more: ask with less depth." : "";
    return lines.length === 0 ? "It requires nothing." : `${listed(lines, lines.length)}${rest}`;
  },
);

const SKILL = tool(
  "skill",
  "What a skill is, how long it takes, and which documents say so, with line and words.",
  z.strictObject({ slug }),
  async (ask, given, origin) => {
    const { skill } = await ask("Skill", given);
    const { name, kind, hours, summary, citations } = skill;
    const cited = citations.map(({ document, line, mention, basis }) => {
      const where = [document.name, line === null ? "" : `line ${line}`].filter((part) => part !== "");
      return `- ${mention ? `“${mention}”, ` : ""}${where.join(", ")} (${basis.toLowerCase()})`;
    });
    const said = cited.length === 0 ? "No document is cited." : `Cited:\n${listed(cited, cited.length)}`;
    return `${name} (${kind.toLowerCase()} ${skill.slug}), ${hours} hours. ${summary}\n${thingLink(origin, "SKILL", skill.slug)}\n${said}`;
  },
);

/** All tools, by name. They only read. */
export const TOOLS: ReadonlyMap<string, Tool> = new Map(
  [SEARCH, PATH, EXPLAIN, READY, PREREQUISITES, SKILL].map((each) => [each.name, each]),
);

function tool<Given>(
  name: string,
  description: string,
  input: z.ZodType<Given>,
  answer: (ask: Ask, given: Given, origin: string) => Promise<string>,
): Tool {
  return {
    name,
    description,
    inputSchema: z.toJSONSchema(input, { io: "input" }),
    answer: (ask, given, origin) => {
      const read = input.safeParse(given);
      if (!read.success) throw new ToolFault(faultsIn(read.error));
      return answer(ask, read.data, origin);
    },
  };
}
