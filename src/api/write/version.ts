import type { ObjectRef } from "@pothos/core";
import { builder, type SchemaTypes } from "../builder.ts";
import type { Context } from "../context.ts";
import { type EntityKind, Goal } from "../core/entity.ts";
import { ConflictError } from "../core/errors.ts";
import { OWNERS, type OwnerHandle, slugOf } from "../core/handle.ts";
import { OF_REVISION } from "../core/kept.ts";
import { Document } from "../document/document.ts";
import { Project } from "../project/project.ts";
import { Resource } from "../resource/resource.ts";
import { Roadmap } from "../roadmap/roadmap.ts";
import { Role } from "../role/role.ts";
import { Skill } from "../skill/skill.ts";

/** The version of an entity, which a write can ask it to have still. */

const VERSION = {
  description:
    "The revision of its last change, or of a change of something that belongs to it: send it as `expectedVersion`, and nobody's work is overwritten unseen.",
  extensions: OF_REVISION,
};

builder.interfaceField(Goal, "version", (t) => t.int({ description: VERSION.description }));

for (const type of [Skill, Project, Role, Roadmap]) addVersion(type);

function addVersion(type: ObjectRef<SchemaTypes, OwnerHandle>): void {
  builder.objectField(type, "version", (t) =>
    t.int({
      ...VERSION,
      resolve: (owner, _args, { snapshot, loaders }) =>
        loaders.versions.load({
          kind: OWNERS[owner.__typename].kind,
          slug: slugOf(snapshot, owner),
        }),
    }),
  );
}

builder.objectField(Resource, "version", (t) =>
  t.int({
    ...VERSION,
    resolve: ({ slug }, _args, { loaders }) => loaders.versions.load({ kind: "RESOURCE", slug }),
  }),
);

builder.objectField(Document, "version", (t) =>
  t.int({
    ...VERSION,
    resolve: ({ slug }, _args, { loaders }) => loaders.versions.load({ kind: "DOCUMENT", slug }),
  }),
);

/** Refuses a write that was made from another version of an entity. Throws ConflictError. */
export async function expectVersion(
  { snapshot, loaders }: Context,
  kind: EntityKind,
  slug: string,
  expected: number | null | undefined,
): Promise<void> {
  if (expected == null) return;
  const current = await loaders.versions.load({ kind, slug });
  if (current === expected) return;
  throw new ConflictError(
    `expected the ${kind.toLowerCase()} ${slug} at version ${expected}, it is at ${current}: read it again and repeat the change.`,
    snapshot.revision,
    { kind, slug, expected, current },
  );
}
