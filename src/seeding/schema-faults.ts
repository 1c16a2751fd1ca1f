import { z } from "zod";
import { didYouMean } from "../words/closest-words.ts";
import { SLUG_EXPECTED } from "./graph-file.ts";
import { lineOfKey, type Path, type Place, placeAt, type TextFault } from "./place.ts";
import { slugOf } from "./slug.ts";

type Issue = z.core.$ZodIssue;

/** A row as the schema returns it, or everything that is wrong with it. */
export type ParsedRow<Row> =
  | { readonly row: Row; readonly faults: readonly [] }
  | { readonly row: undefined; readonly faults: readonly TextFault[] };

/**
 * Checks a value against a schema and says of every fault where it stands, what was expected, what came and
 * how to mend it. O(size of the value).
 */
export function parseRow<Row>(schema: z.ZodType<Row>, value: unknown, place: Place): ParsedRow<Row> {
  const parsed = schema.safeParse(value, { error: unknownKeys });
  if (parsed.success) return { row: parsed.data, faults: [] };
  const faults = parsed.error.issues.flatMap((issue) => faultsOf(issue, [], value, place));
  return { row: undefined, faults };
}

/** Only here does zod say which keys a mapping may have: one line for each key that it may not. */
const unknownKeys: z.core.$ZodErrorMap = (issue) => {
  if (issue.code !== "unrecognized_keys" || !(issue.inst instanceof z.ZodObject)) return undefined;
  const known = Object.keys(issue.inst.shape);
  return issue.keys.map((key) => unknownKey(key, known)).join("\n");
};

/** Names the key that was probably meant, or else all there are. */
export function unknownKey(key: string, known: readonly string[]): string {
  const hint = didYouMean(key, known);
  const expected = hint === "" ? `one of the keys ${known.join(", ")}` : "a key of the graph file";
  return `expected ${expected}, got ${quote(key)}${hint}`;
}

function faultsOf(issue: Issue, above: Path, root: unknown, place: Place): TextFault[] {
  const path = [...above, ...issue.path];
  const came = valueAt(root, path);
  const at = placeAt(place, path);
  const where = pathInWords(path);
  const fault = (message: string, code = "wrong-value", line = at.line): TextFault => ({
    line,
    code,
    message: where === "" ? message : `${where}: ${message}`,
  });

  switch (issue.code) {
    case "unrecognized_keys": {
      const messages = issue.message.split("\n");
      return issue.keys.map((key, i) =>
        fault(messages[i] ?? issue.message, "unknown-key", lineOfKey(place, path, key)),
      );
    }
    case "invalid_union":
      return faultsOfUnion(issue, path, root, place, fault);
    case "invalid_type":
      return came === undefined
        ? [fault(`expected ${typeInWords(issue.expected)}, got none: add the key`, "missing-key")]
        : [fault(wrongType(issue.expected, came, at))];
    case "invalid_value": {
      const values = issue.values.map(String);
      if (came === undefined)
        return [fault(`expected one of ${values.join(", ")}, got none: add the key`, "missing-key")];
      const hint = typeof came === "string" ? didYouMean(came, values) : "";
      return [fault(`expected one of ${values.join(", ")}, got ${show(came)}${hint}`)];
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

/**
 * The unions of the graph file are a slug or one of a few mappings. The faults shown are those of the form
 * that was meant: the slug for a text, the mapping with the fewest wrong keys for a mapping.
 */
function faultsOfUnion(
  issue: z.core.$ZodIssueInvalidUnion,
  path: Path,
  root: unknown,
  place: Place,
  fault: (message: string, code?: string) => TextFault,
): TextFault[] {
  const came = valueAt(root, path);
  const isRequirement = issue.errors.length > 2;
  const form = isRequirement
    ? "a slug, {allOf: […]}, {anyOf: […]}, {atLeast: k, of: […]} or {skill: …}"
    : `a slug or {${path.includes("partOf") ? "topic" : "skill"}: …}`;
  const chosen = (issues: readonly Issue[] | undefined) =>
    (issues ?? []).flatMap((inner) => faultsOf(inner, path, root, place));

  if (typeof came === "string") return chosen(issue.errors[0]);
  if (came === undefined) return [fault(`expected ${form}, got none: add the key`, "missing-key")];
  if (!isMapping(came)) {
    const { written } = placeAt(place, path);
    const hint =
      Array.isArray(came) && isRequirement
        ? ": write {allOf: […]} when all are needed, {anyOf: […]} when one is enough"
        : came === null
          ? ": write one or leave the key out"
          : written === undefined
            ? ""
            : `: write it in quotes, "${written}"`;
    return [fault(`expected ${form}, got ${show(came)}${hint}`)];
  }
  const scores = issue.errors.map((errors, i) =>
    i === 0 ? Number.POSITIVE_INFINITY : wrongKeys(errors, came),
  );
  const least = Math.min(...scores);
  if (scores.filter((score) => score === least).length === 1)
    return chosen(issue.errors[scores.indexOf(least)]);
  const keys = Object.keys(came);
  const hint = keys.map((key) => didYouMean(key, ["allOf", "anyOf", "atLeast", "skill"])).find(Boolean) ?? "";
  const got = keys.length === 0 ? "an empty mapping" : `the keys ${keys.map(quote).join(", ")}`;
  return [fault(`expected ${form}, got ${got}${keys.length === 1 ? hint : ""}`, "wrong-value")];
}

/** How many keys of a mapping one form of a union does not know, or misses. */
function wrongKeys(errors: readonly Issue[], came: Readonly<Record<string, unknown>>): number {
  let wrong = 0;
  for (const error of errors) {
    if (error.code === "unrecognized_keys" && error.path.length === 0) wrong += error.keys.length;
    else if (error.path.length === 1 && !(String(error.path[0]) in came)) wrong += 1;
  }
  return wrong;
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

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function valueAt(root: unknown, path: Path): unknown {
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
