import { IntList } from "../graph/model/integers.ts";
import {
  EDGE_KINDS,
  type EdgeKind,
  type ExportedEdge,
  type ExportedGroup,
  type ExportedNode,
} from "./exported-graph.ts";

const KINDS = Object.keys(EDGE_KINDS) as EdgeKind[];
const NUMBER_OF = new Map(KINDS.map((kind, at) => [kind, at]));

/** No group. */
const NONE = -1;

/**
 * A list of edges in 20 bytes each, a fifth of what objects take, which most formats read once and forget: an edge is made
 * when it is read.
 */
export class EdgeTable {
  readonly #nodes: readonly (ExportedNode | undefined)[];
  readonly #groups: readonly ExportedGroup[];
  readonly #sources = new IntList();
  readonly #targets = new IntList();
  readonly #kinds = new IntList();
  readonly #groupOf = new IntList();
  /** Twice the position, and one more for alternatives. */
  readonly #positions = new IntList();

  /** Ends and groups of edges are places in these lists, which may still grow. */
  constructor(nodes: readonly (ExportedNode | undefined)[], groups: readonly ExportedGroup[]) {
    this.#nodes = nodes;
    this.#groups = groups;
  }

  get length(): number {
    return this.#sources.length;
  }

  /** Adds an edge between nodes that are there. */
  add(
    source: number,
    target: number,
    kind: EdgeKind,
    position: number,
    {
      group = NONE,
      isAlternative = false,
    }: { readonly group?: number; readonly isAlternative?: boolean } = {},
  ): void {
    this.#sources.push(source);
    this.#targets.push(target);
    this.#kinds.push(NUMBER_OF.get(kind)!);
    this.#groupOf.push(group);
    this.#positions.push(2 * position + (isAlternative ? 1 : 0));
  }

  at(index: number): ExportedEdge | undefined {
    if (index < 0 || index >= this.length) return undefined;
    const group = this.#groupOf.items[index]!;
    const position = this.#positions.items[index]!;
    return {
      source: this.#nodes[this.#sources.items[index]!]!,
      target: this.#nodes[this.#targets.items[index]!]!,
      kind: KINDS[this.#kinds.items[index]!]!,
      group: group === NONE ? null : this.#groups[group]!,
      position: position >> 1,
      isAlternative: (position & 1) === 1,
    };
  }

  *[Symbol.iterator](): Generator<ExportedEdge> {
    for (let index = 0; index < this.length; index++) yield this.at(index)!;
  }
}
