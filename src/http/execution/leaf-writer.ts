import { inspect } from "@graphql-tools/utils";
import {
  GraphQLBoolean,
  GraphQLError,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  type GraphQLLeafType,
  GraphQLString,
} from "graphql";
import { absence, fieldError, isAbsent, type Place, type Write } from "./answer-text.ts";

/**
 * Writes the values of a scalar or enum at a place that may not be null. Numbers and strings are written as they are
 * where the type's own `serialize` would return them unchanged; everything else goes through it.
 */
export function leafWriter(type: GraphQLLeafType, place: Place): Write {
  const withSerialize: Write = (value, to) => {
    if (isAbsent(value)) throw absence(value, place, to.item);
    try {
      const serialized = type.serialize(value);
      const text = JSON.stringify(serialized);
      if (text === undefined || text === "null")
        throw new Error(
          `Expected \`${type.name}.serialize(${inspect(value)})\` to return non-nullable value, returned: ${inspect(serialized)}`,
        );
      to.text += text;
    } catch (error) {
      // A value that does not fit its type is no fault of the client, as a `GraphQLError` would be taken for.
      throw fieldError(error instanceof GraphQLError ? new Error(error.message) : error, place, to.item);
    }
  };
  switch (type) {
    case GraphQLInt:
      return (value, to) => {
        if (typeof value === "number" && (value | 0) === value) to.text += value;
        else withSerialize(value, to);
      };
    case GraphQLFloat:
      return (value, to) => {
        if (typeof value === "number" && Number.isFinite(value)) to.text += value;
        else withSerialize(value, to);
      };
    case GraphQLBoolean:
      return (value, to) => {
        if (typeof value === "boolean") to.text += value;
        else withSerialize(value, to);
      };
    case GraphQLString:
    case GraphQLID:
      return (value, to) => {
        if (typeof value === "string") to.text += JSON.stringify(value);
        else withSerialize(value, to);
      };
    default:
      return withSerialize;
  }
}
