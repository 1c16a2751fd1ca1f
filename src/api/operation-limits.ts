import {
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type FragmentSpreadNode,
  GraphQLError,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  type InlineFragmentNode,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
  type ValidationRule,
  type ValueNode,
} from "graphql";
import {
  ARGUMENT_PRICES,
  DEFAULT_PAGE_SIZE,
  FIXED_PRICES,
  LIST_LENGTH_ASSUMED,
  LIST_LENGTHS,
  MAX_ANSWER_FIELDS,
  MAX_LIST_LENGTH_COUNTED,
  MAX_OPERATION_DEPTH,
  MAX_OPERATION_FIELDS,
  MAX_OPERATION_ITEMS,
  MAX_OPERATION_SEARCHES,
  PRICES,
  WRITE_PRICE,
} from "./limits.ts";
import { pathsPrice } from "./path-prices.ts";

/** The code in `extensions` of an operation that is refused for its size. */
export const OPERATION_TOO_LARGE = "OPERATION_TOO_LARGE";

/** The arguments that say how long a list is: by a number, or by being a list of the same length. */
const SIZE_ARGUMENTS: ReadonlySet<string> = new Set(["first", "last", "ids"]);

/** The arguments whose values decide what an operation costs. */
const PRICING_ARGUMENTS: ReadonlySet<string> = new Set([...SIZE_ARGUMENTS, "id", "input"]);

export function isPricingArgument({ name }: ArgumentNode): boolean {
  return PRICING_ARGUMENTS.has(name.value);
}

/** What an operation is measured by. */
export interface Measured {
  readonly schema: GraphQLSchema;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  /** The values of the variables; `undefined` as long as they are not known. */
  readonly variables: Readonly<Record<string, unknown>> | undefined;
}

/**
 * A validation rule that refuses operations that are nested too deeply or cost too much whatever their variables are,
 * before anything is executed; see `limitFault`.
 */
export const operationLimits: ValidationRule = (context) => {
  const fragments = fragmentsOf(context.getDocument());
  return {
    OperationDefinition(operation) {
      const measured = { schema: context.getSchema(), fragments, variables: undefined };
      const fault = limitFault(operation, sizeOf(operation, measured));
      if (fault !== undefined) context.reportError(fault);
    },
  };
};

/** The fragments of a document by their names. */
export function fragmentsOf(document: DocumentNode): Record<string, FragmentDefinitionNode> {
  const fragments: Record<string, FragmentDefinitionNode> = Object.create(null);
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  return fragments;
}

/** The error of an operation that is beyond one of the limits `MAX_OPERATION_…`; `undefined` for all others. */
export function limitFault(
  operation: OperationDefinitionNode,
  { depth, fields, items, searches }: Size,
): GraphQLError | undefined {
  if (depth > MAX_OPERATION_DEPTH) return tooLarge(operation, "levels", MAX_OPERATION_DEPTH, "more");
  if (fields > MAX_OPERATION_FIELDS)
    return tooLarge(operation, "selected fields", MAX_OPERATION_FIELDS, String(fields));
  const counted = "fields (each counts for every item of the lists around it)";
  if (items > MAX_OPERATION_ITEMS) return tooLarge(operation, counted, MAX_OPERATION_ITEMS, String(items));
  const dear = "cost in searches and plans";
  return searches > MAX_OPERATION_SEARCHES
    ? tooLarge(operation, dear, MAX_OPERATION_SEARCHES, String(searches))
    : undefined;
}

function tooLarge(node: OperationDefinitionNode, what: string, limit: number, came: string): GraphQLError {
  return new GraphQLError(
    `Expected an operation of at most ${limit} ${what}, got ${came}. Split it into several requests.`,
    { nodes: node, extensions: { code: OPERATION_TOO_LARGE, http: { status: 400 } } },
  );
}

/** What is added up over an operation. */
interface Sums {
  readonly depth: number;
  /** Selected fields, those of a fragment once for each place that spreads it. */
  readonly fields: number;
  /** Fields, each for every item of the lists around it: a list without a page has `LIST_LENGTH_ASSUMED`. */
  readonly items: number;
  /** Fields and items of lists that may be written: a list without a page has `LIST_LENGTHS`. */
  readonly written: number;
  /** What searches and plans cost at most. */
  readonly searches: number;
  /** The part of that which does not depend on what is found. */
  readonly fixed: number;
}

/** How large an operation is. */
export interface Size extends Sums {
  /** What it costs at most: what may be written of an answer, and what is searched for it. */
  readonly cost: number;
}

const EMPTY: Sums = { depth: 0, fields: 0, items: 0, written: 0, searches: 0, fixed: 0 };
const TOO_DEEP: Sums = { ...EMPTY, depth: MAX_OPERATION_DEPTH + 1, fields: 1, items: 1, written: 1 };

/**
 * The size of an operation. Each field counts once for each item of the lists around it: a page has as many as it is
 * asked for (an unknown variable counts as one). What searches or plans has its price besides.
 *
 * Each selection set is measured once for each type, so that measuring fragments that spread one another many times
 * takes no longer than reading them. O(document).
 */
export function sizeOf({ operation, selectionSet }: OperationDefinitionNode, measured: Measured): Size {
  const type = measured.schema.getRootType(operation);
  const sums = type ? new Measure(measured).selections(selectionSet, type.name, 1, undefined) : EMPTY;
  return { ...sums, cost: Math.min(sums.written, MAX_ANSWER_FIELDS) + sums.searches };
}

function argumentsPrice(field: string, { arguments: given = [] }: FieldNode): number {
  return given.reduce((sum, { name }) => sum + (ARGUMENT_PRICES[`${field}.${name.value}`] ?? 0), 0);
}

class Measure {
  private readonly by: Measured;
  /** For each selection set, its size by type and length of the lists in it. */
  private readonly sizes = new Map<SelectionSetNode, Map<string, Sums>>();

  constructor(by: Measured) {
    this.by = by;
  }

  /**
   * `page`: the length of the lists of the objects selected from, when a page was asked for. Recursive, but never deeper
   * than the limit allows: what is below already counts as too deep.
   */
  selections(
    { selections }: SelectionSetNode,
    typeName: string,
    level: number,
    page: number | undefined,
  ): Sums {
    if (level > MAX_OPERATION_DEPTH) return TOO_DEEP;
    let { depth, fields, items, written, searches, fixed } = EMPTY;
    for (const selection of selections) {
      const size =
        selection.kind === Kind.FIELD
          ? this.field(selection, typeName, level, page)
          : this.fragment(selection, typeName, level, page);
      depth = Math.max(depth, size.depth);
      fields += size.fields;
      items += size.items;
      written += size.written;
      searches += size.searches;
      fixed += size.fixed;
    }
    return { depth, fields, items, written, searches, fixed };
  }

  private known(set: SelectionSetNode, typeName: string, level: number, page: number | undefined): Sums {
    const key = `${typeName} ${page}`;
    let size = this.sizes.get(set)?.get(key);
    if (size === undefined) {
      size = this.selections(set, typeName, level, page);
      const ofTypes = this.sizes.get(set) ?? new Map<string, Sums>();
      this.sizes.set(set, ofTypes.set(key, size));
    }
    return size;
  }

  private field(node: FieldNode, typeName: string, level: number, page: number | undefined): Sums {
    const field = fieldOf(this.by.schema, typeName, node.name.value);
    const name = `${typeName}.${node.name.value}`;
    const fixed =
      (FIXED_PRICES[name] ?? (typeName === "Mutation" ? WRITE_PRICE : 0)) + argumentsPrice(name, node);
    const searches = fixed + (PRICES[name] ?? 0) + pathsPrice(name, node, this.by.variables);
    const own: Sums = { depth: 1, fields: 1, items: 1, written: 1, searches, fixed };
    if (field === undefined) return own;
    const asked = this.pageSize(field, node.arguments ?? []);
    const isList = isListType(getNullableType(field.type));
    const given = isList ? (asked ?? page) : 1;
    const longest = given ?? LIST_LENGTHS[name] ?? LIST_LENGTH_ASSUMED;
    const written = isList ? 1 + longest : 1;
    if (node.selectionSet === undefined) return { ...own, written };
    const type = getNamedType(field.type).name;
    const below = this.known(node.selectionSet, type, level + 1, isList ? undefined : asked);
    return {
      depth: 1 + below.depth,
      fields: 1 + below.fields,
      items: 1 + (given ?? LIST_LENGTH_ASSUMED) * below.items,
      written: written + longest * below.written,
      searches: searches + longest * below.searches,
      fixed: fixed + longest * below.fixed,
    };
  }

  /** Counting each fragment as a level bounds those that spread themselves, which another rule refuses. */
  private fragment(
    selection: FragmentSpreadNode | InlineFragmentNode,
    typeName: string,
    level: number,
    page: number | undefined,
  ): Sums {
    const fragment =
      selection.kind === Kind.FRAGMENT_SPREAD ? this.by.fragments[selection.name.value] : selection;
    if (fragment == null) return EMPTY;
    const type = fragment.typeCondition?.name.value ?? typeName;
    return this.known(fragment.selectionSet, type, level + 1, page);
  }

  /** How many items the arguments of a field ask for; `undefined` where it takes no such argument. */
  private pageSize(
    field: GraphQLField<unknown, unknown>,
    given: readonly ArgumentNode[],
  ): number | undefined {
    const sizing = field.args.filter(({ name }) => SIZE_ARGUMENTS.has(name));
    if (sizing.length === 0) return undefined;
    const sizes = sizing.flatMap(({ name, defaultValue }) => {
      const argument = given.find((one) => one.name.value === name);
      const size = (argument && this.sizeOf(argument.value)) ?? defaultValue;
      return typeof size === "number" ? [size] : [];
    });
    const size = sizes.length === 0 ? DEFAULT_PAGE_SIZE : Math.max(...sizes);
    return Math.min(Math.max(size, 1), MAX_LIST_LENGTH_COUNTED);
  }

  private sizeOf(value: ValueNode): number | undefined {
    if (value.kind === Kind.INT) return Number(value.value);
    if (value.kind === Kind.LIST) return value.values.length;
    if (value.kind !== Kind.VARIABLE) return undefined;
    if (this.by.variables === undefined) return 1;
    const known = this.by.variables[value.name.value];
    if (typeof known === "number") return known;
    return Array.isArray(known) ? known.length : undefined;
  }
}

function fieldOf(schema: GraphQLSchema, typeName: string, name: string) {
  const type = schema.getType(typeName);
  if (type === schema.getQueryType()) {
    if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
    if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  }
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
}
