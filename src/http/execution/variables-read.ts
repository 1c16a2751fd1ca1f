import { type DocumentNode, Kind, visit } from "graphql";
import { isPricingArgument } from "../../api/operation-limits.ts";

/** The longest values of variables by which a size is kept; ids may be longer than what they save. */
const MAX_PRICED_LENGTH = 200;

/** What variables decide of an operation before it is executed. */
export interface VariablesRead {
  /** Those that its `@skip` and `@include` read. */
  readonly conditions: readonly string[];
  /** Whether variables say how long its lists are or what is searched, so that only they decide what it costs. */
  readonly isSizedByVariables: boolean;
  /** Those in arguments that decide that, in a list or an object too. */
  readonly pricing: readonly string[];
}

/**
 * What prices read of variables: numbers, texts, and of an input its effort. `undefined` where that is a list or long, so that it
 * is no use to remember it.
 */
export function pricedBy(
  names: readonly string[],
  variables: Readonly<Record<string, unknown>>,
): string | undefined {
  let read = "";
  for (const name of names) {
    const value = variables[name];
    if (Array.isArray(value)) return undefined;
    const part = typeof value === "object" && value !== null && "effort" in value ? value.effort : value;
    if (typeof part === "string" || typeof part === "number") read += JSON.stringify(part);
    read += ",";
    if (read.length > MAX_PRICED_LENGTH) return undefined;
  }
  return read;
}

/** What variables decide before anything is executed. O(document). */
export function variablesRead(document: DocumentNode): VariablesRead {
  const names = new Set<string>();
  const pricing = new Set<string>();
  let isSizedByVariables = false;
  visit(document, {
    Argument: (argument) => {
      if (!isPricingArgument(argument)) return;
      const { value } = argument;
      visit(argument, { Variable: ({ name }) => void pricing.add(name.value) });
      const given = value.kind === Kind.LIST ? value.values : [value];
      if (given.some(({ kind }) => kind === Kind.VARIABLE)) isSizedByVariables = true;
    },
    ObjectField: ({ name, value }) => {
      if (name.value !== "effort" || value.kind !== Kind.VARIABLE) return;
      pricing.add(value.name.value);
      isSizedByVariables = true;
    },
    Directive: ({ name, arguments: args = [] }) => {
      if (name.value !== "skip" && name.value !== "include") return;
      for (const { value } of args) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return { conditions: [...names].sort(), isSizedByVariables, pricing: [...pricing] };
}
