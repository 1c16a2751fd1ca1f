import { necessaryPrerequisites } from "../../graph/facts/necessity.ts";
import { type Closure, possiblePrerequisites, unlocks } from "../../graph/walk/closure.ts";
import type { GraphSnapshot } from "../../store/snapshot/graph-snapshot.ts";
import { inTurn } from "../../workers/slices.ts";
import { builder } from "../builder.ts";
import { addCacheId } from "../core/cache-id.ts";
import { checkRange } from "../core/check.ts";
import { Goal } from "../core/entity.ts";
import { type OwnerHandle, ownerHandle, ownerIndex, RoleHandle, SkillHandle } from "../core/handle.ts";
import { MAX_DEPTH } from "../limits.ts";
import { Role } from "../role/role.ts";
import { Skill } from "./skill.ts";

/**
 * The place of a skill in the graph: answered from the snapshot, without SQL. One closure takes milliseconds in a
 * large graph, and a page asks for a hundred: they take turns with other requests.
 */

interface SkillAtDepth {
  /** The skill from which the depth is counted, and by which way. */
  readonly from: number;
  readonly way: "possible" | "necessary";
  readonly skill: SkillHandle;
  readonly depth: number;
}

interface GoalAtDepth {
  readonly from: number;
  readonly goal: OwnerHandle;
  readonly depth: number;
}

const DISTANCE = "The fewest requirements to follow to get there; 1 is directly next to it.";

const SkillAtDepthType = builder.objectRef<SkillAtDepth>("SkillAtDepth").implement({
  description: "A skill and how far away it is.",
  fields: (t) => ({
    skill: t.expose("skill", { type: Skill, description: "The skill." }),
    depth: t.exposeInt("depth", { description: DISTANCE }),
  }),
});
addCacheId(SkillAtDepthType, ({ way, from, skill }, { snapshot }) => [
  snapshot.revision,
  way,
  from,
  skill.index,
]);

const GoalAtDepthType = builder.objectRef<GoalAtDepth>("GoalAtDepth").implement({
  description: "A skill, role, project or roadmap, and how far away it is.",
  fields: (t) => ({
    goal: t.expose("goal", { type: Goal, description: "The skill, role, project or roadmap." }),
    depth: t.exposeInt("depth", { description: DISTANCE }),
  }),
});
addCacheId(GoalAtDepthType, ({ from, goal }, { snapshot }) => [
  snapshot.revision,
  from,
  ownerIndex(snapshot, goal),
]);

function skillsAtDepth(from: number, way: SkillAtDepth["way"], { skills, depth }: Closure): SkillAtDepth[] {
  return Array.from(skills, (skill, at) => ({ from, way, skill: new SkillHandle(skill), depth: depth[at]! }));
}

function goalsAtDepth(
  snapshot: GraphSnapshot,
  from: number,
  owners: Int32Array,
  depth: Int32Array,
): GoalAtDepth[] {
  return Array.from(owners, (owner, at) => ({ from, goal: ownerHandle(snapshot, owner), depth: depth[at]! }));
}

/** The depth to follow, `undefined` for all. Throws ValidationError: a mistake must not pass for an empty answer. */
function depthOf(depth: number | null | undefined): number | undefined {
  if (depth == null) return undefined;
  checkRange("depth", depth, 1, MAX_DEPTH);
  return depth;
}

const DEPTH = `How many requirements to follow, from 1 to ${MAX_DEPTH}. Absent: all.`;

builder.objectFields(Skill, (t) => ({
  possiblePrerequisites: t.field({
    type: [SkillAtDepthType],
    description:
      "The skills that some way to it includes, alternatives too; the nearest first. Nobody needs all of them where requirements leave a choice.",
    args: { depth: t.arg.int({ description: DEPTH }) },
    resolve: ({ index }, { depth }, { snapshot: { graph } }) =>
      inTurn(() =>
        skillsAtDepth(index, "possible", possiblePrerequisites(graph, [index], { depth: depthOf(depth) })),
      ),
  }),
  necessaryPrerequisites: t.field({
    type: [SkillAtDepthType],
    description: "The skills that every way to it includes, whatever is chosen; the nearest first.",
    args: { depth: t.arg.int({ description: DEPTH }) },
    resolve: ({ index }, { depth }, { snapshot: { graph } }) =>
      inTurn(() =>
        skillsAtDepth(index, "necessary", necessaryPrerequisites(graph, [index], { depth: depthOf(depth) })),
      ),
  }),
  unlocks: t.field({
    type: [GoalAtDepthType],
    description:
      "The skills, then the projects, roles and roadmaps that it may help towards, alternatives included; the nearest first.",
    args: { depth: t.arg.int({ description: DEPTH }) },
    resolve: ({ index }, { depth }, { snapshot }) =>
      inTurn(() => {
        const found = unlocks(snapshot.graph, [index], depthOf(depth));
        return [
          ...goalsAtDepth(snapshot, index, found.skills, found.depth),
          ...goalsAtDepth(snapshot, index, found.others, found.otherDepth),
        ];
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
    resolve: (skill, _args, { snapshot }) => {
      const { others } = unlocks(snapshot.graph, [skill.index], 1);
      return Array.from(others, (owner) => ownerHandle(snapshot, owner)).filter(
        (owner) => owner instanceof RoleHandle,
      );
    },
  }),
}));
