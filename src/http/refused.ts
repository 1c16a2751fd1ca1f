import type { GraphQLError } from "graphql";
import { answerOfErrors, shortened } from "./graphql/errors.ts";
import { jsonPage, type Page } from "./page.ts";

/** The answer to a request that is refused before anything was done for it; what it still sends is not read. */
export function refusedPage(error: GraphQLError): Page {
  const { text, status, headers } = answerOfErrors([error], undefined, true);
  const all = [...headers, "cache-control", "no-store", "connection", "close"];
  return { status, type: "application/json; charset=utf-8", body: text, headers: all };
}

/** The answer to another method than a page has. */
export function notAllowed(path: string, method: string | undefined): Page {
  return jsonPage(405, { message: `Expected GET for ${path}, got ${method}.` }, ["allow", "GET, HEAD"]);
}

/** The answer to programs where there is no such page; `paths` are those that there are. */
export function notFound(paths: readonly string[], path: string): Page {
  return jsonPage(404, { message: `No ${shortened(path)} here. There is ${paths.join(", ")}.` });
}
