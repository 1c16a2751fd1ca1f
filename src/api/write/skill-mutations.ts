import { bareRequirement } from "../../seeding/requirement-file.ts";
import { schemaOf } from "../../seeding/written-row.ts";
import { ENTITIES } from "../../store/rows/entities.ts";
import { requirementRows } from "../../store/rows/requirement-rows.ts";
import { builder } from "../builder.ts";
import { addAnswerId } from "../core/cache-id.ts";
import { Goal } from "../core/entity.ts";
import { fault, results } from "../core/errors.ts";
import { OWNERS, type OwnerType, ownerHandle, ownerOfSlug, slugOf } from "../core/handle.ts";
import { slugToday } from "../core/node.ts";
import { MAX_REASON_LENGTH } from "../limits.ts";
import { GoalInput } from "../path/input.ts";
import { SlugReader } from "../path/slugs.ts";
import { RequirementInput } from "../requirement/input.ts";
import { needs } from "../viewer.ts";
import { checked, existing, readWritten } from "./edited-entity.ts";
import { GivenValues } from "./given-values.ts";
import { GraphWrite, type Written } from "./graph-write.ts";
import { merging } from "./merge.ts";
import { WRITES } from "./nouns.ts";
import { revise, WRITE_ARGUMENTS } from "./revise.ts";
import { citationInput } from "./row-inputs.ts";
import { expectVersion } from "./version.ts";
import { WRITE_ERRORS } from "./write-errors.ts";

/** The mutations of requirements and of two skills. */

interface RequirementWritten {
  readonly args: object;
  readonly owner: { readonly type: OwnerType; readonly slug: string };
  readonly written: Written;
}

const RequirementWrite = builder.objectRef<RequirementWritten>("RequirementWrite").implement({
  description: "What a mutation has written of a requirement, or would have written.",
  fields: (t) => ({
    owner: t.field({
      type: Goal,
      nullable: true,
      description: "Whose requirement it is, as it is after the write. Null when it is not there any more.",
      resolve: ({ owner: { type, slug } }, _args, { snapshot }) => ownerOfSlug(snapshot, type, slug),
    }),
    written: t.expose("written", { type: GraphWrite, description: "The revision and all that has changed." }),
  }),
});
addAnswerId(RequirementWrite);

builder.mutationField("setRequirement", (t) =>
  t.field({
    type: RequirementWrite,
    extensions: needs("graph:write"),
    description:
      "Puts another requirement in place of that of a skill, a project or a role. Skills that it goes on naming keep what is said of them in it. To add or remove a prerequisite, use `add` and `remove` of `updateSkill` and its like.",
    args: {
      of: t.arg({
        type: GoalInput,
        required: true,
        description: "Whose requirement it is. A roadmap has none of its own: it requires what its steps do.",
      }),
      requirement: t.arg({
        type: RequirementInput,
        description: "What must be known before. Null or absent: nothing.",
      }),
      because: t.arg.string({
        description: `Why the requirement as a whole is right: at most ${MAX_REASON_LENGTH} letters. Absent: what was said of a single skill stays.`,
      }),
      citations: t.arg({
        type: [citationInput()],
        description:
          "Where documents support the requirement as a whole. Absent: what was said of a single skill stays.",
      }),
      expectedVersion: t.arg.int({
        description:
          "The `version` of its owner that this was made from: where it has another, nothing is written and the answer is ConflictError. Absent: whichever it has.",
      }),
      ...WRITE_ARGUMENTS,
    },
    errors: results("SetRequirementResult", "What was written, or why nothing was.", WRITE_ERRORS),
    resolve: async (_root, args, context, { fieldName }): Promise<RequirementWritten> => {
      const ownerOf = async (): Promise<RequirementWritten["owner"]> => {
        const slugs = new SlugReader(context);
        const index = slugs.goal(args.of, "of");
        await slugs.refuseUnknown();
        const handle = ownerHandle(context.snapshot, index);
        return { type: handle.__typename, slug: slugOf(context.snapshot, handle) };
      };
      const outcome = await revise(context, fieldName, args, async (snapshot, read) => {
        const { type, slug } = await ownerOf();
        if (type === "Roadmap") throw fault("of", "a skill, a project or a role", "a roadmap");
        const { kind } = OWNERS[type];
        await expectVersion(context, kind, slug, args.expectedVersion);
        const given = new GivenValues(context);
        const requirement = args.requirement && given.requirement(args.requirement, "requirement");
        const { cites } = await given.read(schemaOf(ENTITIES[kind].list), { citations: args.citations });
        await given.refuseUnknown();
        const row = await readWritten(kind, slug, read, (nodes) =>
          requirementRows(requirement ? bareRequirement(requirement) : undefined, nodes),
        );
        const requires = told(row.requires, { reason: args.because, cites });
        return { rows: checked(kind, { ...row, requires }, snapshot) };
      });
      return { args, owner: await ownerOf(), written: { args, outcome, isDryRun: args.dryRun } };
    },
  }),
);

/** A requirement with what is said of it as a whole. */
function told(requires: unknown, said: { readonly reason: unknown; readonly cites: unknown }): unknown {
  const given = Object.entries(said).filter(([, value]) => value != null);
  if (requires === undefined || given.length === 0) return requires;
  const form = typeof requires === "string" ? { skill: requires } : requires;
  return Object.assign({}, form, Object.fromEntries(given));
}

builder.mutationField("mergeSkills", (t) =>
  t.field({
    type: WRITES.SKILL,
    extensions: needs("graph:write"),
    description:
      "Makes one skill of two: all that refers to the first refers to the second then, which gets its requirement, citations, notes, names and slugs beside its own. Where there can be only one value, such as hours, the second has it; the first gives what the second lacks. Answers with the second.",
    args: {
      from: t.arg.string({ required: true, description: "The slug of the skill that is gone then." }),
      into: t.arg.string({ required: true, description: "The slug of the skill that stays." }),
      expectedFromVersion: t.arg.int({ description: "As `expectedVersion` elsewhere, of the first skill." }),
      expectedIntoVersion: t.arg.int({ description: "As `expectedVersion` elsewhere, of the second skill." }),
      ...WRITE_ARGUMENTS,
    },
    errors: results("MergeSkillsResult", "What was written, or why nothing was.", WRITE_ERRORS),
    resolve: async (_root, args, context, { fieldName }) => {
      const outcome = await revise(context, fieldName, args, async (snapshot, read) => {
        const expecting = (slug: string, expectedVersion: number | null | undefined) =>
          existing(context, "SKILL", { slug, expectedVersion });
        const from = await expecting(args.from, args.expectedFromVersion);
        const into = await expecting(args.into, args.expectedIntoVersion);
        if (from === into) throw fault("into", "another skill than `from`", args.into);
        return merging(snapshot, from, into, read);
      });
      const slug = (await slugToday(context, "Skill", args.into)) ?? args.into;
      return { args, slug, written: { args, outcome, isDryRun: args.dryRun } };
    },
  }),
);
