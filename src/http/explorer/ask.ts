import { GraphQLError, parse } from "graphql";
import type { Context } from "../../api/context.ts";
import { type Ask, AskFault } from "../../explorer/site.ts";
import { inTurn } from "../../workers/slices.ts";
import type { OperationCache } from "../execution/operation-cache.ts";
import { RequestRefused } from "../graphql/errors.ts";
import { shippedOperations } from "../graphql/persisted.ts";

/** The texts of the shipped operations by their names. */
const texts = new Map(
  [...shippedOperations().values()].map((text) => {
    const [operation] = parse(text).definitions.filter((one) => one.kind === "OperationDefinition");
    return [operation?.name?.value ?? "", text];
  }),
);

/** The text of a shipped operation. */
export function shippedText(name: string): string {
  const text = texts.get(name);
  if (text === undefined) throw new Error(`expected a shipped operation called ${name}`);
  return text;
}

/** Asks shipped operations in process, at the revision of a context. `since`: from when they count as waiting. */
export function askIn(context: Context, operations: OperationCache, since = context.since): Ask {
  return async (name, variables) => {
    const prepared = preparedBy(operations, name, { ...variables });
    if (prepared === undefined) throw new Error(`expected ${name} to be a query`);
    const { run, variables: read } = prepared;
    const { data, errors } = await inTurn(() => run(context, context.snapshot.revision, read), since);
    const [error] = errors;
    if (error !== undefined) throw faultOf(error);
    return JSON.parse(data);
  };
}

/** What a link makes of variables may be of no type of the API, as a date that is none. */
function preparedBy(operations: OperationCache, name: string, variables: Readonly<Record<string, unknown>>) {
  try {
    return operations.prepare(shippedText(name), name, variables);
  } catch (error) {
    if (error instanceof RequestRefused) throw new AskFault(error.message, "BAD_USER_INPUT");
    throw error;
  }
}

/** An error that a client can act on as the explorer knows it; all others as they are. */
function faultOf(error: unknown): unknown {
  if (!(error instanceof GraphQLError)) return error;
  const { code, suggestions } = error.extensions;
  if (code !== "NOT_FOUND" && code !== "BAD_USER_INPUT") return error;
  const meant = Array.isArray(suggestions) ? suggestions.map(String) : [];
  return new AskFault(error.message, code, meant);
}
