import { necessaryPrerequisites } from "../../graph/facts/necessity.ts";
import { type Closure, possiblePrerequisites, unlocks } from "../../graph/walk/closure.ts";
import { inTurn } from "../../workers/slices.ts";
import { builder } from "../builder.ts";
import { checkRange } from "../core/check.ts";
import { Goal, type OwnerHandle, ownerHandle, RoleHandle, SkillHandle } from "../core/entity.ts";
import { MAX_DEPTH } from "../limits.ts";
import { Role } from "../role/role.ts";
import { Skill } from "./skill.ts";

/**
 * The place of a skill in the graph: answered from the snapshot, without SQL. One closure takes milliseconds in a
 * large graph, and a page asks for a hundred: they take turns with other requests.
 */

interface SkillAtDepth {
  readonly skill: number;
  readonly depth: number;
}

interface OwnerAtDepth {
  readonly owner: OwnerHandle;
  readonly depth: number;
}

const SkillAtDepthType = builder.objectRef<SkillAtDepth>("SkillAtDepth").implement({
  description: "A skill and how far away it is.",
  fields: (t) => ({
    skill: t.field({
      type: Skill,
      description: "The skill.",
      resolve: ({ skill }) => new SkillHandle(skill),
    }),
    depth: t.int({
      description: "The fewest requirements to follow on the way to it; 1 is next to it.",
      resolve: ({ depth }) => depth,
    }),
  }),
});

const GoalAtDepthType = builder.objectRef<OwnerAtDepth>("GoalAtDepth").implement({
  description: "A skill, role, project or roadmap, and how far away it is.",
  fields: (t) => ({
    goal: t.field({
      type: Goal,
      description: "What is that far away.",
      resolve: ({ owner }) => owner,
    }),
    depth: t.int({
      description: "The fewest requirements to follow on the way to it; 1 is next to it.",
      resolve: ({ depth }) => depth,
    }),
  }),
});

const atDepth = ({ skills, depth }: Closure): SkillAtDepth[] =>
  Array.from(skills, (skill, at) => ({ skill, depth: depth[at]! }));

/** The depth to follow; checked, since a client's mistake must not pass for an empty answer. */
function depthOf(depth: number | null | undefined): number | undefined {
  if (depth == null) return undefined;
  checkRange("depth", depth, 1, MAX_DEPTH);
  return depth;
}

const DEPTH = `How many requirements to follow, from 1 to ${MAX_DEPTH}; absent: all.`;

builder.objectFields(Skill, (t) => ({
  possiblePrerequisites: t.field({
    type: [SkillAtDepthType],
    description:
      "The skills that some way to it may pass, alternatives included; the nearest first. Nobody needs all of them where requirements leave a choice.",
    args: { depth: t.arg.int({ description: DEPTH }) },
    resolve: (skill, { depth }, { snapshot }) =>
      inTurn(() => atDepth(possiblePrerequisites(snapshot.graph, [skill.index], { depth: depthOf(depth) }))),
  }),
  necessaryPrerequisites: t.field({
    type: [SkillAtDepthType],
    description: "The skills that every way to it passes, whatever is chosen; the nearest first.",
    args: { depth: t.arg.int({ description: DEPTH }) },
    resolve: (skill, { depth }, { snapshot }) =>
      inTurn(() => atDepth(necessaryPrerequisites(snapshot.graph, [skill.index], { depth: depthOf(depth) }))),
  }),
  unlocks: t.field({
    type: [GoalAtDepthType],
    description:
      "The skills, then the projects, roles and roadmaps that it may help towards, alternatives included; the nearest first.",
    args: { depth: t.arg.int({ description: DEPTH }) },
    resolve: (skill, { depth }, { snapshot }) =>
      inTurn(() => {
        const found = unlocks(snapshot.graph, [skill.index], depthOf(depth));
        const handles = (owners: Int32Array, depths: Int32Array): OwnerAtDepth[] =>
          Array.from(owners, (owner, at) => ({ owner: ownerHandle(snapshot, owner), depth: depths[at]! }));
        return [...handles(found.skills, found.depth), ...handles(found.others, found.otherDepth)];
      }),
  }),
  requiredBy: t.field({
    type: [Goal],
    description: "The skills, projects, roles and roadmaps whose own requirement names it.",
    resolve: (skill, _args, { snapshot }) => {
      const { skills, others } = unlocks(snapshot.graph, [skill.index], 1);
      return [...skills, ...others].map((owner) => ownerHandle(snapshot, owner));
    },
  }),
  roles: t.field({
    type: [Role],
    description: "The roles whose own requirement names it.",
    resolve: (skill, _args, { snapshot }) =>
      Array.from(unlocks(snapshot.graph, [skill.index], 1).others, (owner) =>
        ownerHandle(snapshot, owner),
      ).filter((owner) => owner instanceof RoleHandle),
  }),
}));
