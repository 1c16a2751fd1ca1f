import { builder } from "../builder.ts";
import { fault } from "../core/errors.ts";
import { FIGURES, type FigureField, type Figures } from "./figures.ts";

interface Bounds {
  readonly min?: number | null;
  readonly max?: number | null;
}

/** Which figures a skill must have; all conditions must hold. */
export type SkillMetricsFilter = { readonly [Field in FigureField]?: Bounds | null } & {
  readonly isNeeded?: boolean | null;
};

const bounds = (type: "Int" | "Float") =>
  builder.inputType(`${type}Bounds`, {
    description: "From where to where a figure may be, both included.",
    fields: (t) => ({
      min: t.field({ type, description: "At least this. Absent: however small." }),
      max: t.field({ type, description: "At most this. Absent: however large." }),
    }),
  });
const BOUNDS = { Int: bounds("Int"), Float: bounds("Float") };

export const SkillMetricsFilterInput = builder.inputRef<SkillMetricsFilter>("SkillMetricsFilter").implement({
  description:
    "Which figures a skill must have, as `Skill.metrics` gives them; all conditions must hold. What nothing teaches is `{ taughtBy: { max: 0 } }`.",
  fields: (t) => ({
    ...Object.fromEntries(
      Object.values(FIGURES).map(({ field, type, description }) => [
        field,
        t.field({ type: BOUNDS[type], description }),
      ]),
    ),
    isNeeded: t.boolean({
      description: "Whether a role, project or roadmap asks for it, directly or through what skills require.",
    }),
  }),
});

/** Whether the skill at an index passes. Throws ValidationError on bounds that nothing is between. */
export function passing(filter: SkillMetricsFilter, all: Figures): (skill: number) => boolean {
  const conditions: ((skill: number) => boolean)[] = [];
  for (const { field, of } of Object.values(FIGURES)) {
    const given = filter[field];
    if (given == null) continue;
    const { min, max } = { min: given.min ?? -Infinity, max: given.max ?? Infinity };
    if (min > max) throw fault(`filter.metrics.${field}.min`, `at most the max of ${max}`, min);
    const values = of(all);
    conditions.push((skill) => values[skill]! >= min && values[skill]! <= max);
  }
  const { isNeeded } = filter;
  if (isNeeded != null) conditions.push((skill) => (all.isNeeded[skill] === 1) === isNeeded);
  return (skill) => conditions.every((holds) => holds(skill));
}
