import type { ObjectRef } from "@pothos/core";
import type { SchemaTypes } from "../builder.ts";
import type { Context } from "../context.ts";
import { addCacheId, hashOf, type Place } from "../core/cache-id.ts";
import { memo } from "../core/run.ts";
import type { AnsweredPath } from "./path.ts";

/** A hash that two paths share only when they answer one request at one revision by the same steps. */
export const pathKey = memo((path: AnsweredPath, { snapshot }: Context): string => {
  const { request, solved, cheapestCost, isListed = false } = path;
  const {
    question,
    known,
    optional,
    optionalLeftOut,
    objective,
    effort,
    time,
    projects,
    preferences,
    ignored,
  } = request;
  const { goals, choose, avoid } = question;
  const { skills, cost, lowerBound, isOptimal } = solved;
  // With an objective, the effort counts for nothing.
  const chosen = [
    goals,
    known.given,
    known.notKnown,
    known.taken,
    choose,
    avoid,
    optional,
    optionalLeftOut,
    objective ?? effort,
  ];
  const asked = [
    chosen,
    time,
    projects,
    preferences,
    ...ignored.map(({ argument, slug }) => [argument, slug]),
  ];
  return hashOf([snapshot.revision, asked, skills, cost, lowerBound, isOptimal, cheapestCost, isListed]);
});

/** A part of a path, or something about it, together with the path. */
export type OfPath<Part> = Part & { readonly path: AnsweredPath };

/** Gives the type of a part of a path an `id`: the path's key, and what tells the part from others of its type. */
export function addPartId<Shape>(
  type: ObjectRef<SchemaTypes, Shape>,
  partOf: (shape: Shape) => readonly [path: AnsweredPath, ...place: Place],
): void {
  addCacheId(type, (shape, context) => {
    const [path, ...place] = partOf(shape);
    return [pathKey(path, context), ...place];
  });
}
