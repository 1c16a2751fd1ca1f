import { GraphQLError } from "graphql";
import { type LearnerData, LearnerLimitError, type ProgressEntry } from "../../store/rows/learner-data.ts";
import type { GraphSnapshot } from "../../store/snapshot/graph-snapshot.ts";
import type { Context } from "../context.ts";
import { ValidationError } from "../core/errors.ts";
import { ownerOfSlug, type SkillHandle } from "../core/handle.ts";
import type { LearningPathInput } from "../path/input.ts";

/** The data of the learner who asks. Throws a `GraphQLError` where nobody does who is one. */
export function ownData({ learner, viewer }: Context): LearnerData {
  if (learner !== undefined) return learner;
  const isKnown = viewer.name !== "";
  throw new GraphQLError(
    "Expected a token with the scope learner, which says by its subject whose data it is.",
    {
      extensions: {
        code: isKnown ? "FORBIDDEN" : "UNAUTHENTICATED",
        http: { status: isKnown ? 403 : 401, headers: { "www-authenticate": 'Bearer realm="skills-graph"' } },
      },
    },
  );
}

/** Rethrows what a learner has too much of as an error that clients know. */
export function withinLimits(argument: string): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof LearnerLimitError)) throw error;
    const { what, most } = error;
    throw new ValidationError(
      argument,
      `one of at most ${most} ${what}`,
      `Expected at most ${most} ${what}: delete some first.`,
    );
  };
}

/** The skill that was recorded by a slug, as it is today; undefined when it is not there any more. */
export function skillOf(
  snapshot: GraphSnapshot,
  { skill }: Pick<ProgressEntry, "skill">,
): SkillHandle | undefined {
  return ownerOfSlug(snapshot, "Skill", skill);
}

/**
 * An input with what the learner has recorded: what is known, and that all else of it is not known, whatever known
 * skills imply. Who is learning Python or has forgotten it says more than that Django is known.
 */
export async function withProgress(context: Context, input: LearningPathInput): Promise<LearningPathInput> {
  const { snapshot } = context;
  const known = new Set(input.known);
  const notKnown = new Set(input.notKnown);
  for (const entry of await ownData(context).progress()) {
    const skill = skillOf(snapshot, entry);
    if (skill !== undefined)
      (entry.state === "KNOWN" ? known : notKnown).add(snapshot.skills.slugs.at(skill.index)!);
  }
  return { ...input, known: [...known], notKnown: [...notKnown] };
}
