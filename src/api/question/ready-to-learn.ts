import type {
  NotReady,
  ReadyQuestion,
  ReadySkill,
  UnlockedProjects,
} from "../../planning/scenarios/ready-to-learn.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { type Answer, addAnswerId } from "../core/cache-id.ts";
import { checkRange, howMany } from "../core/check.ts";
import { IGNORED } from "../core/error-types.ts";
import { NotFoundError, results, UnreachableGoalError, ValidationError } from "../core/errors.ts";
import { hours, ownerHandle, ProjectHandle } from "../core/handle.ts";
import { memo, runTask } from "../core/run.ts";
import { MAX_READY_SKILLS } from "../limits.ts";
import { fieldArgs, LearningPathInput } from "../path/input.ts";
import { TAKEN_AS_KNOWN } from "../path/known.ts";
import { answerRequest } from "../path/path.ts";
import { inputOf, type PlanRequest, parsePlanRequest } from "../path/request.ts";
import { Project } from "../project/project.ts";
import { RequirementNode } from "../requirement/requirement.ts";
import { requirementsOf, unmetParts } from "../requirement/tree.ts";

const DEFAULT_READY_SKILLS = 20;

/** What is ready, as resolvers see it. */
interface Ready {
  /** What was asked. */
  readonly args: object;
  readonly request: PlanRequest;
  readonly question: ReadyQuestion;
  /** At most `first`, as the client asked. */
  readonly ready: readonly ReadySkill[];
  readonly totalCount: number;
  /** The skills of the cheapest path to the goals; `undefined` without goals. */
  readonly onPath: ReadonlySet<number> | undefined;
}

/** One of the skills of an answer, and its index in `answer.ready`. */
type ReadyNow = Answer<ReadySkill & { readonly answer: Ready; readonly at: number }>;

/** The skills of the path to the goals of a request; none when there is no path. */
async function skillsOnPath(context: Context, request: PlanRequest): Promise<ReadonlySet<number>> {
  try {
    return new Set((await answerRequest(context, request)).solved.skills);
  } catch (error) {
    if (error instanceof UnreachableGoalError) return new Set();
    throw error;
  }
}

/** What each skill of an answer does for projects. */
const unlockedProjectsOf = memo(
  ({ ready, question }: Ready, context: Context): UnlockedProjects[] | Promise<UnlockedProjects[]> => {
    const { snapshot } = context;
    const skills = ready.map(({ skill }) => skill);
    const range = { first: snapshot.firstProject, end: snapshot.firstRole };
    return runTask("unlockedProjects", context, skills, question.known, range);
  },
);

async function unlockedBy({ answer, at }: ReadyNow, context: Context): Promise<UnlockedProjects> {
  return (await unlockedProjectsOf(answer, context))[at]!;
}

const ReadySkillType = builder.objectRef<ReadyNow>("ReadySkill").implement({
  description: "A skill that can be learned next.",
  fields: (t) => ({
    skill: t.skill("The skill.", ({ skill }) => skill),
    hours: t.hours("The hours of the skill.", ({ skill }, { snapshot }) => snapshot.graph.cost[skill]!),
    feasibleNext: t.field({
      type: [Project],
      description: "The projects that become feasible as soon as the skill is learned.",
      resolve: async (ready, _args, context) =>
        (await unlockedBy(ready, context)).feasible.map(
          (owner) => new ProjectHandle(owner - context.snapshot.firstProject),
        ),
    }),
    projectsUnlocked: t.int({
      description:
        "How many projects that are not feasible yet the skill helps towards, directly or as one of several alternatives.",
      resolve: async (ready, _args, context) => (await unlockedBy(ready, context)).towards.length,
    }),
    readyNext: t.skills(
      "The skills that become ready to learn as soon as this one is learned.",
      ({ readyNext }) => readyNext,
    ),
    isOnCheapestPath: t.boolean({
      nullable: true,
      description: "Whether the cheapest path to the goals takes the skill. Null without goals.",
      resolve: ({ skill, answer }) => answer.onPath?.has(skill),
    }),
    skillsUnlocked: t.int({
      nullable: true,
      description:
        "How many skills on the way to the goals this one helps towards. Null when there is no goal and the graph is too large to count.",
      resolve: ({ unlocked }) => unlocked?.skills,
    }),
    hoursUnlocked: t.float({
      nullable: true,
      description: "The hours of the skills counted by `skillsUnlocked`.",
      resolve: ({ unlocked }) => unlocked && hours(unlocked.cost),
    }),
  }),
});
addAnswerId(ReadySkillType, ({ skill }) => [skill]);

type Unready = Answer<NotReady & { readonly known: ReadonlySet<number> }>;

const NotReadyType = builder.objectRef<Unready>("NotReady").implement({
  description: "A skill that cannot be learned yet, or a goal that is not met.",
  fields: (t) => ({
    subject: t.goal("The skill or the goal.", ({ owner }) => owner),
    missing: t.skills(
      "The skills that its requirement still asks for. Where it leaves a choice, not all of them are needed.",
      ({ missing }) => missing,
    ),
    unmet: t.field({
      type: [RequirementNode],
      description:
        "What is left of its requirement, as a flat list in depth-first order: members that are met are left out, and `atLeast` says how many more are needed of those listed.",
      resolve: async ({ owner, known }, _args, context) => {
        const requirements = await requirementsOf(context, ownerHandle(context.snapshot, owner));
        return requirements.flatMap((parts) => unmetParts(parts, (skill) => known.has(skill)));
      },
    }),
  }),
});
addAnswerId(NotReadyType, ({ owner }) => [owner]);

const ReadyToLearn = builder.objectRef<Ready>("ReadyToLearn").implement({
  description: "The skills that a learner can learn next.",
  fields: (t) => ({
    revision: t.int({
      description: "The revision of the graph that the answer holds for.",
      resolve: (_answer, _args, { snapshot }) => snapshot.revision,
    }),
    totalCount: t.exposeInt("totalCount", {
      description: "How many skills are ready, including those beyond `first`.",
    }),
    ignored: t.field(IGNORED),
    takenAsKnown: t.field({ ...TAKEN_AS_KNOWN, resolve: ({ request }) => request.known.taken }),
    skills: t.field({
      type: [ReadySkillType],
      description:
        "The skills that are ready. Those that the cheapest path to the goals takes come first, then those that help towards the most hours on some way to the goals.",
      resolve: (answer) => answer.ready.map((skill, at) => ({ ...skill, args: answer.args, answer, at })),
    }),
    notReady: t.field({
      type: [NotReadyType],
      nullable: true,
      description:
        "What is not ready, nearest first: the skills on some way to the goals whose requirement is not met, and the unmet goals. Without goals: all skills whose requirement is not met.",
      args: {
        first: t.arg.int(howMany(20, 0, MAX_READY_SKILLS)),
      },
      resolve: async ({ args, request, question }, { first }, context) => {
        checkRange("first", first, 0, MAX_READY_SKILLS);
        const known = new Set(question.known);
        const avoided = new Set(request.question.avoid);
        const found = await runTask("notReady", context, question, first + avoided.size);
        return found
          .filter(({ owner }) => !avoided.has(owner))
          .slice(0, first)
          .map((notReady) => ({ ...notReady, args, known }));
      },
    }),
  }),
});
addAnswerId(ReadyToLearn);

builder.queryField("readyToLearn", (t) =>
  t.field({
    type: ReadyToLearn,
    description:
      "What this learner can learn next: the skills that are not known or avoided, and whose requirement is met.",
    args: {
      input: t.arg({
        type: LearningPathInput,
        description:
          "Who learns towards what, as for `learningPath`. Without goals and chosen skills: every skill that is ready; otherwise only those that help towards one of them.",
      }),
      first: t.arg.int(howMany(DEFAULT_READY_SKILLS, 0, MAX_READY_SKILLS)),
      ...fieldArgs(t.arg),
    },
    errors: results("ReadyToLearnResult", "What is ready to learn, or why that is unknown.", [
      NotFoundError,
      ValidationError,
    ]),
    resolve: async (_root, args, context): Promise<Ready> => {
      const { first, ...asked } = args;
      checkRange("first", first, 0, MAX_READY_SKILLS);
      const { input, prefix } = inputOf(asked);
      const request = await parsePlanRequest(context, input, { prefix, leastGoals: 0 });
      const { known, choose, avoid } = request.question;
      const goals = [...request.question.goals, ...choose];
      const question = { known, goals };
      // Those on the path come first, and those that are avoided are left out, so all of them have to be known.
      const isWhole = goals.length === 0 && avoid.length === 0;
      const limit = isWhole ? first : Number.POSITIVE_INFINITY;
      const found = await runTask("readyToLearn", context, question, limit);
      if (isWhole) return { args, request, question, ...found, onPath: undefined };
      const avoided = new Set(avoid);
      const ready = found.ready.filter(({ skill }) => !avoided.has(skill));
      const onPath =
        goals.length === 0
          ? undefined
          : await skillsOnPath(context, { ...request, question: { ...request.question, goals } });
      const ranked =
        onPath === undefined
          ? ready
          : [true, false].flatMap((isFirst) => ready.filter(({ skill }) => onPath.has(skill) === isFirst));
      return { args, request, question, ready: ranked.slice(0, first), totalCount: ready.length, onPath };
    },
  }),
);
