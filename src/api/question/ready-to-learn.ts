import type { ReadyQuestion, ReadySkill } from "../../planning/scenarios/ready-to-learn.ts";
import type { GraphSnapshot } from "../../store/snapshot/graph-snapshot.ts";
import { builder } from "../builder.ts";
import { hours, SkillHandle } from "../core/entity.ts";
import { NotFoundError, ValidationError } from "../core/errors.ts";
import { runTask } from "../core/run-task.ts";
import { MAX_GOALS, MAX_READY_SKILLS } from "../limits.ts";
import { parseOptionalGoals, parseSkills, withImplied } from "../path/learner-input.ts";
import { GoalInput, IMPLIED, KNOWN } from "../path/learner-input-types.ts";
import { Skill } from "../skill/skill.ts";

const DEFAULT_READY_SKILLS = 20;

interface Candidate extends ReadySkill {
  /** Whether the cheapest path to the goals takes it; `undefined` without goals. */
  readonly isOnCheapestPath: boolean | undefined;
}

/** What is ready, as resolvers see it. */
export interface ReadyShape {
  readonly question: ReadyQuestion;
  /** The first so many as were asked for. */
  readonly ready: readonly Candidate[];
  readonly totalCount: number;
}

/** A skill in its place in an answer. */
export interface ReadySkillShape extends Candidate {
  readonly answer: ReadyShape;
  /** The place in `answer.ready`. */
  readonly at: number;
}

/** Marks what the cheapest path takes and puts it first; all else stays in order. */
async function rank(
  snapshot: GraphSnapshot,
  ready: readonly ReadySkill[],
  question: { readonly goals: readonly number[]; readonly known: readonly number[] },
): Promise<Candidate[]> {
  if (question.goals.length === 0) return ready.map((skill) => ({ ...skill, isOnCheapestPath: undefined }));
  const path = await runTask("learningPath", snapshot.graph, { ...question, choose: [], avoid: [] });
  const steps = new Set(path.kind === "path" ? path.skills : []);
  const candidates = ready.map((skill) => ({ ...skill, isOnCheapestPath: steps.has(skill.skill) }));
  return [
    ...candidates.filter(({ isOnCheapestPath }) => isOnCheapestPath),
    ...candidates.filter(({ isOnCheapestPath }) => !isOnCheapestPath),
  ];
}

export const ReadySkillType = builder.objectRef<ReadySkillShape>("ReadySkill").implement({
  description: "A skill that can be learned next.",
  fields: (t) => ({
    skill: t.field({
      type: Skill,
      description: "The skill.",
      resolve: ({ skill }) => new SkillHandle(skill),
    }),
    readyNext: t.field({
      type: [Skill],
      description: "What becomes ready to learn at once when it is learned.",
      resolve: ({ readyNext }) => readyNext.map((skill) => new SkillHandle(skill)),
    }),
    isOnCheapestPath: t.boolean({
      nullable: true,
      description: "Whether the cheapest path to the goals takes it. Null when no goals were given.",
      resolve: ({ isOnCheapestPath }) => isOnCheapestPath,
    }),
    skillsUnlocked: t.int({
      nullable: true,
      description:
        "How many skills on the way to the goals it helps towards. Null where the graph is too large to count without a goal.",
      resolve: ({ unlocked }) => unlocked?.skills,
    }),
    hoursUnlocked: t.float({
      nullable: true,
      description: "The hours of these skills together.",
      resolve: ({ unlocked }) => unlocked && hours(unlocked.cost),
    }),
  }),
});

export const ReadyToLearn = builder.objectRef<ReadyShape>("ReadyToLearn").implement({
  description: "The skills that a learner can take up next.",
  fields: (t) => ({
    revision: t.int({
      description: "The revision of the graph that the answer holds for.",
      resolve: (_answer, _args, { snapshot }) => snapshot.revision,
    }),
    totalCount: t.int({
      description: "How many are ready, those beyond `first` included.",
      resolve: ({ totalCount }) => totalCount,
    }),
    skills: t.field({
      type: [ReadySkillType],
      description:
        "What is ready: what the cheapest path to the goals takes comes first, then what helps towards most hours on some way to them.",
      resolve: (answer) => answer.ready.map((candidate, at) => ({ ...candidate, answer, at })),
    }),
  }),
});

builder.queryField("readyToLearn", (t) =>
  t.field({
    type: ReadyToLearn,
    description: "What this learner can learn next: the skills not known whose requirement is met.",
    args: {
      known: t.arg.stringList({ required: true, defaultValue: [], description: KNOWN }),
      knownImpliesPrerequisites: t.arg.boolean({
        required: true,
        defaultValue: false,
        description: IMPLIED,
      }),
      goals: t.arg({
        type: [GoalInput],
        required: true,
        defaultValue: [],
        description: `Only what still helps towards one of these, at most ${MAX_GOALS}; empty: everything that is ready.`,
      }),
      first: t.arg.int({
        required: true,
        defaultValue: DEFAULT_READY_SKILLS,
        description: `How many to return, at most ${MAX_READY_SKILLS}.`,
      }),
    },
    errors: {
      types: [NotFoundError, ValidationError],
      union: { name: "ReadyToLearnResult", description: "What is ready to learn, or why that is unknown." },
    },
    resolve: async (_root, args, { snapshot }): Promise<ReadyShape> => {
      if (args.first < 0 || args.first > MAX_READY_SKILLS)
        throw new ValidationError({
          argument: "first",
          expected: `between 0 and ${MAX_READY_SKILLS}`,
          received: args.first,
        });
      const known = parseSkills(snapshot, args.known, "known");
      const goals = parseOptionalGoals(snapshot, args.goals, "goals");
      const question = { known: await withImplied(snapshot, known, args.knownImpliesPrerequisites), goals };
      // Which of them the cheapest path takes, and so comes first, is only known when there are goals.
      const atMost = goals.length === 0 ? args.first : Number.POSITIVE_INFINITY;
      const found = await runTask("readyToLearn", snapshot.graph, question, atMost);
      const ranked = await rank(snapshot, found.ready, question);
      return { question, ready: ranked.slice(0, args.first), totalCount: found.totalCount };
    },
  }),
);
