import type { Context } from "../context.ts";
import type { AnsweredPath } from "../path/learning-path.ts";

/** Works something out about a path once, on demand, however many resolvers of a request ask for it. */
export function perPath<Value>(
  workOut: (path: AnsweredPath, context: Context) => Value,
): (path: AnsweredPath, context: Context) => Value {
  const found = new WeakMap<AnsweredPath, { readonly value: Value }>();
  return (path, context) => {
    let entry = found.get(path);
    if (entry === undefined) {
      entry = { value: workOut(path, context) };
      found.set(path, entry);
    }
    return entry.value;
  };
}
