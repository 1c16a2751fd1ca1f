import type { SolvedPath } from "../../planning/path-question.ts";
import type { PlanStep } from "../../planning/time/milestones.ts";
import type { PlainWhatIf } from "../../workers/tasks.ts";
import { builder } from "../builder.ts";
import { addAnswerId } from "../core/cache-id.ts";
import { MissingCause } from "../core/error-types.ts";
import { fault, type MissingSkill, NotFoundError, results, ValidationError } from "../core/errors.ts";
import { SkillHandle } from "../core/handle.ts";
import { runTask } from "../core/run.ts";
import { LearningPathInput } from "../path/input.ts";
import { LearningPath, solvedPath } from "../path/path.ts";
import { type PlanRequest, parsePlan, parseQuestion, plainRequest, slugReader } from "../path/request.ts";
import { planned } from "../path/schedule.ts";
import { Skill } from "../skill/skill.ts";
import { type Hypothesis, HypotheticalChangeInput, parseAdded, parseChange } from "./hypothesis.ts";

interface WhatIfShape {
  /** What was asked. */
  readonly args: object;
  readonly whatIf: PlainWhatIf;
  readonly hypothesis: Hypothesis;
  readonly request: PlanRequest;
}

/** A skill of the changed graph. */
type SkillShape = WhatIfShape & { readonly skill: number };

const HypotheticalSkill = builder.objectRef<SkillShape>("HypotheticalSkill").implement({
  description: "A skill of the changed graph.",
  fields: (t) => ({
    slug: t.string({
      description: "The slug of the skill.",
      resolve: ({ skill, hypothesis }, _args, { snapshot }) =>
        snapshot.skills.slugs.at(skill) ?? hypothesis.added[skill - snapshot.skills.slugs.length]!.slug,
    }),
    name: t.string({
      description: "The name of the skill.",
      resolve: ({ skill, hypothesis }, _args, { snapshot }) =>
        snapshot.skills.names.at(skill) ?? hypothesis.added[skill - snapshot.skills.names.length]!.name,
    }),
    hours: t.hours("The hours that the skill would take.", ({ skill, whatIf }) => whatIf.costThen[skill]!),
    skill: t.field({
      type: Skill,
      nullable: true,
      description: "The skill in today's graph. Null for an added skill.",
      resolve: ({ skill }, _args, { snapshot }) =>
        skill < snapshot.graph.skillCount ? new SkillHandle(skill) : null,
    }),
  }),
});
addAnswerId(HypotheticalSkill, ({ skill }) => [skill]);

/** The type, description and resolver of a field that lists skills of the changed graph. */
function skillsField<Shape extends WhatIfShape>(
  description: string,
  skillsOf: (shape: Shape) => readonly number[],
) {
  const type: [typeof HypotheticalSkill] = [HypotheticalSkill];
  const resolve = (shape: Shape): SkillShape[] => skillsOf(shape).map((skill) => ({ ...shape, skill }));
  return { type, description, resolve };
}

const HypotheticalPath = builder
  .objectRef<WhatIfShape & { readonly path: SolvedPath }>("HypotheticalPath")
  .implement({
    description: "The cheapest path in the changed graph.",
    fields: (t) => ({
      totalHours: t.hours("The hours of all steps.", ({ path }) => path.cost),
      totalSteps: t.int({
        description: "How many steps there are.",
        resolve: ({ path }) => path.skills.length,
      }),
      isOptimal: t.boolean({
        description: "Whether it is proved that no path takes fewer hours.",
        resolve: ({ path }) => path.isOptimal,
      }),
      lowerBoundHours: t.hours(
        "It is proved that no path takes fewer hours than this.",
        ({ path }) => path.lowerBound,
      ),
      finishOn: t.field({
        type: "LocalDate",
        nullable: true,
        description:
          "The last day of learning, in the time that the input gives. Null when there is no schedule.",
        resolve: ({ path, whatIf, request }) => {
          const { costThen } = whatIf;
          const steps = path.skills.map(
            (owner): PlanStep => ({ kind: "SKILL", owner, cost: costThen[owner]! }),
          );
          const plan = planned(request.time, steps);
          return plan?.kind === "schedule" ? plan.finishOn : null;
        },
      }),
      steps: t.field(skillsField("The skills to learn, in order.", ({ path }) => path.skills)),
    }),
  });
addAnswerId(HypotheticalPath);

const HypotheticalDifference = builder.objectRef<WhatIfShape>("HypotheticalDifference").implement({
  description: "How the changes affect the path.",
  fields: (t) => ({
    added: t.field(
      skillsField("The steps that only the new path has.", ({ whatIf }) => whatIf.difference!.added),
    ),
    dropped: t.skills("The steps that only today's path has.", ({ whatIf }) => whatIf.difference!.dropped),
    extraHours: t.hours(
      "How many more hours the new path takes; negative when it takes fewer.",
      ({ whatIf }) => whatIf.difference!.extraCost,
    ),
  }),
});
addAnswerId(HypotheticalDifference);

type MissingShape = SkillShape & Pick<MissingSkill, "cause">;

const MissingHypotheticalSkill = builder.objectRef<MissingShape>("MissingHypotheticalSkill").implement({
  description: "A skill that would stand in the way of the goals.",
  fields: (t) => ({
    skill: t.field({ type: HypotheticalSkill, description: "The skill.", resolve: (shape) => shape }),
    cause: t.expose("cause", { type: MissingCause, description: "Why it would be out of reach." }),
  }),
});
addAnswerId(MissingHypotheticalSkill, ({ skill }) => [skill]);

const WhatIfType = builder.objectRef<WhatIfShape>("WhatIf").implement({
  description: "The path in the changed graph beside today's path. Nothing is written.",
  fields: (t) => ({
    today: t.field({
      type: LearningPath,
      nullable: true,
      description:
        "Today's path, where added skills count for nothing. Null when the goals are out of reach.",
      resolve: ({ whatIf: { question, today }, request }, _args, context) => {
        if (today.kind === "unreachable") return null;
        const todays = (skills: readonly number[]) =>
          skills.filter((skill) => skill < context.snapshot.graph.skillCount);
        const { given, notKnown, ...rest } = request.known;
        const known = { ...rest, given: todays(given), notKnown: todays(notKnown) };
        return solvedPath(context, { ...request, question, known }, today);
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
      description: "How the changes affect the path. Null unless there is a path both before and after.",
      resolve: (shape) => (shape.whatIf.difference === undefined ? null : shape),
    }),
    missing: t.field({
      type: [MissingHypotheticalSkill],
      description: "The skills that would stand in the way of the goals. Empty when there is a path.",
      resolve: (shape) => {
        if (shape.whatIf.then.kind === "path") return [];
        const missing = shape.whatIf.then.unreached.flatMap((goal) => goal.missing);
        const causes = new Map(missing.map(({ skill, cause }) => [skill, cause]));
        return [...causes].map(([skill, cause]) => ({ ...shape, skill, cause }));
      },
    }),
    goalsRemoved: t.goals(
      "The goals that the changes remove. The changed path does without them.",
      ({ whatIf }) => whatIf.goalsRemoved,
    ),
    unlearnable: t.field(
      skillsField(
        "The skills that nobody could learn any more. Unless this list is empty, a write with these changes would be refused.",
        ({ whatIf }) => whatIf.unlearnable,
      ),
    ),
    loop: t.field(
      skillsField(
        "Why one of the `unlearnable` skills could not be learned: each skill of this loop needs the next one, and the last needs the first. Empty when no loop is the reason.",
        ({ whatIf }) => whatIf.loop ?? [],
      ),
    ),
  }),
});
addAnswerId(WhatIfType);

/** Throws ValidationError on the fields of an input that a what-if does not support. */
function checkSupported(input: typeof LearningPathInput.$inferInput): void {
  if (input.optimise != null && input.optimise !== "HOURS")
    throw fault("input.optimise", "HOURS in a what-if", input.optimise);
  if (input.likes != null && input.likes.length > 0)
    throw fault("input.likes", "empty in a what-if", `${input.likes.length} entries`);
  if (input.includeOptional)
    throw fault("input.includeOptional", "false in a what-if, where choose can list the skills", "true");
}

builder.queryField("whatIf", (t) =>
  t.field({
    type: WhatIfType,
    description:
      "What the path would be if the graph were different: skills added, removed or re-estimated, prerequisites added or dropped.",
    args: {
      changes: t.arg({
        type: [HypotheticalChangeInput],
        required: true,
        description: "The changes, in the order in which they are made. Removals are made last.",
      }),
      input: t.arg({
        type: LearningPathInput,
        required: true,
        description: "The question. `known`, `choose` and `avoid` may name added skills.",
      }),
    },
    errors: results("WhatIfResult", "An answer, or why there is none.", [NotFoundError, ValidationError]),
    resolve: async (_root, args, context): Promise<WhatIfShape> => {
      const { snapshot } = context;
      const { input } = args;
      const added = parseAdded(snapshot, args.changes);
      const slugs = slugReader(
        context,
        input,
        added.map(({ slug }) => slug),
      );
      const changes = args.changes.map((change, at) => parseChange(slugs, change, `changes[${at}]`));
      const { question, known } = await parseQuestion(context, input, { slugs });
      checkSupported(input);
      const request = {
        ...plainRequest(question, "INSTANT", known),
        ignored: slugs.ignored,
        ...parsePlan(input),
      };
      const whatIf = await runTask("whatIf", context, changes, question);
      return { args, whatIf, hypothesis: { changes, added }, request };
    },
  }),
);
