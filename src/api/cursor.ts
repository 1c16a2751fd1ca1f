import type { Place } from "../loaders/pages/ordering.ts";
import { badInput } from "./bad-input.ts";

/**
 * The cursor of a row: the order it was given out under, and the place in it. It names a place between rows,
 * so it stays good when rows are written or deleted, the row itself included.
 */
export function encodeCursor(order: string, { key, slug }: Place): string {
  return Buffer.from(JSON.stringify([order, key, slug]), "utf8").toString("base64url");
}

/** The place of a cursor. Throws BAD_USER_INPUT when it is broken or was given out under another order. */
export function decodeCursor(cursor: string, order: string, argument: string): Place {
  const [given, key, slug, ...rest] = parts(cursor);
  if ((typeof key !== "string" && typeof key !== "number") || typeof slug !== "string" || rest.length > 0)
    throw badInput({ argument, expected: "a cursor that this server has given out", received: cursor });
  if (given !== order)
    throw badInput({
      argument,
      expected: `a cursor of a list ordered by ${order}`,
      received: `one of a list ordered by ${String(given)}`,
    });
  return { key, slug };
}

function parts(cursor: string): unknown[] {
  try {
    const decoded: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    return Array.isArray(decoded) ? decoded : [];
  } catch {
    return [];
  }
}
