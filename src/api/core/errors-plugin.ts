import SchemaBuilder, { type PothosOutputFieldConfig, type SchemaTypes } from "@pothos/core";
import { PothosErrorsPlugin, wrapErrorIfMatches, wrapOrThrow } from "@pothos/plugin-errors";
import type { GraphQLFieldResolver } from "graphql";

declare global {
  namespace PothosSchemaTypes {
    interface Plugins<Types extends SchemaTypes> {
      results: ResultsPlugin<Types>;
    }
  }
}

/**
 * Pothos' plugin for errors in unions of results, without a promise where the resolver returns none: the rest of an
 * answer is written at once, in the slice in which its path was found, not with the answers of others in between.
 */
class ResultsPlugin<Types extends SchemaTypes> extends PothosErrorsPlugin<Types> {
  override wrapResolve(
    resolve: GraphQLFieldResolver<unknown, Types["Context"], object>,
    config: PothosOutputFieldConfig<Types>,
  ): GraphQLFieldResolver<unknown, Types["Context"], object> {
    const errors = config.extensions?.pothosErrors as Parameters<typeof wrapOrThrow>[1] | undefined;
    const isForItems = config.extensions?.pothosItemErrors !== undefined;
    if (errors === undefined || isForItems || config.kind === "Subscription")
      return super.wrapResolve(resolve, config);
    const returned = (value: unknown) => (value instanceof Error ? wrapErrorIfMatches(value, errors) : value);
    const thrown = (error: unknown) => wrapOrThrow(error, errors);
    return (...call) => {
      let value: unknown;
      try {
        value = resolve(...call);
      } catch (error) {
        return thrown(error);
      }
      return isThenable(value) ? value.then(returned, thrown) : returned(value);
    };
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === "function";
}

SchemaBuilder.registerPlugin("results", ResultsPlugin);
