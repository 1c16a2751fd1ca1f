import {
  type ASTNode,
  type FieldNode,
  type FragmentSpreadNode,
  GraphQLError,
  getNamedType,
  getNullableType,
  type InlineFragmentNode,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from "graphql";
import { LIST_LENGTH_ASSUMED, MAX_OPERATION_COST, MAX_OPERATION_DEPTH } from "./limits.ts";

/** The code in `extensions` of an operation that is refused for its size. */
export const OPERATION_TOO_LARGE = "OPERATION_TOO_LARGE";

interface Size {
  readonly depth: number;
  /** Fields to resolve when each list has `LIST_LENGTH_ASSUMED` items. */
  readonly cost: number;
}

/**
 * A validation rule that refuses operations that are nested deeper than `MAX_OPERATION_DEPTH` or cost more than
 * `MAX_OPERATION_COST`, before anything is executed. Each selection set is measured once for each type, so that
 * measuring fragments that spread one another many times takes no longer than reading them. O(document).
 */
export const operationLimits: ValidationRule = (context) => {
  const measured: Measured = new Map();
  return {
    OperationDefinition(operation) {
      const type = context.getSchema().getRootType(operation.operation);
      if (!type) return;
      const { depth, cost } = measure(context, operation.selectionSet, type.name, 1, measured);
      if (depth > MAX_OPERATION_DEPTH) report(context, operation, "levels", MAX_OPERATION_DEPTH, "more");
      else if (cost > MAX_OPERATION_COST)
        report(
          context,
          operation,
          `fields (lists count ${LIST_LENGTH_ASSUMED} times)`,
          MAX_OPERATION_COST,
          String(cost),
        );
    },
  };
};

function report(context: ValidationContext, node: ASTNode, what: string, limit: number, came: string): void {
  context.reportError(
    new GraphQLError(
      `Expected an operation of at most ${limit} ${what}, got ${came}. Split it into several requests.`,
      {
        nodes: node,
        extensions: { code: OPERATION_TOO_LARGE },
      },
    ),
  );
}

/** What is measured: for each selection set, its size on each type. */
type Measured = Map<SelectionSetNode, Map<string, Size>>;

/** Recursive, but never deeper than the limit allows: what is below already counts as too deep. */
function measure(
  context: ValidationContext,
  selections: SelectionSetNode,
  typeName: string,
  level: number,
  measured: Measured,
): Size {
  if (level > MAX_OPERATION_DEPTH) return { depth: MAX_OPERATION_DEPTH + 1, cost: 1 };
  const before = measured.get(selections)?.get(typeName);
  if (before !== undefined) return before;
  let depth = 0;
  let cost = 0;
  for (const selection of selections.selections) {
    const size =
      selection.kind === Kind.FIELD
        ? measureField(context, selection, typeName, level, measured)
        : measureFragment(context, selection, typeName, level, measured);
    depth = Math.max(depth, size.depth);
    cost += size.cost;
  }
  const size = { depth, cost };
  const ofTypes = measured.get(selections) ?? new Map<string, Size>();
  measured.set(selections, ofTypes.set(typeName, size));
  return size;
}

function measureField(
  context: ValidationContext,
  { name, selectionSet }: FieldNode,
  typeName: string,
  level: number,
  measured: Measured,
): Size {
  const type = context.getSchema().getType(typeName);
  const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name.value] : undefined;
  if (field === undefined || selectionSet === undefined) return { depth: 1, cost: 1 };
  const below = measure(context, selectionSet, getNamedType(field.type).name, level + 1, measured);
  const times = isListType(getNullableType(field.type)) ? LIST_LENGTH_ASSUMED : 1;
  return { depth: below.depth + 1, cost: 1 + times * below.cost };
}

/** Counting each fragment as a level bounds those that spread themselves, which another rule refuses. */
function measureFragment(
  context: ValidationContext,
  selection: FragmentSpreadNode | InlineFragmentNode,
  typeName: string,
  level: number,
  measured: Measured,
): Size {
  const fragment =
    selection.kind === Kind.FRAGMENT_SPREAD ? context.getFragment(selection.name.value) : selection;
  if (fragment == null) return { depth: 0, cost: 0 };
  const type = fragment.typeCondition?.name.value ?? typeName;
  return measure(context, fragment.selectionSet, type, level + 1, measured);
}
