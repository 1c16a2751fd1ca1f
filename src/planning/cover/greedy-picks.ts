import type { WeightedSet } from "./least-cover.ts";

/**
 * Picks sets one by one, each time the one that adds the greatest value; ties go to the lighter, then to the
 * lower index. Stops at `atMost` sets or when nothing adds anything. Indices in the order picked.
 *
 * The first k picks hold at least 1 − 1/e of the value that any k sets can hold (Nemhauser, Wolsey and Fisher
 * 1978), and all picks are at most H(n) times as many as it takes. Gains only shrink, so a pick stands as soon
 * as the set on top of the heap, counted anew, stays there (Minoux 1978): about O(memberships · log sets).
 */
export function greedyPicks(
  values: readonly number[],
  sets: readonly WeightedSet[],
  atMost = Number.POSITIVE_INFINITY,
): number[] {
  const isCovered = new Uint8Array(values.length);
  const gains = sets.map(({ elements }) => elements.reduce((sum, element) => sum + values[element]!, 0));
  const isBefore = (a: number, b: number) =>
    gains[a] !== gains[b]
      ? gains[a]! > gains[b]!
      : sets[a]!.weight !== sets[b]!.weight
        ? sets[a]!.weight < sets[b]!.weight
        : a < b;
  const heap = sets.map((_, s) => s).sort((a, b) => (isBefore(a, b) ? -1 : 1));
  const picked: number[] = [];
  while (picked.length < atMost && heap.length > 0) {
    const top = heap[0]!;
    let gain = 0;
    for (const element of sets[top]!.elements) if (isCovered[element] === 0) gain += values[element]!;
    if (gain > 0 && gain < gains[top]!) {
      gains[top] = gain;
      sink(heap, isBefore);
      continue;
    }
    if (gain > 0) {
      picked.push(top);
      for (const element of sets[top]!.elements) isCovered[element] = 1;
    }
    heap[0] = heap.at(-1)!;
    heap.pop();
    sink(heap, isBefore);
  }
  return picked;
}

/** Lets the top of a heap sink to its place. */
function sink(heap: number[], isBefore: (a: number, b: number) => boolean): void {
  let at = 0;
  for (;;) {
    let first = at;
    for (const below of [2 * at + 1, 2 * at + 2])
      if (below < heap.length && isBefore(heap[below]!, heap[first]!)) first = below;
    if (first === at) return;
    [heap[at], heap[first]] = [heap[first]!, heap[at]!];
    at = first;
  }
}
