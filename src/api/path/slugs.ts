import { type GraphSnapshot, indexOfSlug, type SnapshotTable } from "../../store/snapshot/graph-snapshot.ts";
import type { Context } from "../context.ts";
import { checkCount } from "../core/check.ts";
import type { EntityKind } from "../core/entity.ts";
import { NotFoundError, type UnknownSlug, unknownSlug } from "../core/errors.ts";
import { withSuggestions } from "../core/suggestions.ts";
import { MAX_GOALS, MAX_LISTED_SKILLS } from "../limits.ts";
import type { GoalInput } from "./input.ts";

/** What stands for a slug that does not exist, until `refuseUnknown` throws. */
const UNKNOWN = -1;

/**
 * Looks up the slugs of one question and remembers those that do not exist, so that one error names all of them. Call
 * `refuseUnknown` when all are read, and before their indices and what was ignored are used.
 */
export class SlugReader {
  readonly #context: Context;
  readonly #snapshot: GraphSnapshot;
  readonly #added: readonly string[];
  readonly #ignores: boolean;
  readonly #unknown: UnknownSlug[] = [];
  #ignored: UnknownSlug[] = [];

  /**
   * `added`: slugs of skills that a what-if adds, whose indices follow today's. `ignores`: whether lists of skills may
   * name unknown ones.
   */
  constructor(
    context: Context,
    { added = [], ignores = false }: { readonly added?: readonly string[]; readonly ignores?: boolean } = {},
  ) {
    this.#context = context;
    this.#snapshot = context.snapshot;
    this.#added = added;
    this.#ignores = ignores;
  }

  /** What was ignored, each with the list that it is in. */
  get ignored(): readonly UnknownSlug[] {
    return this.#ignored;
  }

  skill(slug: string, argument: string): number {
    return this.#owner("SKILL", this.#snapshot.skills, 0, slug, argument);
  }

  /** A skill of today's or one that is added. */
  anySkill(slug: string, argument: string): number {
    return this.#indexOfAdded(slug) ?? this.skill(slug, argument);
  }

  role(slug: string, argument: string): number {
    return this.#owner("ROLE", this.#snapshot.roles, this.#snapshot.firstRole, slug, argument);
  }

  /** The index of a goal in the prerequisite graph. */
  goal({ skill, project, role, roadmap }: GoalInput, argument: string): number {
    const { projects, firstProject, roadmaps, firstRoadmap } = this.#snapshot;
    if (skill != null) return this.skill(skill, `${argument}.skill`);
    if (role != null) return this.role(role, `${argument}.role`);
    return project == null
      ? this.#owner("ROADMAP", roadmaps, firstRoadmap, roadmap ?? "", `${argument}.roadmap`)
      : this.#owner("PROJECT", projects, firstProject, project, `${argument}.project`);
  }

  /** Each goal once, in their order. Throws ValidationError on fewer than `least`, and on too many. */
  goals(goals: readonly GoalInput[], argument: string, least = 1): number[] {
    checkCount(argument, goals, MAX_GOALS, least);
    return [...new Set(goals.map((goal, at) => this.goal(goal, `${argument}[${at}]`)))];
  }

  /** Each role once, in their order. Throws ValidationError on too many. */
  roles(slugs: readonly string[], argument: string, most = MAX_GOALS): number[] {
    checkCount(argument, slugs, most);
    return [...new Set(slugs.map((slug, at) => this.role(slug, `${argument}[${at}]`)))];
  }

  /** The same for roles that somebody holds, which may be ignored like skills. */
  heldRoles(slugs: readonly string[], argument: string): number[] {
    const { roles } = this.#snapshot;
    if (!this.#ignores) return this.roles(slugs, argument);
    const known = slugs.filter((slug) => indexOfSlug(roles, slug) !== undefined);
    for (const slug of slugs)
      if (!known.includes(slug)) this.#ignored.push(unknownSlug("ROLE", slug, argument));
    return this.roles(known, argument);
  }

  /** Each skill once, in their order. Throws ValidationError on too many. */
  skills(slugs: readonly string[], argument: string): number[] {
    checkCount(argument, slugs, MAX_LISTED_SKILLS);
    const skills = new Set<number>();
    for (const [at, slug] of slugs.entries()) {
      const skill = this.listedSkill(slug, argument, `${argument}[${at}]`);
      if (skill !== undefined) skills.add(skill);
    }
    return [...skills];
  }

  /** A skill of a list, at a place in it; `undefined` for one that is ignored. */
  listedSkill(slug: string, list: string, place: string): number | undefined {
    const skill = indexOfSlug(this.#snapshot.skills, slug) ?? this.#indexOfAdded(slug);
    if (skill !== undefined || !this.#ignores) return skill ?? this.skill(slug, place);
    this.#ignored.push(unknownSlug("SKILL", slug, list));
    return undefined;
  }

  /**
   * Rejects with NotFoundError when one of the slugs does not exist and is not ignored; it names all of them. A promise
   * only where there are any, because it takes rows to suggest others.
   */
  refuseUnknown(): undefined | Promise<void> {
    if (this.#unknown.length + this.#ignored.length === 0) return undefined;
    return this.#suggest();
  }

  async #suggest(): Promise<void> {
    if (this.#unknown.length > 0)
      throw new NotFoundError(await withSuggestions(this.#context, this.#unknown));
    this.#ignored = await withSuggestions(this.#context, this.#ignored);
  }

  #indexOfAdded(slug: string): number | undefined {
    const at = this.#added.indexOf(slug);
    return at === -1 ? undefined : this.#snapshot.graph.skillCount + at;
  }

  /** The index in the prerequisite graph, where the owners of a table begin at `first`. */
  #owner(kind: EntityKind, table: SnapshotTable, first: number, slug: string, argument: string): number {
    const index = indexOfSlug(table, slug);
    if (index !== undefined) return first + index;
    this.#unknown.push(unknownSlug(kind, slug, argument));
    return UNKNOWN;
  }
}
