import {
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
  getVariableValues,
  isInputType,
  isLeafType,
  isListType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
  valueFromAST,
} from "graphql";
import { BAD_USER_INPUT, quotingError, RequestRefused } from "../graphql/errors.ts";
import { MAX_ERRORS, MAX_VARIABLES_TOLD_IN_FULL } from "../limits.ts";

/** Returns what resolvers get of variables; `undefined` where they do not fit, and graphql-js is to say why. */
export type CoerceVariables = (
  values: Readonly<Record<string, unknown>>,
) => Record<string, unknown> | undefined;

/** An operation whose variables are coerced. */
export interface CoercedVariables {
  readonly definition: OperationDefinitionNode;
  readonly coerceQuickly: CoerceVariables;
}

/** Returns what resolvers get of a value, or `FAULTY`. */
type Coerce = (value: unknown) => unknown;

const FAULTY = Symbol("a value that does not fit its type");

/** By type: all operations share them. */
const coercions = new WeakMap<GraphQLInputType, Coerce>();

/** The values of an operation's variables as resolvers get them. Throws `RequestRefused` with graphql-js' errors where they do not fit. */
export function variableValues(
  schema: GraphQLSchema,
  { definition, coerceQuickly }: CoercedVariables,
  values: Readonly<Record<string, unknown>>,
  hideSuggestions: boolean,
): Record<string, unknown> {
  const quick = coerceQuickly(values);
  if (quick !== undefined) return quick;
  const { variableDefinitions = [] } = definition;
  const coerce = (maxErrors: number) =>
    getVariableValues(schema, variableDefinitions, values, { maxErrors, hideSuggestions });
  let { coerced, errors } = coerce(1);
  if (coerced === undefined) {
    // Each error quotes the whole value, so that telling all of a large one takes seconds.
    const isSmall = JSON.stringify(values).length <= MAX_VARIABLES_TOLD_IN_FULL;
    if (isSmall) ({ errors } = coerce(MAX_ERRORS));
    else errors = errors?.slice(0, 1);
    throw new RequestRefused((errors ?? []).map((error) => quotingError(error, BAD_USER_INPUT)));
  }
  return coerced;
}

/**
 * Does what `getVariableValues` of graphql-js does for the variables of a valid operation. That reads the type of each value
 * anew and keeps the way to it for errors, which takes four times as long.
 */
export function variableCoercion(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
): CoerceVariables {
  const variables = variableDefinitions.map(({ variable, type: node, defaultValue }) => {
    const type = typeFromAST(schema, node);
    if (!isInputType(type)) throw new TypeError(`expected an input type for $${variable.name.value}`);
    const otherwise = isNonNullType(type) ? FAULTY : undefined;
    return {
      name: variable.name.value,
      coerce: coercionOf(type),
      // Lists and objects are made anew for each request, which they belong to.
      absent: () => (defaultValue === undefined ? otherwise : valueFromAST(defaultValue, type)),
    };
  });
  return (values) => {
    const coerced: Record<string, unknown> = {};
    for (const { name, coerce, absent } of variables) {
      const value = Object.hasOwn(values, name) ? coerce(values[name]) : absent();
      if (value === FAULTY) return undefined;
      if (value !== undefined) coerced[name] = value;
    }
    return coerced;
  };
}

function coercionOf(type: GraphQLInputType): Coerce {
  let coerce = coercions.get(type);
  if (coerce === undefined) {
    coerce = newCoercion(type);
    coercions.set(type, coerce);
  }
  return coerce;
}

function newCoercion(type: GraphQLInputType): Coerce {
  if (isNonNullType(type)) {
    const coerce = coercionOf(type.ofType);
    return (value) => (value == null ? FAULTY : coerce(value));
  }
  if (isLeafType(type)) {
    return (value) => {
      if (value == null) return null;
      try {
        const parsed = type.parseValue(value);
        return parsed === undefined ? FAULTY : parsed;
      } catch {
        return FAULTY;
      }
    };
  }
  if (isListType(type)) {
    const coerce = coercionOf(type.ofType);
    return (value) => {
      if (value == null) return null;
      const items: unknown[] = [];
      for (const item of Array.isArray(value) ? value : [value]) {
        const coerced = coerce(item);
        if (coerced === FAULTY) return FAULTY;
        items.push(coerced);
      }
      return items;
    };
  }
  return objectCoercion(type);
}

function objectCoercion(type: GraphQLInputObjectType): Coerce {
  // At the first value: an input may have fields of its own type.
  const fieldsOf = () =>
    Object.values(type.getFields()).map((field) => ({
      name: field.name,
      coerce: coercionOf(field.type),
      absent: field.defaultValue === undefined && isNonNullType(field.type) ? FAULTY : field.defaultValue,
    }));
  let fields: ReturnType<typeof fieldsOf> | undefined;
  return (value) => {
    if (value == null) return null;
    if (typeof value !== "object" || Array.isArray(value)) return FAULTY;
    fields ??= fieldsOf();
    const given: Readonly<Record<string, unknown>> = { ...value };
    let unread = Object.keys(given).length;
    const coerced: Record<string, unknown> = {};
    for (const { name, coerce, absent } of fields) {
      const field = given[name];
      if (field !== undefined) unread--;
      const result = field === undefined ? absent : coerce(field);
      if (result === FAULTY) return FAULTY;
      if (result !== undefined) coerced[name] = result;
    }
    if (unread > 0) return FAULTY;
    if (type.isOneOf && !isOne(coerced)) return FAULTY;
    return coerced;
  };
}

function isOne(coerced: Readonly<Record<string, unknown>>): boolean {
  const [value, ...more] = Object.values(coerced);
  return value !== undefined && value !== null && more.length === 0;
}
