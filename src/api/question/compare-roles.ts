import type { SolvedPath } from "../../planning/path-question.ts";
import {
  MAX_COMPARED_ROLES,
  type Overlap,
  type RoleComparison,
} from "../../planning/scenarios/compare-roles.ts";
import { builder } from "../builder.ts";
import { hours, RoleHandle, SkillHandle } from "../core/entity.ts";
import { NotFoundError, UnreachableGoalError, ValidationError } from "../core/errors.ts";
import { runTask } from "../core/run-task.ts";
import { parseRoles } from "../path/learner-input.ts";
import { type AnsweredPath, solvedPath, unreachable } from "../path/learning-path.ts";
import { LearningPath } from "../path/learning-path-type.ts";
import { plainRequest } from "../path/plan-request.ts";
import { Role } from "../role/role.ts";
import { Skill } from "../skill/skill.ts";

const skills = (indices: readonly number[]) => indices.map((skill) => new SkillHandle(skill));

/** The path from some skills to a role. */
function pathTo(role: number, known: readonly number[], path: SolvedPath): AnsweredPath {
  const request = plainRequest({ goals: [role], known, choose: [], avoid: [] });
  return { ...solvedPath(request, path), isListed: true };
}

const SkillOverlap = builder.objectRef<Overlap>("SkillOverlap").implement({
  description: "What two sets of skills have in common.",
  fields: (t) => ({
    shared: t.field({
      type: [Skill],
      description: "The skills in both.",
      resolve: ({ shared }) => skills(shared),
    }),
    onlyFirst: t.field({
      type: [Skill],
      description: "The skills in the first alone.",
      resolve: ({ onlyFirst }) => skills(onlyFirst),
    }),
    onlySecond: t.field({
      type: [Skill],
      description: "The skills in the second alone.",
      resolve: ({ onlySecond }) => skills(onlySecond),
    }),
    bySkills: t.float({
      description: "The shared part of all their skills (Jaccard), from 0 to 1.",
      resolve: ({ bySkills }) => bySkills,
    }),
    byHours: t.float({
      description: "The shared part of all their hours, from 0 to 1.",
      resolve: ({ byHours }) => byHours,
    }),
  }),
});

const ComparedRole = builder.objectRef<RoleComparison["roles"][number]>("ComparedRole").implement({
  description: "A role among those compared.",
  fields: (t) => ({
    role: t.field({
      type: Role,
      description: "The role.",
      resolve: ({ role }, _args, { snapshot }) => new RoleHandle(role - snapshot.firstRole),
    }),
    path: t.field({
      type: LearningPath,
      description: "The cheapest way to it, from nothing.",
      resolve: ({ role, path }) => pathTo(role, [], path),
    }),
    necessary: t.field({
      type: [Skill],
      description: "The skills that every way to it passes.",
      resolve: ({ necessary }) => skills(necessary),
    }),
    distinct: t.field({
      type: [Skill],
      description: "The skills of its cheapest way that no other compared role's cheapest way has.",
      resolve: ({ distinct }) => skills(distinct),
    }),
  }),
});

interface PairShape {
  readonly comparison: RoleComparison;
  readonly pair: RoleComparison["pairs"][number];
}

const cheapestOf = ({ comparison }: PairShape, role: number) =>
  comparison.roles.find((compared) => compared.role === role)!.path.skills;

const RolePair = builder.objectRef<PairShape>("RolePair").implement({
  description: "Two roles next to one another.",
  fields: (t) => ({
    first: t.field({
      type: Role,
      description: "The one.",
      resolve: ({ pair }, _args, { snapshot }) => new RoleHandle(pair.first - snapshot.firstRole),
    }),
    second: t.field({
      type: Role,
      description: "The other.",
      resolve: ({ pair }, _args, { snapshot }) => new RoleHandle(pair.second - snapshot.firstRole),
    }),
    necessary: t.field({
      type: SkillOverlap,
      description: "The overlap of the skills that every way passes: in common whatever one chooses.",
      resolve: ({ pair }) => pair.necessary,
    }),
    cheapest: t.field({
      type: SkillOverlap,
      description: "The overlap of the cheapest ways.",
      resolve: ({ pair }) => pair.cheapest,
    }),
    firstToSecond: t.field({
      type: LearningPath,
      description: "The cheapest move from the one, held by its cheapest way, to the other.",
      resolve: (shape) =>
        pathTo(shape.pair.second, cheapestOf(shape, shape.pair.first), shape.pair.firstToSecond),
    }),
    secondToFirst: t.field({
      type: LearningPath,
      description: "The cheapest move back.",
      resolve: (shape) =>
        pathTo(shape.pair.first, cheapestOf(shape, shape.pair.second), shape.pair.secondToFirst),
    }),
    hoursOfBoth: t.float({
      description: "The hours of the cheapest way to both together.",
      resolve: ({ pair }) => hours(pair.costOfBoth),
    }),
  }),
});

const RoleComparisonType = builder.objectRef<RoleComparison>("RoleComparison").implement({
  description: "What some roles have in common, what sets them apart, and the moves between them.",
  fields: (t) => ({
    roles: t.field({
      type: [ComparedRole],
      description: "The roles, in the order asked for.",
      resolve: ({ roles }) => [...roles],
    }),
    shared: t.field({
      type: [Skill],
      description: "The skills that the cheapest ways to all of them have.",
      resolve: ({ shared }) => skills(shared),
    }),
    pairs: t.field({
      type: [RolePair],
      description: "Each two of them, once.",
      resolve: (comparison) => comparison.pairs.map((pair) => ({ comparison, pair })),
    }),
  }),
});

builder.queryField("compareRoles", (t) =>
  t.field({
    type: RoleComparisonType,
    nullable: true,
    description: "Compares roles, each with each: shared and distinct skills, and the cheapest move.",
    args: {
      roles: t.arg.stringList({
        required: true,
        description: `Slugs of the roles: from 2 to ${MAX_COMPARED_ROLES} different ones.`,
      }),
    },
    errors: {
      types: [NotFoundError, ValidationError, UnreachableGoalError],
      union: { name: "RoleComparisonResult", description: "A comparison, or why there is none." },
    },
    resolve: async (_root, { roles: slugs }, { snapshot }): Promise<RoleComparison> => {
      const roles = parseRoles(snapshot, slugs, "roles", MAX_COMPARED_ROLES);
      if (roles.length < 2)
        throw new ValidationError({
          argument: "roles",
          expected: `2 to ${MAX_COMPARED_ROLES} different roles`,
          received: `${roles.length} different`,
        });
      const comparison = await runTask("compareRoles", snapshot.graph, roles);
      if (comparison.kind === "unreachable") throw unreachable(snapshot, comparison);
      return comparison;
    },
  }),
);
