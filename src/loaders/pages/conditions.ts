/** A text that occurs in a column, letter case aside; `%` and `_` stand for themselves. */
export function containing(text: string) {
  return { contains: text.replace(/[\\%_]/g, "\\$&"), mode: "insensitive" as const };
}

/** A value among some, where any are given. */
export function among<Value>(values: readonly Value[] | undefined): { in: Value[] } | undefined {
  return values === undefined ? undefined : { in: [...values] };
}
