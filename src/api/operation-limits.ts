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
  DEFAULT_PAGE_SIZE,
  LIST_LENGTH_ASSUMED,
  MAX_LIST_LENGTH_COUNTED,
  MAX_OPERATION_COST,
  MAX_OPERATION_DEPTH,
  MAX_OPERATION_FIELDS,
  PRICES,
} from "./limits.ts";

/** The code in `extensions` of an operation that is refused for its size. */
export const OPERATION_TOO_LARGE = "OPERATION_TOO_LARGE";

/** The arguments that say how long a list is: by a number, or by being a list of the same length. */
const SIZE_ARGUMENTS: ReadonlySet<string> = new Set(["first", "last", "ids"]);

export function isSizeArgument({ name }: ArgumentNode): boolean {
  return SIZE_ARGUMENTS.has(name.value);
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

/**
 * The error of an operation that is nested deeper than `MAX_OPERATION_DEPTH`, selects more than `MAX_OPERATION_FIELDS` or
 * costs more than `MAX_OPERATION_COST`; `undefined` for all others.
 */
export function limitFault(
  operation: OperationDefinitionNode,
  { depth, cost, fields }: Size,
): GraphQLError | undefined {
  if (depth > MAX_OPERATION_DEPTH) return tooLarge(operation, "levels", MAX_OPERATION_DEPTH, "more");
  if (fields > MAX_OPERATION_FIELDS)
    return tooLarge(operation, "selected fields", MAX_OPERATION_FIELDS, String(fields));
  const counted = "fields (each counts for every item of the lists around it)";
  return cost > MAX_OPERATION_COST
    ? tooLarge(operation, counted, MAX_OPERATION_COST, String(cost))
    : undefined;
}

function tooLarge(node: OperationDefinitionNode, what: string, limit: number, came: string): GraphQLError {
  return new GraphQLError(
    `Expected an operation of at most ${limit} ${what}, got ${came}. Split it into several requests.`,
    { nodes: node, extensions: { code: OPERATION_TOO_LARGE, http: { status: 400 } } },
  );
}

/** How large an operation is. */
export interface Size {
  readonly depth: number;
  /** What it costs at most, in fields. */
  readonly cost: number;
  /** Selected fields, those of a fragment once for each place that spreads it. */
  readonly fields: number;
}

const EMPTY: Size = { depth: 0, cost: 0, fields: 0 };

/**
 * The size of an operation. The cost counts each field once for each item of the lists around it: a page has as many
 * as it is asked for (an unknown variable counts as one), other lists have `LIST_LENGTH_ASSUMED`. What takes planning
 * costs its price besides.
 *
 * Each selection set is measured once for each type, so that measuring fragments that spread one another many times
 * takes no longer than reading them. O(document).
 */
export function sizeOf({ operation, selectionSet }: OperationDefinitionNode, measured: Measured): Size {
  const type = measured.schema.getRootType(operation);
  return type ? new Measure(measured).selections(selectionSet, type.name, 1, undefined) : EMPTY;
}

class Measure {
  private readonly by: Measured;
  /** For each selection set, its size by type and length of the lists in it. */
  private readonly sizes = new Map<SelectionSetNode, Map<string, Size>>();

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
  ): Size {
    if (level > MAX_OPERATION_DEPTH) return { depth: MAX_OPERATION_DEPTH + 1, cost: 1, fields: 1 };
    let { depth, cost, fields } = EMPTY;
    for (const selection of selections) {
      const size =
        selection.kind === Kind.FIELD
          ? this.field(selection, typeName, level, page)
          : this.fragment(selection, typeName, level, page);
      depth = Math.max(depth, size.depth);
      cost += size.cost;
      fields += size.fields;
    }
    return { depth, cost, fields };
  }

  private known(set: SelectionSetNode, typeName: string, level: number, page: number | undefined): Size {
    const key = `${typeName} ${page}`;
    let size = this.sizes.get(set)?.get(key);
    if (size === undefined) {
      size = this.selections(set, typeName, level, page);
      const ofTypes = this.sizes.get(set) ?? new Map<string, Size>();
      this.sizes.set(set, ofTypes.set(key, size));
    }
    return size;
  }

  private field(node: FieldNode, typeName: string, level: number, page: number | undefined): Size {
    const field = fieldOf(this.by.schema, typeName, node.name.value);
    const price = 1 + (PRICES[`${typeName}.${node.name.value}`] ?? 0);
    if (field === undefined || node.selectionSet === undefined) return { depth: 1, cost: price, fields: 1 };
    const asked = this.pageSize(field, node.arguments ?? []);
    const isList = isListType(getNullableType(field.type));
    const times = isList ? (asked ?? page ?? LIST_LENGTH_ASSUMED) : 1;
    const type = getNamedType(field.type).name;
    const below = this.known(node.selectionSet, type, level + 1, isList ? undefined : asked);
    return { depth: below.depth + 1, cost: price + times * below.cost, fields: below.fields + 1 };
  }

  /** Counting each fragment as a level bounds those that spread themselves, which another rule refuses. */
  private fragment(
    selection: FragmentSpreadNode | InlineFragmentNode,
    typeName: string,
    level: number,
    page: number | undefined,
  ): Size {
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
