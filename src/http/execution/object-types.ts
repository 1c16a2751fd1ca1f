import { inspect } from "@graphql-tools/utils";
import {
  type GraphQLAbstractType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isListType,
  isNonNullType,
  isObjectType,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
} from "graphql";
import { FieldInfo, fieldError, isPromiseLike, type Place, type Write } from "./answer-text.ts";
import type { OwnersOf } from "./owner-texts.ts";

export type Field = GraphQLField<unknown, unknown>;

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

/** The type of the objects that a value is, or has as its items, where neither it nor an item may be null. */
export function entitiesOf(type: GraphQLOutputType): {
  readonly named?: GraphQLObjectType | GraphQLAbstractType;
  readonly isList: boolean;
} {
  const value = isNonNullType(type) ? type.ofType : undefined;
  const isList = isListType(value);
  const item = isList ? value.ofType : type;
  const named = isNonNullType(item) ? item.ofType : undefined;
  return isObjectType(named) || isAbstractType(named) ? { named, isList } : { isList };
}

export function isOwnersOf(value: unknown): value is OwnersOf {
  return typeof value === "function";
}

/** The field of a type by its name, those of introspection included. Throws when there is none. */
export function fieldOf(schema: GraphQLSchema, type: GraphQLObjectType, name: string): Field {
  if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef;
  if (type === schema.getQueryType()) {
    if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
    if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  }
  const field = type.getFields()[name];
  if (field === undefined) throw new TypeError(`expected a field of ${type.name}, got ${name}`);
  return field;
}
