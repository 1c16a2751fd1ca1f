import { ownerOfUse } from "../../graph/model/fold.ts";
import { ascending } from "../../graph/model/integers.ts";
import { NONE, type PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";
import { renumberedGraph } from "../../graph/model/renumbered-graph.ts";
import { bothOf, type Requirement, requirementTree, withoutSkills } from "../../graph/model/requirement.ts";
import { roomyCopy } from "../../graph/model/spare-room.ts";
import { withRequirements } from "../../graph/model/with-requirement.ts";

/** A what-if is a handful of edits; a new graph is an import. */
export const MAX_HYPOTHETICAL_CHANGES = 100;

/**
 * One change to the graph. Skills keep their indices, and the n-th skill added, from 0, is `skillCount + n`: so
 * may requirements, and what is known, chosen and avoided, name it. `owner` is an owner of today's graph.
 */
export type HypotheticalChange =
  | { readonly kind: "ADD_SKILL"; readonly cost: number; readonly requirement?: Requirement<number> }
  /** Nobody asks for it any more, see `withoutSkills`, and so no path has it. */
  | { readonly kind: "REMOVE_SKILL"; readonly skill: number }
  | { readonly kind: "SET_COST"; readonly owner: number; readonly cost: number }
  | { readonly kind: "SET_REQUIREMENT"; readonly owner: number; readonly requirement?: Requirement<number> }
  /** Needed besides what is needed today. */
  | { readonly kind: "ADD_PREREQUISITE"; readonly owner: number; readonly requirement: Requirement<number> }
  /** The owner no longer asks for the skill, see `withoutSkills`. */
  | { readonly kind: "DROP_PREREQUISITE"; readonly owner: number; readonly skill: number };

/** A graph as it would be. */
export interface HypotheticalGraph {
  readonly graph: PrerequisiteGraph;
  /** Skills that are no longer there, in index order; they keep their places. */
  readonly removed: readonly number[];
  /** Owners of the changed graph whose requirement is not today's, added skills included; in index order. */
  readonly changed: readonly number[];
  /** The index of an owner of today's graph: skills keep theirs, the others move up behind the added skills. */
  ownerIndex(owner: number): number;
  /** The other way round; undefined for an added skill. */
  todaysOwner(index: number): number | undefined;
}

/**
 * The graph with changes applied one after the other, removals last; the graph given stays as it is. Time and
 * memory O(graph) for plain copies of its arrays, plus the uses of the skills that changed requirements name.
 *
 * Throws a RangeError on an index that is not there, a cost that is not whole or negative, a group that needs
 * more than it has, and more than `MAX_HYPOTHETICAL_CHANGES` changes.
 */
export function hypotheticalGraph(
  graph: PrerequisiteGraph,
  changes: readonly HypotheticalChange[],
): HypotheticalGraph {
  if (changes.length > MAX_HYPOTHETICAL_CHANGES)
    throw new RangeError(`expected at most ${MAX_HYPOTHETICAL_CHANGES} changes, got ${changes.length}`);
  const draft = new Draft(graph);
  for (const change of changes) draft.apply(change);
  draft.removeSkills();
  const { added, costs, removed } = draft;
  const ownerIndex = (owner: number) => (owner < graph.skillCount ? owner : owner + added.length);
  const requirements = new Map<number, Requirement<number> | undefined>();
  for (const [owner, requirement] of draft.requirements) requirements.set(ownerIndex(owner), requirement);
  added.forEach(({ requirement }, nth) => {
    requirements.set(graph.skillCount + nth, requirement);
  });

  const renumbered = renumberedGraph(graph, {
    ownerCount: graph.ownerCount + added.length,
    skillCount: graph.skillCount + added.length,
    runs: [
      { from: 0, to: graph.skillCount, at: 0 },
      { from: graph.skillCount, to: graph.ownerCount, at: ownerIndex(graph.skillCount) },
    ],
  });
  const { usedBy, groupNeed, groupStart } = renumbered;
  // In room of its own: that of the graph is for the revisions that follow it.
  const changed = {
    ...renumbered,
    usedBy: usedBy === graph.usedBy ? roomyCopy(usedBy) : usedBy,
    groupNeed: roomyCopy(groupNeed),
    groupStart: roomyCopy(groupStart),
  };
  for (const [owner, cost] of costs) changed.cost[ownerIndex(owner)] = cost;
  added.forEach(({ cost }, nth) => {
    changed.cost[graph.skillCount + nth] = cost;
  });
  return {
    graph: withRequirements(changed, requirements),
    removed: [...removed].sort(ascending),
    changed: [...requirements.keys()].sort(ascending),
    ownerIndex,
    todaysOwner: (index) => {
      if (index < graph.skillCount) return index;
      return index < graph.skillCount + added.length ? undefined : index - added.length;
    },
  };
}

/** What changes amount to, in today's owners. */
class Draft {
  readonly added: { readonly cost: number; requirement: Requirement<number> | undefined }[] = [];
  readonly costs = new Map<number, number>();
  readonly requirements = new Map<number, Requirement<number> | undefined>();
  readonly removed = new Set<number>();

  constructor(private readonly graph: PrerequisiteGraph) {}

  apply(change: HypotheticalChange): void {
    switch (change.kind) {
      case "ADD_SKILL":
        this.added.push({ cost: wholeCost(change.cost), requirement: change.requirement });
        break;
      case "REMOVE_SKILL":
        this.removed.add(below(change.skill, this.graph.skillCount, "a skill"));
        break;
      case "SET_COST":
        this.costs.set(this.ownerOf(change.owner), wholeCost(change.cost));
        break;
      case "SET_REQUIREMENT":
        this.requirements.set(this.ownerOf(change.owner), change.requirement);
        break;
      case "ADD_PREREQUISITE":
        this.requirements.set(change.owner, bothOf(this.requirementOf(change.owner), change.requirement));
        break;
      case "DROP_PREREQUISITE":
        this.drop(change.owner, new Set([change.skill]));
    }
  }

  /** Takes the removed skills out of all that asks for them. They ask for nothing themselves. */
  removeSkills(): void {
    const askers = new Set(this.requirements.keys());
    for (const skill of this.removed)
      for (let u = this.graph.usedByStart[skill]!; this.graph.usedBy[u] !== NONE; u++)
        askers.add(ownerOfUse(this.graph, this.graph.usedBy[u]!));
    if (this.removed.size > 0) for (const owner of askers) this.drop(owner, this.removed);
    for (const added of this.added) added.requirement &&= withoutSkills(added.requirement, this.removed);
    for (const skill of this.removed) this.requirements.set(skill, undefined);
  }

  private drop(owner: number, skills: ReadonlySet<number>): void {
    const requirement = this.requirementOf(owner);
    this.requirements.set(owner, requirement && withoutSkills(requirement, skills));
  }

  private requirementOf(owner: number): Requirement<number> | undefined {
    return this.requirements.has(owner)
      ? this.requirements.get(owner)
      : requirementTree(this.graph, this.ownerOf(owner));
  }

  private ownerOf(owner: number): number {
    return below(owner, this.graph.ownerCount, "an owner");
  }
}

function below(index: number, count: number, what: string): number {
  if (Number.isInteger(index) && index >= 0 && index < count) return index;
  throw new RangeError(`expected ${what} below ${count}, got ${index}`);
}

function wholeCost(cost: number): number {
  if (Number.isInteger(cost) && cost >= 0 && cost <= 0x7fffffff) return cost;
  throw new RangeError(`expected a cost from 0 to 2,147,483,647 hundredths of an hour, got ${cost}`);
}
