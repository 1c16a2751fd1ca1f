import type { ObjectRef } from "@pothos/core";
import { builder, type SchemaTypes } from "../builder.ts";
import { addAnswerId } from "../core/cache-id.ts";
import { type EntityKind, TYPE_OF } from "../core/entity.ts";
import { findEntity } from "../core/node.ts";
import { Project } from "../project/project.ts";
import { Resource } from "../resource/resource.ts";
import { Roadmap } from "../roadmap/roadmap.ts";
import { Role } from "../role/role.ts";
import { Skill } from "../skill/skill.ts";
import { GraphWrite, type Written } from "./graph-write.ts";

/** The kinds of entities that mutations write one by one. Documents come with graph files. */
export type NounKind = Exclude<EntityKind, "DOCUMENT">;

export const NOUN_KINDS: readonly NounKind[] = ["SKILL", "RESOURCE", "PROJECT", "ROLE", "ROADMAP"];

const TYPES: Readonly<Record<NounKind, ObjectRef<SchemaTypes, object>>> = {
  SKILL: Skill,
  RESOURCE: Resource,
  PROJECT: Project,
  ROLE: Role,
  ROADMAP: Roadmap,
};

/** What a mutation has written of one entity. */
export interface EntityWritten {
  readonly args: object;
  readonly slug: string;
  readonly written: Written;
}

/** The type of what is written of one entity of a kind, such as `SkillWrite`. */
function entityWrite(kind: NounKind): ObjectRef<SchemaTypes, EntityWritten> {
  const type = TYPE_OF[kind];
  const noun = type.toLowerCase();
  const ref = builder.objectRef<EntityWritten>(`${type}Write`).implement({
    description: `What a mutation has written of one ${noun}, or would have written.`,
    fields: (t) => ({
      [noun]: t.field({
        type: TYPES[kind],
        nullable: true,
        description: `The ${noun} as it is after the write. Null when it is not there: after its deletion, and when only a dry run has created it.`,
        resolve: ({ slug }, _args, context) => findEntity(context, type, slug),
      }),
      written: t.expose("written", {
        type: GraphWrite,
        description: "The revision and all that has changed.",
      }),
    }),
  });
  addAnswerId(ref);
  return ref;
}

export const WRITES: Readonly<Record<NounKind, ObjectRef<SchemaTypes, EntityWritten>>> = {
  SKILL: entityWrite("SKILL"),
  RESOURCE: entityWrite("RESOURCE"),
  PROJECT: entityWrite("PROJECT"),
  ROLE: entityWrite("ROLE"),
  ROADMAP: entityWrite("ROADMAP"),
};
