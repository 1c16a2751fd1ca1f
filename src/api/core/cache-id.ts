import { createHash } from "node:crypto";
import type { ObjectRef } from "@pothos/core";
import { builder, type SchemaTypes } from "../builder.ts";
import type { Context } from "../context.ts";
import { OF_REVISION } from "./kept.ts";
import { memo } from "./run.ts";

/**
 * Ids for the caches of clients. A cache merges what two components ask of one object only when the object has an id,
 * so everything has one that is neither an error nor a part of a page. `node` finds entities and paths alone.
 */

/** What tells an object from others of its type. Indices of the snapshot will do where the revision is among it. */
export type Place = readonly (string | number)[];

/** How many characters of a hash tell questions apart: 96 bits. */
const HASH_LENGTH = 16;

/** A short hash of a value that JSON can hold. */
export function hashOf(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("base64url").slice(0, HASH_LENGTH);
}

/** Gives a type an `id` of its name and a place. */
export function addCacheId<Shape>(
  type: ObjectRef<SchemaTypes, Shape>,
  placeOf: (shape: Shape, context: Context) => Place,
): void {
  builder.objectField(type, "id", (t) =>
    t.id({
      description: "Names the object in the caches of clients. Not an id for `node`.",
      extensions: OF_REVISION,
      resolve: (shape, _args, context) => [type.name, ...placeOf(shape as Shape, context)].join(":"),
    }),
  );
}

/** What was found, together with the arguments of the question. */
export type Answer<Found> = Found & { readonly args: object };

const keyOf = memo((args: object) => hashOf(args));

/**
 * Gives the type of an answer, or of a part of one, an `id` of the revision, the arguments of the question, and what
 * tells the part from others.
 */
export function addAnswerId<Shape extends { readonly args: object }>(
  type: ObjectRef<SchemaTypes, Shape>,
  placeOf: (shape: Shape, context: Context) => Place = () => [],
): void {
  addCacheId(type, (shape, context) => [
    context.snapshot.revision,
    keyOf(shape.args),
    ...placeOf(shape, context),
  ]);
}

/** Gives the type of a table an `id` of the row's. */
export function addRowId<Shape extends { readonly id: number }>(type: ObjectRef<SchemaTypes, Shape>): void {
  addCacheId(type, ({ id }) => [id]);
}
