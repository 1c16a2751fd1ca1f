import { builder } from "../builder.ts";
import { MAX_GOALS } from "../limits.ts";
import { IMPLIED, KNOWN } from "../path/learner-input-types.ts";

export const StandingInput = builder.inputType("StandingInput", {
  description: "Where somebody stands: the skills known and the roles held.",
  fields: (t) => ({
    known: t.stringList({ defaultValue: [], description: KNOWN }),
    roles: t.stringList({
      defaultValue: [],
      description: `Slugs of the roles held, at most ${MAX_GOALS}. Who holds a role is taken to have the cheapest set of skills that meets its requirement, prerequisites included: the least that the role proves.`,
    }),
    knownImpliesPrerequisites: t.boolean({ defaultValue: false, description: IMPLIED }),
  }),
});
