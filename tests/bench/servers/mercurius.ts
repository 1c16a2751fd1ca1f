import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Fastify from "fastify";
import mercurius from "mercurius";
import { parse } from "yaml";
import { ownerOfUse } from "../../../src/graph/model/fold.ts";
import { buildPrerequisiteGraph } from "../../../src/graph/model/graph-builder.ts";
import { NONE } from "../../../src/graph/model/prerequisite-graph.ts";
import type { Requirement } from "../../../src/graph/model/requirement.ts";
import type { GraphFile } from "../../../src/seeding/graph-file.ts";
import { bareRequirement } from "../../../src/seeding/requirement-file.ts";
import { serveUntilStopped } from "./lifetime.ts";

/**
 * The strongest server that can be put together from published parts, for comparison: Mercurius with its JIT
 * over the same typed-array graph, everything in memory, no database. It answers the core query's shape, but
 * takes the first alternative everywhere (or the chosen one) instead of searching for the cheapest.
 */

function* graphFiles(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) yield* graphFiles(join(folder, entry.name));
    else if (entry.name.endsWith(".yaml")) yield join(folder, entry.name);
  }
}

type Resource = NonNullable<GraphFile["resources"]>[number];

const files = [...graphFiles(process.env.GRAPH ?? "seeds")].map(
  (path) => parse(readFileSync(path, "utf8")) as GraphFile,
);
const skills = files.flatMap((file) => file.skills ?? []).sort((a, b) => (a.slug < b.slug ? -1 : 1));
const roles = files.flatMap((file) => file.roles ?? []);
const index = new Map(skills.map(({ slug }, i) => [slug, i]));
const resolved = (requirement: Requirement<string>): Requirement<number> =>
  "of" in requirement
    ? { atLeast: requirement.atLeast, of: requirement.of.map(resolved) }
    : { skill: index.get(requirement.skill)! };
const owner = (cost: number, requires: GraphFile["skills"] extends (infer R)[] | undefined ? R : never) => ({
  cost,
  requirement: requires.requires === undefined ? undefined : resolved(bareRequirement(requires.requires)),
});
const graph = buildPrerequisiteGraph(skills.length, [
  ...skills.map((skill) => owner(Math.round(skill.hours * 100), skill)),
  ...roles.map((role) => ({
    cost: 0,
    requirement: role.requires === undefined ? undefined : resolved(bareRequirement(role.requires)),
  })),
]);
const roleIndex = new Map(roles.map(({ slug }, i) => [slug, skills.length + i]));

const stamp = new Int32Array(graph.ownerCount);
const stages = new Int32Array(graph.ownerCount);
let generation = 0;

/** All-of closure with the first (or a marked) alternative, in post-order; −1 in `stamp` terms is "known". */
function closure(goals: readonly number[], known: readonly number[], chosen: ReadonlySet<number>): number[] {
  generation++;
  for (const skill of known) stamp[skill] = generation;
  const order: number[] = [];
  const visit = (at: number): number => {
    if (at >= 0) {
      if (stamp[at] === generation) return known.includes(at) ? -1 : stages[at]!;
      stamp[at] = generation;
      const requirement = graph.requirement[at]!;
      stages[at] = requirement === NONE ? 0 : visit(requirement) + 1;
      if (at < graph.skillCount) order.push(at);
      return stages[at]!;
    }
    const group = ~at;
    const members = graph.members.subarray(graph.groupStart[group]!, graph.groupStart[group + 1]!);
    const need = graph.groupNeed[group]!;
    const preferred = need < members.length ? [...members].sort((a, b) => rank(b) - rank(a)) : members;
    let stage = -1;
    for (let m = 0; m < need; m++) stage = Math.max(stage, visit(preferred[m]!));
    return stage;
  };
  const rank = (member: number) =>
    member >= 0 && (chosen.has(member) || stamp[member] === generation) ? 1 : 0;
  for (const goal of goals) visit(goal);
  return order;
}

const cost = (path: readonly number[]) => path.reduce((sum, skill) => sum + graph.cost[skill]!, 0);
const taughtBy = new Map<string, { resource: Resource }[]>(skills.map(({ slug }) => [slug, []]));
for (const resource of files.flatMap((file) => file.resources ?? []))
  for (const taught of resource.teaches ?? [])
    taughtBy.get(typeof taught === "string" ? taught : taught.skill)!.push({ resource });
const nodes = skills.map((skill) => ({ ...skill, taughtBy: taughtBy.get(skill.slug)! }));
const entity = (at: number) =>
  at < skills.length
    ? nodes[at]!
    : { slug: roles[at - skills.length]!.slug, name: roles[at - skills.length]!.name };

interface Input {
  goals: { skill?: string; role?: string }[];
  known?: string[];
  choose?: string[];
}

function learningPath({ input }: { input: Input }) {
  const goals = input.goals.map(({ skill, role }) => (skill ? index.get(skill)! : roleIndex.get(role!)!));
  const known = (input.known ?? []).map((slug) => index.get(slug)!);
  const chosen = new Set((input.choose ?? []).map((slug) => index.get(slug)!));
  const path = closure([...goals, ...chosen], known, chosen);
  const stageOf = path.map((skill) => stages[skill]!);
  const inPath = new Set([...path, ...goals]);
  const total = cost(path);
  const steps = path.map((skill, i) => {
    const requiredBy = new Set<number>();
    const alternatives: number[] = [];
    for (let u = graph.usedByStart[skill]!; graph.usedBy[u] !== NONE; u++) {
      const use = graph.usedBy[u]!;
      const by = ownerOfUse(graph, use);
      if (!inPath.has(by)) continue;
      requiredBy.add(by);
      if (use >= 0 || graph.groupNeed[~use]! === graph.groupStart[~use + 1]! - graph.groupStart[~use]!)
        continue;
      for (let m = graph.groupStart[~use]!; m < graph.groupStart[~use + 1]!; m++)
        if (graph.members[m]! >= 0 && !inPath.has(graph.members[m]!)) alternatives.push(graph.members[m]!);
    }
    return {
      position: i + 1,
      stage: stageOf[i],
      hours: graph.cost[skill]! / 100,
      skill: entity(skill),
      because: { goals: goals.map(entity), requiredBy: [...requiredBy].map(entity) },
      alternatives: alternatives.map((other) => ({
        skill: entity(other),
        extraHours: (cost(closure([other], known, chosen)) - graph.cost[skill]!) / 100,
      })),
    };
  });
  return {
    __typename: "LearningPath",
    revision: 1,
    totalHours: total / 100,
    isOptimal: false,
    lowerBoundHours: 0,
    steps,
  };
}

const app = Fastify();
app.register(mercurius, {
  jit: 1,
  schema: `
    interface Entity { slug: String! name: String! }
    type Node implements Entity { slug: String! name: String! }
    type Skill implements Entity { slug: String! name: String! taughtBy: [Teaching!]! }
    type Teaching { resource: Resource! }
    type Resource { slug: String! name: String! url: String hours: Float }
    interface Error { message: String! }
    type NotFoundError implements Error { message: String! }
    type Because { goals: [Node!]! requiredBy: [Node!]! }
    type Alternative { skill: Node! extraHours: Float }
    type Step { position: Int! stage: Int! hours: Float! skill: Skill! because: Because! alternatives: [Alternative!]! }
    type LearningPath { revision: Int! totalHours: Float! isOptimal: Boolean! lowerBoundHours: Float! steps: [Step!]! }
    union LearningPathResult = LearningPath | NotFoundError
    input Goal { skill: String role: String project: String roadmap: String }
    input LearningPathInput { goals: [Goal!]! known: [String!] knownImplies: String choose: [String!] avoid: [String!] weeklyHours: Float startOn: String }
    type Query { learningPath(input: LearningPathInput!): LearningPathResult! }
  `,
  resolvers: { Query: { learningPath: (_: unknown, args: { input: Input }) => learningPath(args) } },
});
const url = await app.listen({ port: 0, host: "127.0.0.1" });
serveUntilStopped(`${url}/graphql`);
