import {
  type Alias,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
} from "yaml";

/** A key or an index on the way to a value, as in zod's issues. */
export type Path = readonly PropertyKey[];

/** The nodes of a text, with what it takes to turn them into lines. */
export interface TextNodes {
  /** The value at the top; null for an empty text. */
  readonly root: Node | null;
  readonly lines: LineCounter;
  /** What each alias that could be resolved stands for. */
  readonly targets: ReadonlyMap<Alias, Node>;
}

const NO_NODES: TextNodes = { root: null, lines: new LineCounter(), targets: new Map() };

/** Where a value stands in a graph file. It is looked up in the nodes of the text only when somebody asks. */
export class Place {
  readonly #nodes: () => TextNodes;
  readonly #path: Path;
  readonly #line: number;

  /** The place at a path below the top of a text, which begins on a line. */
  constructor(nodes: () => TextNodes, path: Path = [], line = 1) {
    this.#nodes = nodes;
    this.#path = path;
    this.#line = line;
  }

  /** The place of a row of which only the line is known. */
  static onLine(line: number): Place {
    return new Place(() => NO_NODES, [], line);
  }

  /** The line on which the value begins, from 1. O(keys on the way + log lines). */
  get line(): number {
    return this.#find().line;
  }

  /** How a number, a boolean or null is written; undefined for text, lists and mappings. */
  get written(): string | undefined {
    const { node } = this.#find();
    if (isAlias(node)) return `*${node.source}`;
    if (isScalar(node)) return typeof node.value === "string" ? undefined : (node.source ?? "");
    return isCollection(node) ? undefined : "";
  }

  /** The place at a path below, or the deepest one on the way to it that exists. */
  nearest(path: Path): Place {
    return new Place(this.#nodes, [...this.#path, ...path], this.#line);
  }

  /** The line of a key of this mapping; the line of the mapping when it has no such key. */
  lineOfKey(key: string): number {
    const { node, line } = this.#find();
    return this.#lineOf(pairAt(node, key)?.key) ?? line;
  }

  /** The deepest node on the path, and its line: that of what is above when the node is not written out. */
  #find(): { readonly node: unknown; readonly line: number } {
    const { root, targets } = this.#nodes();
    const target = (node: unknown) => (isAlias(node) ? (targets.get(node) ?? node) : node);
    let node = target(root);
    let line = this.#lineOf(node) ?? this.#line;
    for (const step of this.#path) {
      const pair = pairAt(node, step);
      if (pair === undefined) break;
      node = target(pair.value);
      line = this.#lineOf(node) ?? this.#lineOf(pair.key) ?? line;
    }
    return { node, line };
  }

  #lineOf(node: unknown): number | undefined {
    return isNode(node) && node.range ? this.#nodes().lines.linePos(node.range[0]).line : undefined;
  }
}

/** What a node has at a key or an index. Of a key that stands twice, the last one counts, as for the value. */
function pairAt(
  node: unknown,
  step: PropertyKey,
): { readonly key?: unknown; readonly value: unknown } | undefined {
  if (isMap(node))
    return node.items.findLast((pair) => isScalar(pair.key) && String(pair.key.value) === String(step));
  return isSeq(node) && typeof step === "number" && step in node.items
    ? { value: node.items[step] }
    : undefined;
}
