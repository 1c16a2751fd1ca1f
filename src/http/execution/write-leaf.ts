import {
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  type GraphQLLeafType,
  GraphQLString,
} from "graphql";
import type { Write } from "./answer-text.ts";

/** How the values of a scalar or enum are written, by the type's own `serialize`, numbers and strings without detours. */
export function leafWriter(type: GraphQLLeafType): Write {
  const otherwise: Write = (value, to) => {
    if (value === null || value === undefined) throw new TypeError(`expected ${type.name}, got null`);
    const serialized = type.serialize(value);
    const text = JSON.stringify(serialized);
    if (serialized === null || text === undefined)
      throw new TypeError(`expected ${type.name} to serialize ${String(value)} to something`);
    to.text += text;
  };
  switch (type) {
    case GraphQLInt:
      return (value, to) => {
        if (typeof value === "number" && (value | 0) === value) to.text += value;
        else otherwise(value, to);
      };
    case GraphQLFloat:
      return (value, to) => {
        if (typeof value === "number" && Number.isFinite(value)) to.text += value;
        else otherwise(value, to);
      };
    case GraphQLBoolean:
      return (value, to) => {
        if (typeof value === "boolean") to.text += value;
        else otherwise(value, to);
      };
    case GraphQLString:
    case GraphQLID:
      return (value, to) => {
        if (typeof value === "string") to.text += JSON.stringify(value);
        else otherwise(value, to);
      };
    default:
      return otherwise;
  }
}
