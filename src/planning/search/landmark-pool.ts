import { IntList } from "../../graph/model/integers.ts";

/**
 * Landmarks of one part of a problem: in every plan, at least so many of a landmark's nodes, provided that the
 * landmark's condition, unless −1, is part of the plan. They stay true whatever the search decides.
 */
export class LandmarkPool {
  count = 0;
  /** Where each landmark's nodes begin; the last entry is where the next one's will. */
  readonly start = new IntList();
  readonly nodes = new IntList();
  readonly need = new IntList();
  readonly condition = new IntList();
  /** Per landmark: its multiplier, kept from ascent to ascent. */
  kept = new Float64Array(16);
  /** Per landmark: what the last ascent charged besides. */
  extra = new Float64Array(16);

  constructor() {
    this.start.push(0);
  }

  /** Makes a landmark of the nodes pushed to `nodes` since the last one. */
  add(need: number, condition: number): number {
    const index = this.count++;
    if (index === this.kept.length) {
      this.kept = grown(this.kept);
      this.extra = grown(this.extra);
    }
    this.kept[index] = 0;
    this.extra[index] = 0;
    this.start.push(this.nodes.length);
    this.need.push(need);
    this.condition.push(condition);
    return index;
  }

  /** Forgets the landmarks that the last ascent charged nothing for. */
  compact(): void {
    const { start, nodes, need, condition, kept, extra } = this;
    let to = 0;
    let landmarks = 0;
    for (let l = 0; l < this.count; l++) {
      if (kept[l] === 0 && extra[l] === 0) continue;
      const begin = start.items[l]!;
      const end = start.items[l + 1]!;
      start.items[landmarks] = to;
      nodes.items.copyWithin(to, begin, end);
      to += end - begin;
      need.items[landmarks] = need.items[l]!;
      condition.items[landmarks] = condition.items[l]!;
      kept[landmarks] = kept[l]!;
      extra[landmarks] = extra[l]!;
      landmarks++;
    }
    start.items[landmarks] = to;
    start.length = landmarks + 1;
    nodes.length = to;
    need.length = condition.length = this.count = landmarks;
  }
}

function grown(array: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(array.length * 2);
  larger.set(array);
  return larger;
}
