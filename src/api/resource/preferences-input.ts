import { builder } from "../builder.ts";
import { MAX_LANGUAGES, MAX_PATH_RESOURCES } from "../limits.ts";
import { CostEnum, ResourceKindEnum } from "./resource.ts";

export const ResourcePreferencesInput = builder.inputType("ResourcePreferencesInput", {
  description: "Which resources a learner wants; all conditions must hold.",
  fields: (t) => ({
    kinds: t.field({ type: [ResourceKindEnum], description: "Of one of these kinds; absent: of any." }),
    maxCost: t.field({
      type: CostEnum,
      description:
        "None that costs more than this. A resource whose cost nobody stated counts as paid; absent: at any cost.",
    }),
    languages: t.stringList({
      description: `In one of these languages, as BCP 47 tags, at most ${MAX_LANGUAGES}: en takes in en-GB. A resource whose language nobody stated passes; absent: in any.`,
    }),
    atMost: t.int({
      description: `No more than so many for the whole path, from 1 to ${MAX_PATH_RESOURCES}; absent: as many as it takes.`,
    }),
  }),
});
