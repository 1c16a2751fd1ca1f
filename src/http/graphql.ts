import { createYoga } from "graphql-yoga";
import type { Logger } from "pino";
import { type Context, createContext } from "../api/context.ts";
import { buildSchema } from "../api/schema.ts";
import type { Store } from "../store/store.ts";
import { maskError, useErrorCodes } from "./error-codes.ts";
import { GRAPHQL_PATH } from "./graphql-path.ts";
import { MAX_REQUEST_BYTES } from "./limits.ts";
import { PLAYGROUND, renderPlayground } from "./playground.ts";

/**
 * The GraphQL endpoint: GraphQL over HTTP by graphql-yoga, one context and one snapshot for each request.
 * A browser that asks for HTML gets the playground, whose code is served from here, not from a CDN.
 */
export function createGraphql(
  store: Store,
  logger: Logger,
  context: () => Context = () => createContext(store),
) {
  return createYoga({
    schema: buildSchema(),
    context,
    graphqlEndpoint: GRAPHQL_PATH,
    graphiql: PLAYGROUND,
    renderGraphiQL: renderPlayground,
    landingPage: false,
    // Reads only, no cookies: any page may ask.
    cors: { origin: "*", credentials: false },
    multipart: false,
    maxRequestBodySize: MAX_REQUEST_BYTES,
    maskedErrors: {
      maskError: maskError(logger),
      errorMessage: "Internal error: the log has the details under this request id.",
    },
    logging: {
      debug: (...values) => logger.debug(values),
      info: (...values) => logger.debug(values),
      warn: (...values) => logger.warn(values),
      error: (...values) => logger.error(values),
    },
    plugins: [useErrorCodes()],
  });
}
