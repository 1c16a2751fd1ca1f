import type { IncomingMessage } from "node:http";
import { GraphQLError } from "graphql";
import { BAD_REQUEST } from "./errors.ts";

/** The members of a request by GraphQL over HTTP, and the id of an operation that it names instead of sending it. */
export interface OperationRequest {
  readonly query: string | undefined;
  readonly documentId: string | undefined;
  readonly operationName: string | undefined;
  readonly variables: Record<string, unknown> | undefined;
  readonly extensions: Record<string, unknown> | undefined;
}

/**
 * Reads a request from a parsed body. Members and extensions that it does not know are ignored, as the specification
 * asks. Throws a `GraphQLError` with status 400 when a member has the wrong type.
 */
export function readMembers(values: unknown): OperationRequest {
  if (Array.isArray(values)) throw badRequest("Batching is not supported.");
  const members = objectOf("the request", values) ?? {};
  return {
    query: textOf("query", members.query),
    documentId: textOf("documentId", members.documentId),
    operationName: textOf("operationName", members.operationName),
    variables: objectOf("variables", members.variables),
    extensions: objectOf("extensions", members.extensions),
  };
}

/** Reads the body of a POST. Throws for what is not JSON and as `readMembers` does. */
export function readBody(body: string): OperationRequest {
  return readMembers(parseJson("the body", body));
}

/** Reads the URL of a GET; see `readBody`. */
export function readUrl(url: string): OperationRequest {
  const search = new URLSearchParams(url.slice(url.indexOf("?") + 1));
  const text = (name: string) => {
    const [first, second] = search.getAll(name);
    // Caches and servers on the way may each take another one.
    if (second !== undefined) throw badRequest(`Expected ${name} once, got it several times.`);
    return first || undefined;
  };
  const json = (name: string) => {
    const written = text(name);
    return written && parseJson(name, written);
  };
  return readMembers({
    query: text("query"),
    documentId: text("documentId"),
    operationName: text("operationName"),
    variables: json("variables"),
    extensions: json("extensions"),
  });
}

/** The hash by which Apollo's automatic persisted queries name an operation. Throws as `readMembers` does. */
export function hashOf(extensions: OperationRequest["extensions"]): string | undefined {
  const persisted = extensions?.persistedQuery;
  if (!isObject(persisted) || persisted.sha256Hash === undefined) return undefined;
  const { sha256Hash } = persisted;
  if (typeof sha256Hash === "string" && /^[0-9a-f]{64}$/.test(sha256Hash)) return sha256Hash;
  throw badRequest("Expected sha256Hash to be 64 hexadecimal digits in lower case.");
}

/** Whether a request carries credentials: its answer is for nobody else. */
export function isPersonal({ headers }: IncomingMessage): boolean {
  return headers.authorization !== undefined;
}

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest(`Expected ${name} to be JSON.`);
  }
}

function textOf(name: string, value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string") return value;
  throw badRequest(`Expected ${name} to be a string, got ${kindOf(value)}.`);
}

function objectOf(name: string, value: unknown): Record<string, unknown> | undefined {
  if (value === undefined || value === null) return undefined;
  if (isObject(value)) return value;
  throw badRequest(`Expected ${name} to be an object, got ${kindOf(value)}.`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

/** The error for a request that is refused before anything is executed. */
export function badRequest(message: string, code = BAD_REQUEST, http: object = {}): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status: 400, ...http } } });
}
