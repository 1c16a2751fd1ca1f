import { IntList } from "../../graph/model/integers.ts";

/**
 * The landmarks of one search: every plan holds at least `need` of a landmark's nodes, provided that it holds the
 * landmark's condition, unless that is −1. They stay true whatever the search decides.
 */
export class Landmarks {
  count = 0;
  /** Where each landmark's nodes begin; the last entry is where the next one's will. */
  readonly start = new IntList();
  readonly nodes = new IntList();
  readonly need = new IntList();
  readonly condition = new IntList();
  /** Per landmark: what the last ascent charged each of its nodes. */
  charge = new Float64Array(16);

  constructor() {
    this.start.push(0);
  }

  /** Makes a landmark of the nodes pushed to `nodes` since the last one. */
  add(need: number, condition: number): number {
    const index = this.count++;
    if (index === this.charge.length) {
      const grown = new Float64Array(index * 2);
      grown.set(this.charge);
      this.charge = grown;
    }
    this.charge[index] = 0;
    this.start.push(this.nodes.length);
    this.need.push(need);
    this.condition.push(condition);
    return index;
  }
}
