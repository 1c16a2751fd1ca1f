import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createSchema, createYoga } from "graphql-yoga";
import { seedIfEmpty } from "../../../src/seeding/seed.ts";
import type { RequirementNode, Skill } from "../../../src/store/generated/client/client.ts";
import { openStore } from "../../../src/store/store.ts";
import { startPostgresql } from "../../support/postgresql-server.ts";
import { serveUntilStopped } from "./lifetime.ts";

/**
 * What most GraphQL servers over Prisma do, for comparison: resolvers that follow relations, a query for each
 * step, executed by graphql-js behind Yoga, on PostgreSQL. It takes the first alternative (or the chosen one).
 */
const postgres = await startPostgresql();
const store = await openStore({ databaseUrl: await postgres.createDatabase("bench"), dataDir: "" });
await seedIfEmpty(store);
const { prisma } = store;

interface Step {
  readonly skill: Skill;
  readonly stage: number;
  readonly position: number;
  readonly goal: { readonly slug: string };
  readonly path: ReadonlySet<number>;
}

interface Input {
  readonly goals: readonly { readonly role: string }[];
  readonly known?: readonly string[];
  readonly choose?: readonly string[];
}

/** The skills of a requirement, first alternatives, each followed down its own relations. */
async function walk(
  nodes: readonly RequirementNode[],
  at: RequirementNode,
  visit: (skill: Skill) => Promise<void>,
  chosen: ReadonlySet<string>,
): Promise<void> {
  if (at.needsId !== null) {
    const skill = await prisma.skill.findUnique({ where: { id: at.needsId } });
    if (skill !== null) await visit(skill);
    return;
  }
  const children = nodes.filter(({ parentOrdinal }) => parentOrdinal === at.ordinal);
  const need = at.atLeast ?? 0;
  if (need < children.length) {
    const skills = await prisma.skill.findMany({
      where: { id: { in: children.flatMap(({ needsId }) => needsId ?? []) } },
    });
    const preferred = new Set(skills.filter(({ slug }) => chosen.has(slug)).map(({ id }) => id));
    children.sort((a, b) => Number(preferred.has(b.needsId ?? -1)) - Number(preferred.has(a.needsId ?? -1)));
  }
  for (const child of children.slice(0, need)) await walk(nodes, child, visit, chosen);
}

async function learningPath({ input }: { input: Input }) {
  const steps: Omit<Step, "path">[] = [];
  const chosen = new Set(input.choose);
  const known = await prisma.skill.findMany({ where: { slug: { in: [...(input.known ?? [])] } } });
  const seen = new Set(known.map(({ id }) => id));
  for (const { role } of input.goals) {
    const goal = await prisma.role.findUniqueOrThrow({ where: { slug: role }, include: { nodes: true } });
    const visit = async (skill: Skill): Promise<void> => {
      if (seen.has(skill.id)) return;
      seen.add(skill.id);
      const nodes = await prisma.requirementNode.findMany({
        where: { skillId: skill.id },
        orderBy: { ordinal: "asc" },
      });
      if (nodes[0] !== undefined) await walk(nodes, nodes[0], visit, chosen);
      steps.push({ skill, stage: 0, position: steps.length + 1, goal });
    };
    const root = goal.nodes.find(({ ordinal }) => ordinal === 0);
    if (root !== undefined) await walk(goal.nodes, root, visit, chosen);
  }
  const path = new Set(steps.map(({ skill }) => skill.id));
  return {
    __typename: "LearningPath",
    revision: store.snapshot().revision,
    totalHours: steps.reduce((sum, { skill }) => sum + skill.hours, 0),
    isOptimal: false,
    lowerBoundHours: 0,
    steps: steps.map((step) => ({ ...step, path })),
  };
}

const schema = createSchema({
  typeDefs: `
    type Node { slug: String! name: String }
    interface Error { message: String! }
    type NotFoundError implements Error { message: String! }
    type Because { goals: [Node!]! requiredBy: [Node!]! }
    type Alternative { skill: Node! extraHours: Float }
    type Step { position: Int! stage: Int! hours: Float! skill: Node! because: Because! alternatives: [Alternative!]! }
    type LearningPath { revision: Int! totalHours: Float! isOptimal: Boolean! lowerBoundHours: Float! steps: [Step!]! }
    union LearningPathResult = LearningPath | NotFoundError
    input Goal { skill: String role: String project: String roadmap: String }
    input LearningPathInput { goals: [Goal!]! known: [String!] knownImplies: String choose: [String!] avoid: [String!] weeklyHours: Float startOn: String }
    type Query { learningPath(input: LearningPathInput!): LearningPathResult! }
  `,
  resolvers: {
    Query: { learningPath: (_: unknown, args: { input: Input }) => learningPath(args) },
    Step: {
      hours: ({ skill }: Step) => skill.hours,
      because: (step: Step) => step,
      alternatives: (step: Step) => alternatives(step),
    },
    Because: {
      goals: ({ goal }: Step) => [goal],
      requiredBy: async ({ skill }: Step) => {
        const nodes = await prisma.requirementNode.findMany({
          where: { needsId: skill.id },
          include: { skill: true, role: true },
        });
        return nodes.flatMap((node) => node.skill ?? node.role ?? []);
      },
    },
  },
});

/** The other members of the groups that ask for the step's skill, each with the difference of its own hours. */
async function alternatives({ skill, path }: Step) {
  const leaves = await prisma.requirementNode.findMany({
    where: { needsId: skill.id, parentOrdinal: { not: null } },
  });
  const found = [];
  for (const leaf of leaves) {
    const siblings = await prisma.requirementNode.findMany({
      where: {
        skillId: leaf.skillId,
        projectId: leaf.projectId,
        roleId: leaf.roleId,
        roadmapStepId: leaf.roadmapStepId,
      },
      include: { needs: true },
    });
    const group = siblings.find(({ ordinal }) => ordinal === leaf.parentOrdinal);
    const members = siblings.filter(({ parentOrdinal }) => parentOrdinal === leaf.parentOrdinal);
    if (group?.atLeast === members.length) continue;
    for (const { needs } of members)
      if (needs !== null && !path.has(needs.id))
        found.push({ skill: needs, extraHours: needs.hours - skill.hours });
  }
  return found;
}

const server = createServer(createYoga({ schema, logging: false }));
server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  serveUntilStopped(`http://127.0.0.1:${port}/graphql`, async () => {
    await store.close();
    await postgres.stop();
  });
});
