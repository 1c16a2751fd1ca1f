import {
  type Alias,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type LineCounter,
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

/** Where a value stands in a graph file. Lines are looked up in the nodes of the text only when asked for. */
export class Place {
  readonly #text: TextNodes;
  readonly #node: unknown;
  /** The line of what is above, for values that are not written out. */
  readonly #lineAbove: number;

  constructor(text: TextNodes, node: unknown = text.root, lineAbove = 1) {
    this.#text = text;
    this.#node = isAlias(node) ? (text.targets.get(node) ?? node) : node;
    this.#lineAbove = lineAbove;
  }

  /** The line on which the value begins, from 1. O(log lines). */
  get line(): number {
    return lineOf(this.#text, this.#node) ?? this.#lineAbove;
  }

  /** How a number, a boolean or null is written; undefined for text, lists and mappings. */
  get written(): string | undefined {
    const node = this.#node;
    if (isAlias(node)) return `*${node.source}`;
    if (isScalar(node)) return typeof node.value === "string" ? undefined : (node.source ?? "");
    return isCollection(node) ? undefined : "";
  }

  /** The place at a path below, or the deepest one on the way to it that exists. O(keys on the way). */
  nearest(path: Path): Place {
    let place: Place = this;
    for (const step of path) {
      const below = place.#step(step);
      if (below === undefined) return place;
      place = below;
    }
    return place;
  }

  /** The line of a key of this mapping; the line of the mapping when it has no such key. */
  lineOfKey(key: string): number {
    return lineOf(this.#text, this.#pair(key)?.key) ?? this.line;
  }

  #step(step: PropertyKey): Place | undefined {
    if (typeof step === "number")
      return isSeq(this.#node) && step in this.#node.items
        ? new Place(this.#text, this.#node.items[step], this.line)
        : undefined;
    const pair = this.#pair(String(step));
    return pair && new Place(this.#text, pair.value, lineOf(this.#text, pair.key) ?? this.line);
  }

  /** Of a key that stands twice, the last one counts, as for the value. */
  #pair(key: string) {
    return isMap(this.#node)
      ? this.#node.items.findLast((pair) => isScalar(pair.key) && String(pair.key.value) === key)
      : undefined;
  }
}

function lineOf({ lines }: TextNodes, node: unknown): number | undefined {
  return isNode(node) && node.range ? lines.linePos(node.range[0]).line : undefined;
}
