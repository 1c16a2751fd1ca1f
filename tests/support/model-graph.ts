import { isGroup, type Requirement } from "../../src/graph/model/requirement.ts";

/** What a mutation does with a skill, in the terms of the model. */
export type ModelMutation = { readonly slug: string } & (
  | { readonly name: "createSkill"; readonly hours: number; readonly requires: Tree | undefined }
  | { readonly name: "updateSkill"; readonly hours: number; readonly requires: Tree | undefined }
  | { readonly name: "setRequirement"; readonly requires: Tree | undefined }
  | { readonly name: "addPrerequisite"; readonly requires: Tree }
  | { readonly name: "removePrerequisite"; readonly skill: string }
  | { readonly name: "deleteSkill"; readonly isDetaching: boolean }
  | { readonly name: "renameSkill"; readonly to: string }
  | { readonly name: "mergeSkills"; readonly into: string }
);

type Tree = Requirement<string>;

interface ModelSkill {
  readonly hours: number;
  readonly requires: Tree | undefined;
}

/** The result of a mutation: a write, or the type of the error that refuses it. */
type Result =
  | "Write"
  | "ConflictError"
  | "InUseError"
  | "NotFoundError"
  | "UnlearnableError"
  | "ValidationError";

/** Skills in memory, one mutation after the other: what the store is held against. */
export class ModelGraph {
  skills: ReadonlyMap<string, ModelSkill>;
  /** The slugs of today by those of before. */
  former: ReadonlyMap<string, string> = new Map();

  constructor(skills: readonly (ModelSkill & { readonly slug: string })[]) {
    this.skills = new Map(skills.map(({ slug, ...skill }) => [slug, skill]));
  }

  apply(mutation: ModelMutation): Result {
    const requires = "requires" in mutation ? mutation.requires : undefined;
    const slug = this.#today(mutation.slug);
    const named = new Set(requires && leavesOf(requires));
    if (mutation.name === "removePrerequisite") named.add(mutation.skill);
    if (mutation.name === "mergeSkills") named.add(mutation.into);
    if ([...named].some((leaf) => this.#today(leaf) === undefined)) return "NotFoundError";
    const tree = requires && led(requires, (leaf) => this.#today(leaf));
    const isRefused = tree !== undefined && countsTwice(tree);
    if (mutation.name === "createSkill")
      return slug === undefined && !isRefused
        ? this.#become(new Map([...this.skills, [mutation.slug, { hours: mutation.hours, requires: tree }]]))
        : "ValidationError";
    const skill = slug === undefined ? undefined : this.skills.get(slug);
    if (slug === undefined || skill === undefined) return "NotFoundError";
    if (isRefused) return "ValidationError";
    const change = (changed: Partial<ModelSkill>) =>
      this.#become(new Map([...this.skills, [slug, { ...skill, ...changed }]]));
    switch (mutation.name) {
      case "updateSkill":
        return change({ hours: mutation.hours, ...(tree && { requires: tree }) });
      case "setRequirement":
        return change({ requires: tree });
      case "addPrerequisite":
        return change({ requires: both(skill.requires, tree!) });
      case "removePrerequisite": {
        const gone = this.#today(mutation.skill);
        return change({
          requires: skill.requires && led(skill.requires, (leaf) => (leaf === gone ? undefined : leaf)),
        });
      }
      case "deleteSkill": {
        const isNamed = ([other, { requires }]: [string, ModelSkill]) =>
          other !== slug && requires !== undefined && leavesOf(requires).includes(slug);
        if (!mutation.isDetaching && [...this.skills].some(isNamed)) return "InUseError";
        const former = new Map([...this.former].filter(([, owner]) => owner !== slug));
        return this.#become(
          this.#withLeaves((leaf) => (leaf === slug ? undefined : leaf), [slug]),
          former,
        );
      }
      case "renameSkill": {
        const { to } = mutation;
        if (to === slug) return "Write";
        const owner = this.#today(to);
        if (owner !== undefined && owner !== slug) return "ValidationError";
        const renamed = new Map(
          Array.from(
            this.#withLeaves((leaf) => (leaf === slug ? to : leaf), []),
            ([other, each]) => [other === slug ? to : other, each],
          ),
        );
        return this.#become(renamed, this.#former(slug, to));
      }
      case "mergeSkills":
        return this.#merge(slug, this.#today(mutation.into)!);
    }
  }

  #merge(from: string, into: string): Result {
    if (from === into) return "ValidationError";
    const lead = (leaf: string) => (leaf === from ? into : leaf);
    const merged = new Map(
      Array.from(this.#withLeaves(lead, []), ([slug, { hours, requires }]) => [
        slug,
        { hours, requires: requires && onceEach(requires, into) },
      ]),
    );
    const [first, second] = [merged.get(from)!.requires, merged.get(into)!.requires];
    const requires = first === undefined ? second : both(second, first);
    merged.set(into, { hours: merged.get(into)!.hours, requires });
    merged.delete(from);
    return this.#become(merged, this.#former(from, into));
  }

  #today(slug: string): string | undefined {
    return this.skills.has(slug) ? slug : this.former.get(slug);
  }

  /** Former slugs when a slug becomes one of another's. */
  #former(slug: string, owner: string): Map<string, string> {
    const former = new Map(Array.from(this.former, ([each, of]) => [each, of === slug ? owner : of]));
    former.set(slug, owner);
    former.delete(owner);
    return former;
  }

  #withLeaves(
    lead: (leaf: string) => string | undefined,
    without: readonly string[],
  ): Map<string, ModelSkill> {
    const skills = new Map<string, ModelSkill>();
    for (const [slug, { hours, requires }] of this.skills)
      if (!without.includes(slug)) skills.set(slug, { hours, requires: requires && led(requires, lead) });
    return skills;
  }

  /** Takes the new state, unless there is a skill in it that nobody can learn. */
  #become(skills: ReadonlyMap<string, ModelSkill>, former = this.former): Result {
    const learned = new Set<string>();
    for (let before = -1; before < learned.size; ) {
      before = learned.size;
      for (const [slug, { requires }] of skills) if (isMet(requires, learned)) learned.add(slug);
    }
    if (learned.size < skills.size) return "UnlearnableError";
    this.skills = skills;
    this.former = former;
    return "Write";
  }
}

function both(first: Tree | undefined, second: Tree): Tree {
  return first === undefined ? second : { atLeast: 2, of: [first, second] };
}

function isMet(tree: Tree | undefined, learned: ReadonlySet<string>): boolean {
  if (tree === undefined) return true;
  if (!isGroup(tree)) return learned.has(tree.skill);
  return tree.of.filter((member) => isMet(member, learned)).length >= tree.atLeast;
}

function leavesOf(tree: Tree): string[] {
  return isGroup(tree) ? tree.of.flatMap(leavesOf) : [tree.skill];
}

function led(tree: Tree, lead: (leaf: string) => string | undefined): Tree | undefined {
  if (!isGroup(tree)) {
    const skill = lead(tree.skill);
    return skill === undefined ? undefined : { skill };
  }
  const of = tree.of.flatMap((member) => led(member, lead) ?? []);
  return of.length === 0 ? undefined : { atLeast: Math.min(tree.atLeast, of.length), of };
}

/** Whether a list that counts its members names a skill twice, as two slugs that lead to one may. */
function countsTwice(tree: Tree): boolean {
  if (!isGroup(tree)) return false;
  const named = tree.of.flatMap((member) => (isGroup(member) ? [] : [member.skill]));
  const isCounted = tree.atLeast > 1 && tree.atLeast < tree.of.length;
  return (isCounted && new Set(named).size < named.length) || tree.of.some(countsTwice);
}

/** A tree whose lists name a skill once. */
function onceEach(tree: Tree, skill: string): Tree {
  if (!isGroup(tree)) return tree;
  const members = tree.of.map((member) => onceEach(member, skill));
  const isSkill = (member: Tree) => !isGroup(member) && member.skill === skill;
  const of = members.filter((member, at) => !isSkill(member) || members.findIndex(isSkill) === at);
  return { atLeast: Math.min(tree.atLeast, of.length), of };
}
