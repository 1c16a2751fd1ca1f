import { z } from "zod";
import { didYouMean } from "../words/closest-words.ts";
import type { TextFault } from "./finding.ts";
import { SLUG_EXPECTED, unionForms } from "./graph-file-parts.ts";
import type { Path, Place } from "./place.ts";
import { slugOf } from "./slug.ts";

type Issue = z.core.$ZodIssue;

/** A fault of a value, with its path in it. */
export interface ValueFault extends TextFault {
  /** Such as `steps[2].name`; "" for the value itself. */
  readonly path: string;
  /** The message without the path. */
  readonly told: string;
}

/** A row as the schema returns it, or everything that is wrong with it. */
export type ParsedRow<Row> =
  | { readonly row: Row; readonly faults: readonly [] }
  | { readonly row: undefined; readonly faults: readonly ValueFault[] };

/**
 * Checks a value against a schema. Each fault says on which line it is, what was expected, what came and how to
 * mend it. O(size of the value).
 */
export function parseRow<Row>(schema: z.ZodType<Row>, value: unknown, place: Place): ParsedRow<Row> {
  const schemas: IssueSchemas = new Map();
  const parsed = schema.safeParse(value, {
    reportInput: true,
    error: (issue) => {
      if (issue.code === "unrecognized_keys") schemas.set(issue.keys, issue.inst);
      if (issue.code === "invalid_union") schemas.set(issue.errors, issue.inst);
      return undefined;
    },
  });
  if (parsed.success) return { row: parsed.data, faults: [] };
  const explainer = new Explainer(place, schemas);
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
  readonly #place: Place;
  readonly #schemas: IssueSchemas;

  constructor(place: Place, schemas: IssueSchemas) {
    this.#place = place;
    this.#schemas = schemas;
  }

  /** The path of an issue within a union begins at the union, whose own path is `above`. */
  faultsOf(issue: Issue, above: Path): ValueFault[] {
    const path = [...above, ...issue.path];
    const at = this.#place.nearest(path);
    const came = issue.input;
    const fault = (told: string, code = "wrong-value", line = at.line): ValueFault => {
      const where = pathInWords(path);
      return { line, code, message: where === "" ? told : `${where}: ${told}`, path: where, told };
    };
    switch (issue.code) {
      case "unrecognized_keys": {
        const schema = this.#schemas.get(issue.keys);
        const known = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
        return issue.keys.map((key) => fault(unknownKey(key, known), "unknown-key", at.lineOfKey(key)));
      }
      case "invalid_union": {
        const { expected, mappings } = formsOf(issue, this.#schemas.get(issue.errors));
        const meant = isMapping(came) ? meantBy(came, mappings) : undefined;
        if (meant !== undefined) return meant.issues.flatMap((inner) => this.faultsOf(inner, path));
        const known = mappings.flatMap(({ keys }) => keys);
        return [
          came === undefined
            ? fault(missing(expected), "missing-key")
            : fault(`expected ${expected}, got ${inWords(came, at, known)}`),
        ];
      }
      case "invalid_type": {
        const expected = typeInWords(issue.expected);
        if (came === undefined) return [fault(missing(expected), "missing-key")];
        return [fault(`expected ${expected}, got ${show(came)}${hintForType(issue.expected, came, at)}`)];
      }
      case "invalid_value": {
        const values = issue.values.map(String);
        const expected = `one of ${values.join(", ")}`;
        if (came === undefined) return [fault(missing(expected), "missing-key")];
        const hint = typeof came === "string" ? didYouMean(came, values) : "";
        return [fault(`expected ${expected}, got ${show(came)}${hint}`)];
      }
      case "too_small":
        return [fault(`expected ${size("at least", issue.minimum, issue.origin)}, got ${measure(came)}`)];
      case "too_big":
        return [fault(`expected ${size("at most", issue.maximum, issue.origin)}, got ${measure(came)}`)];
      case "invalid_format":
        return [fault(wrongFormat(issue.format, issue.message, came))];
      default:
        return [fault(`${issue.message}, got ${show(came)}`)];
    }
  }
}

function missing(expected: string): string {
  return `expected ${expected}, got none: add the key`;
}

/** A mapping that is one of the forms of a union: the keys that only it has, and what is wrong when it is meant. */
interface MappingForm {
  readonly keys: readonly string[];
  readonly issues: readonly Issue[];
}

/** How a union of the graph file is written: a slug or one of a few mappings (see `unionForms`). */
function formsOf(
  { errors }: z.core.$ZodIssueInvalidUnion,
  union: unknown,
): { readonly expected: string; readonly mappings: readonly MappingForm[] } {
  if (!(union instanceof z.ZodUnion)) return { expected: "another form", mappings: [] };
  const mappings = union.options.flatMap((option, i) => {
    const keys = unionForms.get(option)?.keys;
    return keys === undefined ? [] : [{ keys, issues: errors[i] ?? [] }];
  });
  return { expected: unionForms.get(union)?.written ?? "another form", mappings };
}

/** The form that the keys of a mapping show to be meant; undefined where they show none or several. */
function meantBy(came: object, mappings: readonly MappingForm[]): MappingForm | undefined {
  if (mappings.length === 1) return mappings[0];
  const meant = mappings.filter(({ keys }) => keys.some((key) => Object.hasOwn(came, key)));
  return meant.length === 1 ? meant[0] : undefined;
}

/** What came instead of a slug or a mapping with some of the known keys, and how to mend it. */
function inWords(came: unknown, at: Place, known: readonly string[]): string {
  if (came === null) return `${show(came)}: write one or leave the key out`;
  if (Array.isArray(came) && known.includes("allOf"))
    return `${show(came)}: write {allOf: […]} when all are needed, {anyOf: […]} when one is enough`;
  if (!isMapping(came)) {
    const { written } = at;
    return written === undefined ? show(came) : `${show(came)}: write it in quotes, "${written}"`;
  }
  const keys = Object.keys(came);
  if (keys.length === 0) return "an empty mapping";
  return `the keys ${keys.map(quote).join(", ")}${keys.length === 1 ? didYouMean(keys[0]!, known) : ""}`;
}

function hintForType(expected: string, came: unknown, at: Place): string {
  if (came === null) return ": write a value or leave the key out";
  if (expected === "string" && at.written !== undefined) return `: write it in quotes, "${at.written}"`;
  if (expected === "array") return `: write a list, […], or one "- " line for each item`;
  const isNumber = typeof came === "string" && came.trim() !== "" && !Number.isNaN(Number(came));
  return isNumber && /^(number|int)$/.test(expected) ? ": write it without quotes" : "";
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

function pathInWords(path: Path): string {
  return path
    .map((step, i) => (typeof step === "number" ? `[${step}]` : `${i === 0 ? "" : "."}${String(step)}`))
    .join("");
}
