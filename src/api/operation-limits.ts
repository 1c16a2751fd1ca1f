import {
  type ASTNode,
  type FragmentDefinitionNode,
  GraphQLError,
  getNamedType,
  getNullableType,
  isCompositeType,
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
  /** Fields to resolve, each list taken to be `LIST_LENGTH_ASSUMED` long. */
  readonly cost: number;
}

/**
 * A validation rule that refuses operations nested deeper than `MAX_OPERATION_DEPTH` or costing more than
 * `MAX_OPERATION_COST` before anything is executed. Each selection set is measured once for each type, so that
 * fragments that spread one another many times cost no more than their text. O(document).
 */
export const operationLimits: ValidationRule = (context) => {
  const measured = new Map<SelectionSetNode, Map<string, Size>>();
  return {
    OperationDefinition(operation) {
      const type = context.getSchema().getRootType(operation.operation);
      if (!type) return;
      const { depth, cost } = measure(context, operation.selectionSet, type.name, 1, measured);
      if (depth > MAX_OPERATION_DEPTH) report(context, operation, "levels", MAX_OPERATION_DEPTH, "more");
      else if (cost > MAX_OPERATION_COST)
        report(context, operation, "fields (lists count tenfold)", MAX_OPERATION_COST, String(cost));
    },
  };
};

function report(context: ValidationContext, node: ASTNode, what: string, limit: number, came: string): void {
  context.reportError(
    new GraphQLError(
      `Expected an operation of at most ${limit} ${what}, got ${came}. Ask in several requests.`,
      {
        nodes: node,
        extensions: { code: OPERATION_TOO_LARGE },
      },
    ),
  );
}

const NOTHING: Size = { depth: 0, cost: 0 };

/** Recursive, but never deeper than the limit allows: what lies below counts as too deep already. */
function measure(
  context: ValidationContext,
  selections: SelectionSetNode,
  typeName: string,
  level: number,
  measured: Map<SelectionSetNode, Map<string, Size>>,
): Size {
  if (level > MAX_OPERATION_DEPTH) return { depth: MAX_OPERATION_DEPTH + 1, cost: 1 };
  const before = measured.get(selections)?.get(typeName);
  if (before !== undefined) return before;
  const type = context.getSchema().getType(typeName);
  let depth = 0;
  let cost = 0;
  for (const selection of selections.selections) {
    let size = NOTHING;
    if (selection.kind === Kind.FIELD) {
      const fields = isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
      const field = fields[selection.name.value];
      const inner = field === undefined ? undefined : getNamedType(field.type);
      if (
        field === undefined ||
        inner === undefined ||
        selection.selectionSet === undefined ||
        !isCompositeType(inner)
      )
        size = { depth: 1, cost: 1 };
      else {
        const below = measure(context, selection.selectionSet, inner.name, level + 1, measured);
        const times = isListType(getNullableType(field.type)) ? LIST_LENGTH_ASSUMED : 1;
        size = { depth: below.depth + 1, cost: 1 + times * below.cost };
      }
    } else {
      const fragment: FragmentDefinitionNode | typeof selection | undefined | null =
        selection.kind === Kind.FRAGMENT_SPREAD ? context.getFragment(selection.name.value) : selection;
      // A level for each fragment bounds those that spread themselves, which another rule refuses.
      if (fragment)
        size = measure(
          context,
          fragment.selectionSet,
          fragment.typeCondition?.name.value ?? typeName,
          level + 1,
          measured,
        );
    }
    depth = Math.max(depth, size.depth);
    cost += size.cost;
  }
  const size = { depth, cost };
  const ofTypes = measured.get(selections) ?? new Map<string, Size>();
  measured.set(selections, ofTypes.set(typeName, size));
  return size;
}
