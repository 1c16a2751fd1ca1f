import type { HourOrder, Place } from "../../loaders/pages/page.ts";
import { isStorable } from "../../loaders/storable-text.ts";
import { fault, type ValidationError } from "./errors.ts";

/**
 * The cursor of a row: the order it was given out under, and the place in it. It names a place between rows,
 * so it stays good when rows are written or deleted, the row itself included.
 */
export function encodeCursor(order: HourOrder, { key, slug }: Place): string {
  return packCursor([order, key, slug]);
}

/** The place of a cursor. Throws BAD_USER_INPUT when it is broken or was given out under another order. */
export function decodeCursor(cursor: string, order: HourOrder, argument: string): Place {
  const [given, key, slug, ...rest] = unpackCursor(cursor);
  const broken = brokenCursor(cursor, argument);
  if (typeof given !== "string" || typeof slug !== "string" || rest.length > 0 || !isStorable(slug))
    throw broken;
  if (given !== order)
    throw fault(argument, `a cursor of a list ordered by ${order}`, `one of a list ordered by ${given}`);
  if (!isKey(key, order)) throw broken;
  return { key, slug };
}

function isKey(key: unknown, order: HourOrder): key is Place["key"] {
  if (order === "HOURS") return typeof key === "number" && Number.isFinite(key);
  return typeof key === "string" && isStorable(key);
}

export function brokenCursor(cursor: string, argument: string): ValidationError {
  return fault(argument, "a cursor that this server has given out", cursor);
}

/** A list of values as text that is safe in URLs. */
export function packCursor(parts: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(parts), "utf8").toString("base64url");
}

/** What `packCursor` was given; an empty list for a text that it cannot have made. */
export function unpackCursor(cursor: string): unknown[] {
  try {
    const decoded: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    return Array.isArray(decoded) ? decoded : [];
  } catch {
    return [];
  }
}
