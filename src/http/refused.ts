import type { GraphQLError } from "graphql";
import { answerOfErrors } from "./graphql/errors.ts";
import type { Page } from "./page.ts";

/** The answer to a request that is refused before anything was done for it; what it still sends is not read. */
export function refusedPage(error: GraphQLError): Page {
  const { text, status, headers } = answerOfErrors([error], undefined, true);
  const all = [...headers, "cache-control", "no-store", "connection", "close"];
  return { status, type: "application/json; charset=utf-8", body: text, headers: all };
}
