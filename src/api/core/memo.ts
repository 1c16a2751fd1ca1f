/**
 * `compute`, done once for each key for as long as the key lives: once for each path of a request, or for each
 * snapshot. `given` is what else `compute` needs, and must not change its answer. A promise that rejects is
 * forgotten, so that the next caller tries again.
 */
export function memo<Key extends object, Value, Given = void>(
  compute: (key: Key, given: Given) => Value,
): (key: Key, given: Given) => Value {
  const computed = new WeakMap<Key, { readonly value: Value }>();
  return (key, given) => {
    let entry = computed.get(key);
    if (entry === undefined) {
      entry = { value: compute(key, given) };
      computed.set(key, entry);
      if (entry.value instanceof Promise) entry.value.catch(() => computed.delete(key));
    }
    return entry.value;
  };
}
