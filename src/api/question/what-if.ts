import type { SolvedPath } from "../../planning/path-question.ts";
import type { PlanStep } from "../../planning/time/milestones.ts";
import type { PlainWhatIf } from "../../workers/tasks.ts";
import { builder } from "../builder.ts";
import { Goal, hours, ownerHandle, SkillHandle } from "../core/entity.ts";
import { NotFoundError, ValidationError } from "../core/errors.ts";
import { runTask } from "../core/run-task.ts";
import { solvedPath } from "../path/learning-path.ts";
import { LearningPathInput } from "../path/learning-path-input.ts";
import { LearningPath } from "../path/learning-path-type.ts";
import { type LearningPathInput as Input, type PlanRequest, plainRequest } from "../path/plan-request.ts";
import { planned } from "../path/plan-schedule.ts";
import { parsePlanTime } from "../path/plan-time.ts";
import { MissingCause } from "../path/unreachable-goal.ts";
import { parsePreferences } from "../resource/resource.ts";
import { Skill } from "../skill/skill.ts";
import { type Hypothesis, parseHypothesis, parseHypotheticalQuestion } from "./hypothetical.ts";
import { HypotheticalChangeInput } from "./hypothetical-change-input.ts";

interface WhatIfShape {
  readonly whatIf: PlainWhatIf;
  readonly hypothesis: Hypothesis;
  readonly request: PlanRequest;
}

interface SkillShape extends WhatIfShape {
  /** In the changed graph. */
  readonly skill: number;
}

const HypotheticalSkill = builder.objectRef<SkillShape>("HypotheticalSkill").implement({
  description: "A skill of the graph as it would be.",
  fields: (t) => ({
    slug: t.string({
      description: "Its slug.",
      resolve: ({ skill, hypothesis }, _args, { snapshot }) =>
        snapshot.skills.slugs[skill] ?? hypothesis.added[skill - snapshot.skills.slugs.length]!.slug,
    }),
    name: t.string({
      description: "Its name.",
      resolve: ({ skill, hypothesis }, _args, { snapshot }) =>
        snapshot.skills.names[skill] ?? hypothesis.added[skill - snapshot.skills.names.length]!.name,
    }),
    hours: t.float({
      description: "Its hours as they would be.",
      resolve: ({ skill, whatIf }) => hours(whatIf.costThen[skill]!),
    }),
    skill: t.field({
      type: Skill,
      nullable: true,
      description: "The skill of today; null for one that is added.",
      resolve: ({ skill }, _args, { snapshot }) =>
        skill < snapshot.graph.skillCount ? new SkillHandle(skill) : null,
    }),
  }),
});

const skillsOf = (shape: WhatIfShape, skills: readonly number[]): SkillShape[] =>
  skills.map((skill) => ({ ...shape, skill }));

interface PathShape extends WhatIfShape {
  readonly path: SolvedPath;
}

const HypotheticalPath = builder.objectRef<PathShape>("HypotheticalPath").implement({
  description: "The cheapest path in the graph as it would be.",
  fields: (t) => ({
    totalHours: t.float({ description: "The hours of all steps.", resolve: ({ path }) => hours(path.cost) }),
    totalSteps: t.int({
      description: "How many steps there are.",
      resolve: ({ path }) => path.skills.length,
    }),
    isOptimal: t.boolean({
      description: "Whether it is proved that no path takes fewer hours.",
      resolve: ({ path }) => path.isOptimal,
    }),
    lowerBoundHours: t.float({
      description: "It is proved that no path takes fewer hours than this.",
      resolve: ({ path }) => hours(path.lowerBound),
    }),
    finishOn: t.field({
      type: "LocalDate",
      nullable: true,
      description: "The last day of learning in the time of the input; null when there is no schedule.",
      resolve: ({ path, whatIf, request }) => {
        const { costThen } = whatIf;
        const steps = path.skills.map(
          (owner): PlanStep => ({ kind: "SKILL", owner, cost: costThen[owner]! }),
        );
        const plan = planned(request.time, steps);
        return plan === undefined || "kind" in plan ? null : plan.schedule.finishOn;
      },
    }),
    steps: t.field({
      type: [HypotheticalSkill],
      description: "What to learn, in this order.",
      resolve: (shape) => skillsOf(shape, shape.path.skills),
    }),
  }),
});

const HypotheticalDifference = builder.objectRef<WhatIfShape>("HypotheticalDifference").implement({
  description: "What a change does to a path.",
  fields: (t) => ({
    added: t.field({
      type: [HypotheticalSkill],
      description: "The steps that only the new path has.",
      resolve: (shape) => skillsOf(shape, shape.whatIf.difference!.added),
    }),
    dropped: t.field({
      type: [Skill],
      description: "The steps that only today's path has.",
      resolve: ({ whatIf }) => whatIf.difference!.dropped.map((skill) => new SkillHandle(skill)),
    }),
    extraHours: t.float({
      description: "How many hours more the new path takes; below 0 when it takes fewer.",
      resolve: ({ whatIf }) => hours(whatIf.difference!.extraCost),
    }),
  }),
});

interface MissingShape extends SkillShape {
  readonly cause: "AVOIDED" | "UNMET";
}

const MissingHypotheticalSkill = builder.objectRef<MissingShape>("MissingHypotheticalSkill").implement({
  description: "A skill that would stand in the way of the goals.",
  fields: (t) => ({
    skill: t.field({ type: HypotheticalSkill, description: "The skill.", resolve: (shape) => shape }),
    cause: t.field({
      type: MissingCause,
      description: "Why it would be out of reach.",
      resolve: ({ cause }) => cause,
    }),
  }),
});

const WhatIfType = builder.objectRef<WhatIfShape>("WhatIf").implement({
  description: "An answer over the graph as it would be, next to today's. Nothing is written.",
  fields: (t) => ({
    today: t.field({
      type: LearningPath,
      nullable: true,
      description: "Today's path, over skills that exist; null when the goals are out of reach.",
      resolve: ({ whatIf, request }, _args, { snapshot }) => {
        if (whatIf.today.kind === "unreachable") return null;
        const isToday = (skill: number) => skill < snapshot.graph.skillCount;
        const { goals, known, choose, avoid } = request.question;
        const question = {
          goals,
          known: known.filter(isToday),
          choose: choose.filter(isToday),
          avoid: avoid.filter(isToday),
        };
        return solvedPath({ ...request, question }, whatIf.today);
      },
    }),
    hypothetical: t.field({
      type: HypotheticalPath,
      nullable: true,
      description: "The path after the changes; null when the goals would be out of reach.",
      resolve: (shape) =>
        shape.whatIf.then.kind === "unreachable" ? null : { ...shape, path: shape.whatIf.then },
    }),
    difference: t.field({
      type: HypotheticalDifference,
      nullable: true,
      description: "What the changes do to the path; null unless there is one before and after.",
      resolve: (shape) => (shape.whatIf.difference === undefined ? null : shape),
    }),
    missing: t.field({
      type: [MissingHypotheticalSkill],
      description: "What would stand in the way of the goals; empty when there is a path.",
      resolve: (shape) => {
        if (shape.whatIf.then.kind === "path") return [];
        const missing = shape.whatIf.then.unreached.flatMap((goal) => goal.missing);
        const causes = new Map(missing.map(({ skill, cause }) => [skill, cause]));
        return [...causes].map(([skill, cause]) => ({ ...shape, skill, cause }));
      },
    }),
    goalsRemoved: t.field({
      type: [Goal],
      description: "The goals that the changes remove: they are not asked for afterwards.",
      resolve: ({ whatIf }, _args, { snapshot }) =>
        whatIf.goalsRemoved.map((goal) => ownerHandle(snapshot, goal)),
    }),
    unlearnable: t.field({
      type: [HypotheticalSkill],
      description:
        "The skills that could no longer be learned by anybody. A write that made these changes would be refused unless empty.",
      resolve: (shape) => skillsOf(shape, shape.whatIf.unlearnable),
    }),
    loop: t.field({
      type: [HypotheticalSkill],
      description:
        "Why one of them could not: each of these waits for the next, and the last for the first. Empty when none is lost.",
      resolve: (shape) => {
        const { reason } = shape.whatIf;
        return reason?.kind === "loop" ? skillsOf(shape, reason.skills) : [];
      },
    }),
  }),
});

/** What a what-if understands of an input: the path in hours, and when. Throws ValidationError. */
function parseInput(input: Input, question: PlanRequest["question"]): PlanRequest {
  const refuse = (field: string, expected: string, received: string) =>
    new ValidationError({ argument: `input.${field}`, expected, received });
  if (input.optimise != null && input.optimise !== "HOURS")
    throw refuse("optimise", "HOURS in a what-if", input.optimise);
  if (input.likes != null && input.likes.length > 0)
    throw refuse("likes", "empty in a what-if", `${input.likes.length} entries`);
  if (input.includeOptional) throw refuse("includeOptional", "false in a what-if: choose the skills", "true");
  return {
    ...plainRequest(question),
    time: parsePlanTime(input),
    projects: input.projects ?? "NONE",
    preferences: parsePreferences(input.preferences ?? {}, "input.preferences"),
  };
}

builder.queryField("whatIf", (t) =>
  t.field({
    type: WhatIfType,
    nullable: true,
    description:
      "What would the path be if the graph were different: skills added, removed or re-estimated, prerequisites added or dropped?",
    args: {
      changes: t.arg({
        type: [HypotheticalChangeInput],
        required: true,
        description: "The changes, one after the other; removals last.",
      }),
      input: t.arg({
        type: LearningPathInput,
        required: true,
        description: "The question. What is known, chosen and avoided may be skills that are added.",
      }),
    },
    errors: {
      types: [NotFoundError, ValidationError],
      union: { name: "WhatIfResult", description: "An answer, or why there is none." },
    },
    resolve: async (_root, { changes, input }, { snapshot }): Promise<WhatIfShape> => {
      const hypothesis = parseHypothesis(snapshot, changes);
      const question = await parseHypotheticalQuestion(snapshot, hypothesis.added, input);
      const request = parseInput(input, question);
      const whatIf = await runTask("whatIf", snapshot.graph, hypothesis.changes, question);
      return { whatIf, hypothesis, request };
    },
  }),
);
