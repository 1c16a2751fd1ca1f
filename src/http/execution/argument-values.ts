import {
  type FieldNode,
  type GraphQLArgument,
  type GraphQLField,
  getArgumentValues,
  getNullableType,
  isLeafType,
  isNonNullType,
  Kind,
  valueFromAST,
} from "graphql";

/** Returns the arguments of a field with the variables of an execution, an object of their own each time. Throws what graphql-js throws. */
export type ReadArguments = (variables: Readonly<Record<string, unknown>>) => Record<string, unknown>;

/** Where an argument comes from: a variable, or else what is written or its default. */
interface Source {
  readonly name: string;
  readonly isRequired: boolean;
  readonly variable: string | undefined;
  readonly value: unknown;
}

/**
 * Does what `getArgumentValues` of graphql-js does for a field of a valid operation. That goes through types and nodes
 * anew each time; here it is known beforehand which variable an argument is. Lists and objects that are written out are left to it.
 */
export function argumentReader(field: GraphQLField<unknown, unknown>, node: FieldNode): ReadArguments {
  const sources: Source[] = [];
  for (const argument of field.args) {
    const source = sourceOf(argument, node);
    if (source === undefined) return (variables) => getArgumentValues(field, node, variables);
    sources.push(source);
  }
  return (variables) => {
    const args: Record<string, unknown> = {};
    for (const { name, isRequired, variable, value } of sources) {
      const isGiven = variable !== undefined && Object.hasOwn(variables, variable);
      const taken = isGiven ? variables[variable] : value;
      const isFault = taken === undefined ? isGiven || isRequired : taken === null && isRequired;
      if (isFault) return getArgumentValues(field, node, variables);
      if (taken !== undefined) args[name] = taken;
    }
    return args;
  };
}

function sourceOf({ name, type, defaultValue }: GraphQLArgument, node: FieldNode): Source | undefined {
  const written = node.arguments?.find((argument) => argument.name.value === name)?.value;
  const source = { name, isRequired: isNonNullType(type), variable: undefined, value: defaultValue };
  if (written === undefined) return source;
  if (written.kind === Kind.VARIABLE) return { ...source, variable: written.name.value };
  if (!isLeafType(getNullableType(type))) return undefined;
  const value = valueFromAST(written, type);
  return value === undefined ? undefined : { ...source, value };
}
