import type { Level } from "../../store/generated/client/enums.ts";
import { builder } from "../builder.ts";

export const LevelEnum = builder.enumType("Level", {
  description: "How much experience a skill or a project presumes.",
  values: {
    BEGINNER: { description: "No experience presumed." },
    INTERMEDIATE: { description: "The basics are presumed." },
    ADVANCED: { description: "Practice is presumed." },
  } satisfies Record<Level, object>,
});
