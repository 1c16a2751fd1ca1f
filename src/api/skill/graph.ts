import { necessaryPrerequisites } from "../../graph/facts/necessity.ts";
import { type Closure, possiblePrerequisites, unlocks } from "../../graph/walk/closure.ts";
import { inTurn } from "../../workers/slices.ts";
import { builder } from "../builder.ts";
import { addCacheId } from "../core/cache-id.ts";
import { checkRange } from "../core/check.ts";
import { ownerHandle, RoleHandle } from "../core/handle.ts";
import { MAX_DEPTH } from "../limits.ts";
import { Role } from "../role/role.ts";
import { Skill } from "./skill.ts";

/**
 * The place of a skill in the graph: answered from the snapshot, without SQL. One closure takes milliseconds in a
 * large graph, and a page asks for a hundred: they take turns with other requests.
 */

interface AtDepth {
  /** The skill from which the depth is counted. */
  readonly from: number;
  /** By which way. */
  readonly way: "possible" | "necessary" | "unlocks";
  /** The owner's index in the prerequisite graph, which is the skill's index for skills. */
  readonly owner: number;
  readonly depth: number;
}

const DISTANCE = "The fewest requirements to follow to get there; 1 is directly next to it.";

const SkillAtDepth = builder.objectRef<AtDepth>("SkillAtDepth").implement({
  description: "A skill and how far away it is.",
  fields: (t) => ({
    skill: t.skill("The skill.", ({ owner }) => owner),
    depth: t.exposeInt("depth", { description: DISTANCE }),
  }),
});
addCacheId(SkillAtDepth, ({ way, from, owner }, { snapshot }) => [snapshot.revision, way, from, owner]);

const GoalAtDepth = builder.objectRef<AtDepth>("GoalAtDepth").implement({
  description: "A skill, role, project or roadmap, and how far away it is.",
  fields: (t) => ({
    goal: t.goal("The skill, role, project or roadmap.", ({ owner }) => owner),
    depth: t.exposeInt("depth", { description: DISTANCE }),
  }),
});
addCacheId(GoalAtDepth, ({ from, owner }, { snapshot }) => [snapshot.revision, from, owner]);

function atDepth(from: number, way: AtDepth["way"], { skills, depth }: Closure): AtDepth[] {
  return Array.from(skills, (owner, at) => ({ from, way, owner, depth: depth[at]! }));
}

/** The depth to follow, `undefined` for all. Throws ValidationError: a mistake must not pass for an empty answer. */
function depthOf(depth: number | null | undefined): number | undefined {
  if (depth == null) return undefined;
  checkRange("depth", depth, 1, MAX_DEPTH);
  return depth;
}

const DEPTH = { description: `How many requirements to follow, from 1 to ${MAX_DEPTH}. Absent: all.` };

builder.objectFields(Skill, (t) => ({
  possiblePrerequisites: t.field({
    type: [SkillAtDepth],
    description:
      "The skills that some way to it includes, alternatives too; the nearest first. Nobody needs all of them where requirements leave a choice.",
    args: { depth: t.arg.int(DEPTH) },
    resolve: ({ index }, { depth }, { snapshot: { graph } }) =>
      inTurn(() =>
        atDepth(index, "possible", possiblePrerequisites(graph, [index], { depth: depthOf(depth) })),
      ),
  }),
  necessaryPrerequisites: t.field({
    type: [SkillAtDepth],
    description: "The skills that every way to it includes, whatever is chosen; the nearest first.",
    args: { depth: t.arg.int(DEPTH) },
    resolve: ({ index }, { depth }, { snapshot: { graph } }) =>
      inTurn(() =>
        atDepth(index, "necessary", necessaryPrerequisites(graph, [index], { depth: depthOf(depth) })),
      ),
  }),
  unlocks: t.field({
    type: [GoalAtDepth],
    description:
      "The skills, then the projects, roles and roadmaps that it may help towards, alternatives included; the nearest first.",
    args: { depth: t.arg.int(DEPTH) },
    resolve: ({ index }, { depth }, { snapshot: { graph } }) =>
      inTurn(() => {
        const unlocked = unlocks(graph, [index], depthOf(depth));
        const others = { skills: unlocked.others, depth: unlocked.otherDepth };
        return [...atDepth(index, "unlocks", unlocked), ...atDepth(index, "unlocks", others)];
      }),
  }),
  requiredBy: t.goals(
    "The skills, projects, roles and roadmaps whose own requirement names it.",
    (skill, context) => {
      const { skills, others } = unlocks(context.snapshot.graph, [skill.index], 1);
      return [...skills, ...others];
    },
  ),
  roles: t.field({
    type: [Role],
    description: "The roles whose own requirement names it.",
    deprecationReason:
      "Use `requiredBy { ... on Role { slug } }`: it has all owners whose requirement names the skill.",
    resolve: (skill, _args, { snapshot }) => {
      const { others } = unlocks(snapshot.graph, [skill.index], 1);
      return Array.from(others, (owner) => ownerHandle(snapshot, owner)).filter(
        (owner) => owner instanceof RoleHandle,
      );
    },
  }),
}));
