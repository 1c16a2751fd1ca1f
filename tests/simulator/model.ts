import { isGroup, type Requirement, requirementTree } from "../../src/graph/model/requirement.ts";
import type { GraphSnapshot } from "../../src/store/snapshot/graph-snapshot.ts";

/** The sequential model: skills in memory, one operation after the other. It shares no code with what is tested. */

/** One of the changes that an operation makes, in slugs. Costs are hundredths of an hour. */
export type Step =
  | { readonly kind: "ADD_COST"; readonly skill: string; readonly cost: number }
  | { readonly kind: "NEED"; readonly skill: string; readonly requirement: Requirement<string> }
  | { readonly kind: "DROP"; readonly skill: string; readonly needed: string }
  | { readonly kind: "CREATE"; readonly skill: string; readonly cost: number; readonly needed: string }
  | { readonly kind: "REMOVE"; readonly skill: string }
  /** Whatever the skill was, it is this, and needs nothing. */
  | { readonly kind: "PUT"; readonly skill: string; readonly cost: number };

interface Skill {
  readonly cost: number;
  readonly requirement: Requirement<string> | undefined;
}

export type Refusal = "UNKNOWN" | "TAKEN" | "UNLEARNABLE";

export class Model {
  readonly #skills: ReadonlyMap<string, Skill>;
  #contents: string | undefined;

  constructor(skills: ReadonlyMap<string, Skill>) {
    this.#skills = skills;
  }

  /** All that the graph says, one line for each skill. */
  get contents(): string {
    this.#contents ??= lines([...this.#skills].map(([slug, skill]) => ({ slug, ...skill })));
    return this.#contents;
  }

  /** The graph after an operation, or why it cannot be done. */
  after(steps: readonly Step[]): Model | Refusal {
    const refusal = this.namesWrongly(steps);
    if (refusal !== undefined) return refusal;
    const skills = new Map(this.#skills);
    const removed = new Set<string>();
    const change = (slug: string, changed: Partial<Skill>) =>
      skills.set(slug, { ...skills.get(slug)!, ...changed });
    for (const step of steps)
      switch (step.kind) {
        case "ADD_COST":
          change(step.skill, { cost: this.#skills.get(step.skill)!.cost + step.cost });
          break;
        case "NEED": {
          const { requirement } = skills.get(step.skill)!;
          const of = requirement === undefined ? [step.requirement] : [requirement, step.requirement];
          change(step.skill, { requirement: { atLeast: of.length, of } });
          break;
        }
        case "DROP":
          change(step.skill, { requirement: without(skills.get(step.skill)!.requirement, step.needed) });
          break;
        case "CREATE":
          skills.set(step.skill, { cost: step.cost, requirement: { skill: step.needed } });
          break;
        case "REMOVE":
          removed.add(step.skill);
          break;
        case "PUT":
          skills.set(step.skill, { cost: step.cost, requirement: undefined });
      }
    for (const gone of removed) skills.delete(gone);
    for (const [slug, { requirement }] of skills)
      for (const gone of removed) {
        const rest = without(requirement, gone);
        if (rest !== requirement) change(slug, { requirement: rest });
      }
    return isLearnable(skills) ? new Model(skills) : "UNLEARNABLE";
  }

  /** Why an operation cannot be done, whatever it does. */
  namesWrongly(steps: readonly Step[]): "UNKNOWN" | "TAKEN" | undefined {
    for (const step of steps) {
      if (step.kind === "CREATE" && this.#skills.has(step.skill)) return "TAKEN";
      if (namesOf(step).some((slug) => !this.#skills.has(slug))) return "UNKNOWN";
    }
    return undefined;
  }
}

/** The skills that a step takes to be there. */
export function namesOf(step: Step): readonly string[] {
  switch (step.kind) {
    case "NEED":
      return [step.skill, ...leavesOf(step.requirement)];
    case "DROP":
      return [step.skill, step.needed];
    case "CREATE":
      return [step.needed];
    case "PUT":
      return [];
    default:
      return [step.skill];
  }
}

/** What a snapshot says, in the same words as the model. */
export function contentsOf({ graph, skills }: GraphSnapshot): string {
  const slugs = [...skills.slugs];
  return lines(
    slugs.map((slug, index) => {
      const tree = requirementTree(graph, index);
      return { slug, cost: graph.cost[index]!, requirement: tree && named(tree, slugs) };
    }),
  );
}

function named(tree: Requirement<number>, slugs: readonly string[]): Requirement<string> {
  return isGroup(tree)
    ? { atLeast: tree.atLeast, of: tree.of.map((member) => named(member, slugs)) }
    : { skill: slugs[tree.skill]! };
}

function lines(skills: readonly (Skill & { readonly slug: string })[]): string {
  return skills
    .map(
      ({ slug, cost, requirement }) =>
        `${slug} ${cost} ${requirement === undefined ? "" : told(requirement)}`,
    )
    .sort()
    .join("\n");
}

/** A requirement in words that depend on what it means alone: "all of" has no depth, no order and no repeats. */
function told(tree: Requirement<string>): string {
  if (!isGroup(tree)) return tree.skill;
  if (tree.atLeast < tree.of.length) return `${tree.atLeast}(${tree.of.map(told).sort().join()})`;
  const all = [...new Set(membersOf(tree).map(told))].sort();
  return all.length === 1 ? all[0]! : `all(${all.join()})`;
}

function membersOf(tree: Requirement<string>): Requirement<string>[] {
  return isGroup(tree) && tree.atLeast === tree.of.length ? tree.of.flatMap(membersOf) : [tree];
}

function leavesOf(tree: Requirement<string>): string[] {
  return isGroup(tree) ? tree.of.flatMap(leavesOf) : [tree.skill];
}

function without(tree: Requirement<string> | undefined, skill: string): Requirement<string> | undefined {
  if (tree === undefined || !leavesOf(tree).includes(skill)) return tree;
  if (!isGroup(tree)) return undefined;
  const of = tree.of.flatMap((member) => without(member, skill) ?? []);
  return of.length === 0 ? undefined : { atLeast: Math.min(tree.atLeast, of.length), of };
}

function isLearnable(skills: ReadonlyMap<string, Skill>): boolean {
  const learned = new Set<string>();
  for (let before = -1; before < learned.size; ) {
    before = learned.size;
    for (const [slug, { requirement }] of skills) if (isMet(requirement, learned)) learned.add(slug);
  }
  return learned.size === skills.size;
}

function isMet(tree: Requirement<string> | undefined, learned: ReadonlySet<string>): boolean {
  if (tree === undefined) return true;
  if (!isGroup(tree)) return learned.has(tree.skill);
  return tree.of.filter((member) => isMet(member, learned)).length >= tree.atLeast;
}
