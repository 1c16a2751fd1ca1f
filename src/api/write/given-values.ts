import { z } from "zod";
import { isGroup, type Requirement } from "../../graph/model/requirement.ts";
import type { RequirementFile } from "../../seeding/requirement-file.ts";
import { isMapping } from "../../seeding/schema-faults.ts";
import { longFormOf, membersOf } from "../../seeding/written-row.ts";
import { indexOfSlug } from "../../store/snapshot/graph-snapshot.ts";
import type { Context } from "../context.ts";
import { type EntityKind, TYPE_OF } from "../core/entity.ts";
import { fault, NotFoundError, type UnknownSlug, unknownSlug } from "../core/errors.ts";
import { slugToday } from "../core/node.ts";
import { withSuggestions } from "../core/suggestions.ts";
import { parseRequirement, type RequirementShape } from "../requirement/input.ts";
import { inputName } from "./row-inputs.ts";

/** Keys of graph files whose values are slugs, or lists of them. */
const REFERRING: Readonly<Record<string, EntityKind>> = {
  document: "DOCUMENT",
  project: "PROJECT",
  projects: "PROJECT",
  resources: "RESOURCE",
  skill: "SKILL",
  skills: "SKILL",
  topic: "SKILL",
};

/** Values as graph files write them, by their keys. */
export type FileValues = Readonly<Record<string, unknown>>;

/**
 * Turns inputs into what a graph file would say. Former slugs become those of today. Slugs that do not exist are
 * remembered, so that one error names all of them: call `refuseUnknown` when everything is read.
 */
export class GivenValues {
  readonly #context: Context;
  readonly #unknown: UnknownSlug[] = [];

  constructor(context: Context) {
    this.#context = context;
  }

  /** The values of the keys that an input gives; those that are null are null. No argument: they are arguments. Throws ValidationError. */
  async read(schema: z.ZodObject, input: object, argument?: string): Promise<FileValues> {
    const given = new Map<string, unknown>(Object.entries(input));
    const values = membersOf(schema).map(async ({ key, schema: member }) => {
      const name = inputName(key);
      const value = given.get(name);
      if (value === undefined) return [];
      const at = argument === undefined ? name : `${argument}.${name}`;
      return [[key, value === null ? null : await this.#value(member, key, value, at)]];
    });
    return Object.fromEntries((await Promise.all(values)).flat());
  }

  /** Rejects with NotFoundError when one of the slugs does not exist; it names all of them. */
  async refuseUnknown(): Promise<void> {
    if (this.#unknown.length === 0) return;
    const unknown = this.#unknown.toSorted((a, b) => (a.argument < b.argument ? -1 : 1));
    throw new NotFoundError(await withSuggestions(this.#context, unknown));
  }

  async #value(schema: z.core.$ZodType, key: string, value: unknown, argument: string): Promise<unknown> {
    if (schema instanceof z.ZodLazy && isRequirement(value)) return this.requirement(value, argument);
    if (schema instanceof z.ZodArray && Array.isArray(value)) {
      const items: readonly unknown[] = value;
      return Promise.all(
        items.map((item, at) => this.#value(schema.element, key, item, `${argument}[${at}]`)),
      );
    }
    const row = schema instanceof z.ZodObject ? schema : longFormOf(schema);
    if (row !== undefined && isMapping(value)) return this.#row(row, value, argument);
    // A reference without what is said of it is the slug of a skill.
    const kind = REFERRING[key] ?? (row === undefined ? undefined : "SKILL");
    return kind !== undefined && typeof value === "string" ? this.slug(kind, value, argument) : value;
  }

  async #row(schema: z.ZodObject, row: object, argument: string): Promise<FileValues> {
    const values = await this.read(schema, row, argument);
    await this.#checkLine(values, argument);
    // In a row of a list null says what absence says.
    return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
  }

  async #checkLine({ document, line }: FileValues, argument: string): Promise<void> {
    if (typeof document !== "string" || typeof line !== "number") return;
    const { lines } = (await this.#context.loaders.documentsBySlug.load(document)) ?? {};
    if (lines != null && line > lines)
      throw fault(`${argument}.line`, `a line of the document, which has ${lines}`, line);
  }

  /** The slug of today, or the given one where no entity has or had it. */
  async slug(kind: EntityKind, slug: string, argument: string): Promise<string> {
    const today = await slugToday(this.#context, TYPE_OF[kind], slug);
    if (today !== undefined) return today;
    this.#unknown.push(unknownSlug(kind, slug, argument));
    return slug;
  }

  /** The slugs of today of a list of skills; none where there is no list. */
  async skills(list: unknown, argument: string): Promise<string[]> {
    const slugs: readonly unknown[] = Array.isArray(list) ? list : [];
    return Promise.all(slugs.map((slug, at) => this.slug("SKILL", String(slug), `${argument}[${at}]`)));
  }

  /** A requirement with the slugs of today. Throws ValidationError. */
  requirement(input: RequirementShape, argument: string): RequirementFile {
    const { skills } = this.#context.snapshot;
    const parsed = parseRequirement(input, argument, (slug, at) => {
      const index = indexOfSlug(skills, slug);
      if (index === undefined) this.#unknown.push(unknownSlug("SKILL", slug, at));
      return index ?? 0;
    });
    return written(parsed, (skill) => skills.slugs.at(skill) ?? "");
  }
}

/** GraphQL has checked what an input of this type is. */
export function isRequirement(value: unknown): value is RequirementShape {
  return isMapping(value);
}

function written(requirement: Requirement<number>, slugOf: (skill: number) => string): RequirementFile {
  if (!isGroup(requirement)) return slugOf(requirement.skill);
  const { atLeast } = requirement;
  const of = requirement.of.map((member) => written(member, slugOf));
  if (atLeast === of.length) return { allOf: of };
  return atLeast === 1 ? { anyOf: of } : { atLeast, of };
}
