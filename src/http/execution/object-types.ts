import { inspect } from "@graphql-tools/utils";
import type { GraphQLNamedType, GraphQLObjectType } from "graphql";
import { FieldInfo, fieldError, isPromiseLike, type Place, type Write } from "./answer-text.ts";

/** Throws unless the type's own `isTypeOf` accepts the value. */
export function typeCheck(type: GraphQLObjectType, place: Place): Write {
  return (value, { execution, item }) => {
    let isOne: unknown;
    try {
      isOne = type.isTypeOf?.(value, execution.context, new FieldInfo(place, execution, item));
    } catch (error) {
      throw fieldError(error, place, item);
    }
    if (isOne === true) return;
    refusePromise(isOne, type);
    const error = new Error(`Expected value of type "${type.name}" but got: ${inspect(value)}.`);
    throw fieldError(error, place, item);
  };
}

/** Throws where the type of an object comes later, which the compiler does not support. */
export function refusePromise(value: unknown, type: GraphQLNamedType): void {
  if (isPromiseLike(value)) throw new TypeError(`expected the type of a ${type.name} at once, got a promise`);
}

/** The name that an object itself says its type has. */
export function typeNameIn(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { __typename: name } = value as { __typename?: unknown };
  return typeof name === "string" ? name : undefined;
}
