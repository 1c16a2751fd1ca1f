import type { PathQuestion } from "../../planning/path-question.ts";
import type { Impact } from "../../planning/scenarios/impact.ts";
import { MAX_TRANSITIONS } from "../../planning/scenarios/skill-gap.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { addCacheId } from "../core/cache-id.ts";
import { NotFoundError, ValidationError } from "../core/errors.ts";
import { hours, RoleHandle } from "../core/handle.ts";
import { runTask } from "../core/run.ts";
import { MAX_PLANS_TRIED } from "../limits.ts";
import { readPlanQuery } from "../path/link.ts";
import { parseQuestion } from "../path/request.ts";
import type { HypotheticalChangeInput } from "../question/hypothesis.ts";
import { Role } from "../role/role.ts";
import { may } from "../viewer.ts";
import { parseChanges } from "../write/apply-changes.ts";
import { LoopSkill } from "../write/write-errors.ts";

/** What would become of roles and of learners' plans if a proposal were accepted. */

interface ChangedRole {
  readonly proposal: string;
  readonly role: number;
  readonly before: number | undefined;
  readonly after: number | undefined;
}

const ProposedRoleChange = builder.objectRef<ChangedRole>("ProposedRoleChange").implement({
  description: "A role whose cheapest path from nothing would be another.",
  fields: (t) => ({
    role: t.field({ type: Role, description: "The role.", resolve: ({ role }) => new RoleHandle(role) }),
    hoursBefore: t.float({
      nullable: true,
      description: "The hours of the path today. Null when the role is out of reach.",
      resolve: ({ before }) => (before === undefined ? null : hours(before)),
    }),
    hoursAfter: t.float({
      nullable: true,
      description: "The hours of the path then. Null when the role would be out of reach.",
      resolve: ({ after }) => (after === undefined ? null : hours(after)),
    }),
    extraHours: t.float({
      nullable: true,
      description:
        "How many more hours the path would take; negative when fewer, 0 when it takes other skills in the same time. Null unless there is a path both before and after.",
      resolve: ({ before, after }) =>
        before === undefined || after === undefined ? null : hours(after - before),
    }),
  }),
});
addCacheId(ProposedRoleChange, ({ proposal, role }, { snapshot }) => [proposal, snapshot.revision, role]);

export interface ProposalImpact {
  readonly proposal: string;
  /** Null where there are too many. */
  readonly roles: readonly ChangedRole[] | null;
  /** Null for whoever is no reviewer. */
  readonly plans: { readonly tried: number; readonly changed: number } | null;
  readonly loop: readonly { readonly slug: string; readonly name: string }[];
}

export const ProposalWhatIf = builder.objectRef<ProposalImpact>("ProposalWhatIf").implement({
  description: "What would change if a proposal were accepted now. Nothing is written.",
  fields: (t) => ({
    revision: t.int({
      description:
        "The revision that this was found at: send it as `expectedRevision` of `acceptProposal`, and nothing else is accepted than what was seen here.",
      resolve: (_impact, _args, { snapshot }) => snapshot.revision,
    }),
    roles: t.field({
      type: [ProposedRoleChange],
      nullable: true,
      description: `The roles whose paths would be others, by slug. Null where there are more than ${MAX_TRANSITIONS} roles.`,
      resolve: ({ roles }) => roles && [...roles],
    }),
    plansChanged: t.int({
      nullable: true,
      description:
        "How many saved plans of learners would have other paths, without what their owners have come to know: a number, and not which or whose. Null for whoever may not write the graph.",
      resolve: ({ plans }) => plans?.changed ?? null,
    }),
    plansTried: t.int({
      nullable: true,
      description: `How many plans were tried for that: the ${MAX_PLANS_TRIED} that were saved last. Null for whoever may not write the graph.`,
      resolve: ({ plans }) => plans?.tried ?? null,
    }),
    loop: t.field({
      type: [LoopSkill],
      description:
        "Why it would be refused: each skill of this loop needs the next one, and the last needs the first. Empty where no loop stands in the way.",
      resolve: ({ loop }) => [...loop],
    }),
  }),
});
addCacheId(ProposalWhatIf, ({ proposal }, { snapshot }) => [proposal, snapshot.revision]);

/** What changes would do. Throws ValidationError and NotFoundError where they cannot be made any more. */
export async function impactOf(
  context: Context,
  proposal: string,
  inputs: readonly HypotheticalChangeInput[],
): Promise<ProposalImpact> {
  const { snapshot, viewer } = context;
  const { changes, added } = await parseChanges(context, inputs);
  const { slugs, names } = snapshot.skills;
  const roles = snapshot.roles.slugs.length <= MAX_TRANSITIONS ? snapshot.roles.slugs : [];
  const ofRoles = roles.map((_, role) => fromNothing(snapshot.firstRole + role));
  const ofPlans = may(viewer, "graph:write") ? await savedQuestions(context) : undefined;
  const found: Impact = await runTask("impact", context, changes, [...ofRoles, ...(ofPlans ?? [])]);
  const changed = found.changed.filter(({ question }) => question < ofRoles.length);
  return {
    proposal,
    roles:
      roles.length < snapshot.roles.slugs.length
        ? null
        : changed.map(({ question, before, after }) => ({ proposal, role: question, before, after })),
    plans: ofPlans ? { tried: ofPlans.length, changed: found.changed.length - changed.length } : null,
    loop: (found.loop ?? []).map((skill) => {
      const { slug, name } = added[skill - slugs.length] ?? {
        slug: slugs.at(skill)!,
        name: names.at(skill)!,
      };
      return { slug, name };
    }),
  };
}

function fromNothing(goal: number): PathQuestion {
  return { goals: [goal], known: [], choose: [], avoid: [] };
}

/** The questions of plans over the graph of today; those whose goals are gone are left out. */
async function savedQuestions(context: Context): Promise<PathQuestion[]> {
  const saved = (await context.proposals?.savedQuestions(MAX_PLANS_TRIED)) ?? [];
  const read = saved.map(async (query) => {
    const { input } = readPlanQuery(new URLSearchParams(query));
    try {
      const { question } = await parseQuestion(context, { ...input, unknown: "IGNORE" });
      return [question];
    } catch (error) {
      if (error instanceof NotFoundError || error instanceof ValidationError) return [];
      throw error;
    }
  });
  return (await Promise.all(read)).flat();
}
