import { extname } from "node:path";
import { type Alias, isAlias, isMap, isNode, isScalar, isSeq, LineCounter, type Node, type Pair } from "yaml";
import { isStorable } from "../store/storable-text.ts";
import type { TextFault } from "./finding.ts";
import { readJson } from "./json-text.ts";
import { Place, type TextNodes } from "./place.ts";
import { isMapping } from "./schema-faults.ts";
import { MAX_NESTING, readYaml, TOO_DEEP } from "./yaml-text.ts";

/**
 * How many values aliases may add to those written out. Anchors are for a citation or two that many rows
 * share; aliases of aliases grow exponentially and are the oldest way to make a YAML reader run out of memory.
 */
const MAX_ALIASED_VALUES = 100_000;

/** Faults after which the value is still what its author wrote. After others, checking it would mislead. */
const HARMLESS: ReadonlySet<string> = new Set(["duplicate-key", "unstorable-text"]);

/** What the text of a graph file says. */
export interface ReadText {
  /** Plain data: all that could be read in spite of the faults. */
  readonly value: unknown;
  readonly place: Place;
  readonly faults: readonly TextFault[];
  readonly isJson: boolean;
  /** Whether a fault keeps the value from being what its author meant. */
  readonly isBroken: boolean;
}

/**
 * Reads a text as JSON when the name of its file ends in `.json`, otherwise as YAML, with the place of every
 * value. Keys that stand twice, text that no database can store and aliases that repeat too much are faults.
 *
 * O(length of the text + values that aliases repeat): about two megabytes of YAML a second. JSON takes a tenth of
 * that, unless something in it has to be reported: then it is read again as YAML, which knows where things stand.
 */
export function readText(file: string, written: string): ReadText {
  const text = normalised(written);
  if (extname(file).toLowerCase() !== ".json") {
    const { value, nodes, faults } = readNodes(text);
    const isBroken = faults.some(({ code }) => !HARMLESS.has(code));
    return { value, place: new Place(() => nodes), faults, isJson: false, isBroken };
  }
  let read: ReadNodes | undefined;
  const again = () => {
    read ??= readNodes(text);
    return read;
  };
  const place = new Place(() => again().nodes);
  const json = readJson(text);
  if ("fault" in json) return { value: undefined, place, faults: [json.fault], isJson: true, isBroken: true };
  // The library for YAML refuses some JSON, such as keys that are very long: those are no faults of the file.
  const faults = json.isSound ? [] : again().faults.filter(({ code }) => HARMLESS.has(code));
  return { value: json.value, place, faults, isJson: true, isBroken: false };
}

/** A byte order mark where a document begins after "---"; files that were put together have it there. */
const MARK_AFTER_START = /^((?:(?:[#%].*)?\r?\n)*---[ \t]*(?:\r?\n)?)\uFEFF/;

/** With line breaks that the library knows: not those of old Macintoshes, which are a carriage return alone. */
function normalised(text: string): string {
  const lines = text.includes("\n") ? text : text.replaceAll("\r", "\n");
  return lines.replace(MARK_AFTER_START, "$1");
}

interface ReadNodes {
  readonly value: unknown;
  readonly nodes: TextNodes;
  readonly faults: readonly TextFault[];
}

function readNodes(text: string): ReadNodes {
  const lines = new LineCounter();
  const { root, faults } = readYaml(text, lines);
  const reader = new ValueReader(lines, faults);
  const value = reader.read(root, 1);
  return { value, nodes: { root, lines, targets: reader.targets }, faults };
}

/** The value of an anchor. */
interface Anchored {
  readonly node: Node;
  readonly value: unknown;
  /** How many values it holds, itself included and aliases expanded. */
  readonly size: number;
  /** How deep lists and mappings nest in it, itself included. */
  readonly height: number;
}

/** Turns nodes into plain values. Recursive, on nodes whose depth the readers bound. */
class ValueReader {
  /** The node that each alias stands for. */
  readonly targets = new Map<Alias, Node>();
  readonly #lines: LineCounter;
  readonly #faults: TextFault[];
  /** The anchors so far; undefined while the value of the anchor itself is being read. */
  readonly #anchors = new Map<string, Anchored | undefined>();
  /** How many values have been read, those that aliases repeat included. */
  #count = 0;
  #aliased = 0;
  /** The greatest depth reached since the innermost anchor. */
  #deepest = 0;

  constructor(lines: LineCounter, faults: TextFault[]) {
    this.#lines = lines;
    this.#faults = faults;
  }

  /** The value of a node at a depth; that of the root is 1. */
  read(node: unknown, depth: number): unknown {
    if (isAlias(node)) return this.#alias(node, depth);
    if (!isNode(node) || node.anchor === undefined) return this.#plain(node, depth);
    const count = this.#count;
    const deepest = this.#deepest;
    this.#deepest = depth;
    this.#anchors.set(node.anchor, undefined);
    const value = this.#plain(node, depth);
    const height = this.#deepest - depth + 1;
    this.#anchors.set(node.anchor, { node, value, size: this.#count - count, height });
    this.#deepest = Math.max(this.#deepest, deepest);
    return value;
  }

  #plain(node: unknown, depth: number): unknown {
    this.#count += 1;
    if (depth > this.#deepest) this.#deepest = depth;
    if (isMap(node)) return this.#mapping(node.items, depth + 1);
    if (isSeq(node)) return node.items.map((item) => this.read(item, depth + 1));
    // An empty text and some keys without a value have no node.
    if (!isScalar(node)) return null;
    if (typeof node.value === "string") this.#checkStorable(node.value, node);
    return node.value;
  }

  #mapping(pairs: readonly Pair[], depth: number): unknown {
    const values = new Map<string, unknown>();
    for (const { key, value } of pairs) {
      if (!isScalar(key)) continue;
      const name = String(key.value);
      this.#checkStorable(name, key);
      if (values.has(name)) {
        const first = pairs.find((pair) => isScalar(pair.key) && String(pair.key.value) === name);
        const message = `expected the key "${name}" once, got it again: it stands on line ${this.#lineOf(first?.key)} already; delete one of the two`;
        this.#fault(key, "duplicate-key", message);
      }
      values.set(name, this.read(value, depth));
    }
    const isMerging = pairs.some(({ key }) => isScalar(key) && key.value === "<<" && key.type === "PLAIN");
    return isMerging ? this.#merged(values, pairs) : Object.fromEntries(values);
  }

  /** A mapping with a merge key, "<<": those of its own keys count that are not written beside it. */
  #merged(values: Map<string, unknown>, pairs: readonly Pair[]): unknown {
    const { "<<": merged, ...own } = Object.fromEntries(values);
    const mappings: readonly unknown[] = Array.isArray(merged) ? merged : [merged];
    if (mappings.every(isMapping)) return Object.assign({}, ...mappings.toReversed(), own);
    const key = pairs.find((pair) => isScalar(pair.key) && pair.key.value === "<<")?.key;
    if (isNode(key))
      this.#fault(key, "not-yaml", "not YAML: expected a mapping, or a list of them, under the merge key <<");
    return own;
  }

  #alias(alias: Alias, depth: number): unknown {
    const { source } = alias;
    const anchored = this.#anchors.get(source);
    if (anchored === undefined) {
      const message = this.#anchors.has(source)
        ? `the value of &${source} contains itself by the alias *${source}`
        : `expected an anchor &${source} before the alias *${source}, got none`;
      this.#fault(alias, "not-yaml", `not YAML: ${message}`);
      return null;
    }
    this.#aliased += anchored.size;
    const deepest = depth + anchored.height - 1;
    if (this.#aliased > MAX_ALIASED_VALUES) {
      const message = `expected aliases to repeat at most ${MAX_ALIASED_VALUES} values, got more: write the values out or name them by slug`;
      this.#faultOnce(alias, "too-many-aliases", message);
      return null;
    }
    if (deepest > MAX_NESTING) {
      this.#faultOnce(alias, "too-deep", TOO_DEEP);
      return null;
    }
    this.targets.set(alias, anchored.node);
    this.#count += anchored.size;
    this.#deepest = Math.max(this.#deepest, deepest);
    return anchored.value;
  }

  #checkStorable(text: string, node: Node): void {
    if (isStorable(text)) return;
    const what = text.includes("\0") ? "a NUL character" : "half of a surrogate pair";
    this.#fault(node, "unstorable-text", `expected text that can be stored, got ${what} in it`);
  }

  #fault(node: Node, code: string, message: string): void {
    this.#faults.push({ line: this.#lineOf(node), code, message });
  }

  #faultOnce(node: Node, code: string, message: string): void {
    if (!this.#faults.some((fault) => fault.code === code)) this.#fault(node, code, message);
  }

  #lineOf(node: unknown): number {
    return isNode(node) && node.range ? this.#lines.linePos(node.range[0]).line : 1;
  }
}
