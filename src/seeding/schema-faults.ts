import { z } from "zod";
import { didYouMean } from "../words/closest-words.ts";
import { SLUG_EXPECTED, unionForms } from "./graph-file-parts.ts";
import type { Path, Place } from "./place.ts";
import { slugOf } from "./slug.ts";
import type { TextFault } from "./text-fault.ts";

type Issue = z.core.$ZodIssue;

/** A row as the schema returns it, or everything that is wrong with it. */
export type ParsedRow<Row> =
  | { readonly row: Row; readonly faults: readonly [] }
  | { readonly row: undefined; readonly faults: readonly TextFault[] };

/**
 * Checks a value against a schema. Each fault says on which line it is, what was expected, what came and how to
 * mend it. O(size of the value).
 */
export function parseRow<Row>(schema: z.ZodType<Row>, value: unknown, place: Place): ParsedRow<Row> {
  const schemas: IssueSchemas = new Map();
  const parsed = schema.safeParse(value, {
    error: (issue) => {
      if (issue.code === "unrecognized_keys") schemas.set(issue.keys, issue.inst);
      if (issue.code === "invalid_union") schemas.set(issue.errors, issue.inst);
      return undefined;
    },
  });
  if (parsed.success) return { row: parsed.data, faults: [] };
  const explainer = new Explainer(value, place, schemas);
  return { row: undefined, faults: parsed.error.issues.flatMap((issue) => explainer.faultsOf(issue, [])) };
}

/**
 * The schemas that raised the issues which do not themselves say what was expected, by the list of keys or of
 * errors in the issue: zod tells the schema only while it parses.
 */
type IssueSchemas = Map<readonly unknown[], unknown>;

/** Names the key that was probably meant, or else all there are. */
export function unknownKey(key: string, known: readonly string[]): string {
  const hint = didYouMean(key, known);
  const expected = hint === "" ? `one of the keys ${known.join(", ")}` : "a key of the graph file";
  return `expected ${expected}, got ${quote(key)}${hint}`;
}

/** Turns zod's issues about one value into faults. */
class Explainer {
  readonly #root: unknown;
  readonly #place: Place;
  readonly #schemas: IssueSchemas;

  constructor(root: unknown, place: Place, schemas: IssueSchemas) {
    this.#root = root;
    this.#place = place;
    this.#schemas = schemas;
  }

  /** The path of an issue within a union begins at the union, whose own path is `above`. */
  faultsOf(issue: Issue, above: Path): TextFault[] {
    const path = [...above, ...issue.path];
    const came = valueAt(this.#root, path);
    const fault = (message: string, code?: string) => [this.#fault(path, message, code)];
    switch (issue.code) {
      case "unrecognized_keys": {
        const schema = this.#schemas.get(issue.keys);
        const known = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
        const mapping = this.#place.nearest(path);
        return issue.keys.map((key) => ({
          ...this.#fault(path, unknownKey(key, known), "unknown-key"),
          line: mapping.lineOfKey(key),
        }));
      }
      case "invalid_union":
        return this.#faultsOfUnion(issue, path);
      case "invalid_type":
        return came === undefined
          ? fault(`expected ${typeInWords(issue.expected)}, got none: add the key`, "missing-key")
          : fault(wrongType(issue.expected, came, this.#place.nearest(path)));
      case "invalid_value": {
        const values = issue.values.map(String);
        const expected = `expected one of ${values.join(", ")}`;
        if (came === undefined) return fault(`${expected}, got none: add the key`, "missing-key");
        return fault(
          `${expected}, got ${show(came)}${typeof came === "string" ? didYouMean(came, values) : ""}`,
        );
      }
      case "too_small":
        return fault(`expected ${size("at least", issue.minimum, issue.origin)}, got ${measure(came)}`);
      case "too_big":
        return fault(`expected ${size("at most", issue.maximum, issue.origin)}, got ${measure(came)}`);
      case "invalid_format":
        return fault(wrongFormat(issue.format, issue.message, came));
      default:
        return fault(`${issue.message}, got ${show(came)}`);
    }
  }

  #fault(path: Path, message: string, code = "wrong-value"): TextFault {
    const where = pathInWords(path);
    return {
      line: this.#place.nearest(path).line,
      code,
      message: where === "" ? message : `${where}: ${message}`,
    };
  }

  /**
   * A union of the graph file is a slug or one of a few mappings (`unionForms`). Where the keys of a mapping show
   * which of them was meant, the faults are those of that form; otherwise the fault is that it has none of them.
   */
  #faultsOfUnion(issue: z.core.$ZodIssueInvalidUnion, path: Path): TextFault[] {
    const came = valueAt(this.#root, path);
    const union = this.#schemas.get(issue.errors);
    if (!(union instanceof z.ZodUnion)) return [this.#fault(path, issue.message)];
    const expected = `expected ${unionForms.get(union)?.written ?? "another form"}`;
    const mappings = union.options.flatMap((option, i) => {
      const keys = unionForms.get(option)?.keys;
      return keys === undefined ? [] : [{ keys, issues: issue.errors[i] ?? [] }];
    });
    const known = mappings.flatMap(({ keys }) => keys);
    const fault = (message: string, code?: string) => [this.#fault(path, message, code)];

    if (came === undefined) return fault(`${expected}, got none: add the key`, "missing-key");
    if (!isMapping(came)) {
      const hint = hintFor(came, this.#place.nearest(path).written, known);
      return fault(`${expected}, got ${show(came)}${hint}`);
    }
    const meant =
      mappings.length === 1
        ? mappings
        : mappings.filter(({ keys }) => keys.some((key) => Object.hasOwn(came, key)));
    if (meant.length === 1)
      return meant.flatMap(({ issues }) => issues.flatMap((inner) => this.faultsOf(inner, path)));
    const keys = Object.keys(came);
    const got = keys.length === 0 ? "an empty mapping" : `the keys ${keys.map(quote).join(", ")}`;
    return fault(`${expected}, got ${got}${keys.length === 1 ? didYouMean(keys[0]!, known) : ""}`);
  }
}

/** How to mend a value that is neither a slug nor a mapping; `known` are the keys of the mappings. */
function hintFor(came: unknown, written: string | undefined, known: readonly string[]): string {
  if (came === null) return ": write one or leave the key out";
  if (Array.isArray(came))
    return known.includes("allOf")
      ? ": write {allOf: […]} when all are needed, {anyOf: […]} when one is enough"
      : "";
  return written === undefined ? "" : `: write it in quotes, "${written}"`;
}

function wrongType(expected: string, came: unknown, at: Place): string {
  const told = `expected ${typeInWords(expected)}, got ${show(came)}`;
  if (came === null) return `${told}: write a value or leave the key out`;
  if (expected === "string" && at.written !== undefined)
    return `${told}: write it in quotes, "${at.written}"`;
  if (
    typeof came === "string" &&
    /^(number|int)$/.test(expected) &&
    came.trim() !== "" &&
    !Number.isNaN(Number(came))
  )
    return `${told}: write it without quotes`;
  if (expected === "array") return `${told}: write a list, […], or one "- " line for each item`;
  return told;
}

function wrongFormat(format: string, message: string, came: unknown): string {
  if (format === "url") return `expected an address that begins with http:// or https://, got ${show(came)}`;
  if (format === "date") return `expected a date such as 2027-01-31, got ${show(came)}`;
  const slug = typeof came === "string" && message === SLUG_EXPECTED ? slugOf(came) : "";
  return `${message}, got ${show(came)}${slug === "" ? "" : `; did you mean "${slug}"?`}`;
}

function typeInWords(expected: string): string {
  const words: Record<string, string> = {
    string: "a text",
    number: "a number",
    int: "a whole number",
    boolean: "true or false",
    array: "a list",
    object: "a mapping of keys to values",
  };
  return words[expected] ?? expected;
}

function size(bound: string, limit: number | bigint, origin: string): string {
  if (origin === "string") return limit === 1 ? "some text" : `${bound} ${limit} characters`;
  if (origin === "array") return limit === 1 ? `${bound} 1 item` : `${bound} ${limit} items`;
  return `${bound} ${limit}`;
}

function measure(came: unknown): string {
  if (typeof came === "string") return came === "" ? "none" : `${came.length}`;
  if (Array.isArray(came)) return came.length === 0 ? "none" : `${came.length}`;
  return String(came);
}

/** A value in words, short enough for one line. */
function show(came: unknown): string {
  if (came === null) return "nothing";
  if (Array.isArray(came)) return "a list";
  if (typeof came === "object") return "a mapping";
  if (typeof came === "string") return quote(came);
  return typeof came === "number" ? `the number ${came}` : String(came);
}

const MAX_SHOWN = 60;

function quote(text: string): string {
  return JSON.stringify(text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text);
}

export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value at a path; undefined where there is none. */
export function valueAt(root: unknown, path: Path): unknown {
  let at = root;
  for (const step of path) {
    if (Array.isArray(at) && typeof step === "number") at = at[step];
    else if (isMapping(at) && Object.hasOwn(at, String(step))) at = at[String(step)];
    else return undefined;
  }
  return at;
}

function pathInWords(path: Path): string {
  return path
    .map((step, i) => (typeof step === "number" ? `[${step}]` : `${i === 0 ? "" : "."}${String(step)}`))
    .join("");
}
