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
  const measure = measurer(context);
  const refuse = (operation: ASTNode, most: string, came: string) => {
    const message = `Expected an operation of at most ${most}, got ${came}. Split it into several requests.`;
    const extensions = { code: OPERATION_TOO_LARGE };
    context.reportError(new GraphQLError(message, { nodes: operation, extensions }));
  };
  return {
    OperationDefinition(operation) {
      const type = context.getSchema().getRootType(operation.operation);
      if (!type) return;
      const { depth, cost } = measure(operation.selectionSet, type.name, 1);
      if (depth > MAX_OPERATION_DEPTH) refuse(operation, `${MAX_OPERATION_DEPTH} levels`, "more");
      else if (cost > MAX_OPERATION_COST)
        refuse(
          operation,
          `${MAX_OPERATION_COST} fields (lists count ${LIST_LENGTH_ASSUMED} times)`,
          String(cost),
        );
    },
  };
};

/**
 * Measures a selection set on a type, at a level of the operation. Recursive, but never deeper than the limit allows:
 * what is below already counts as too deep.
 */
function measurer(context: ValidationContext) {
  /** For each selection set, its size on each type. */
  const measured = new Map<SelectionSetNode, Map<string, Size>>();

  function measure(selections: SelectionSetNode, typeName: string, level: number): Size {
    if (level > MAX_OPERATION_DEPTH) return { depth: MAX_OPERATION_DEPTH + 1, cost: 1 };
    const before = measured.get(selections)?.get(typeName);
    if (before !== undefined) return before;
    let depth = 0;
    let cost = 0;
    for (const selection of selections.selections) {
      const size =
        selection.kind === Kind.FIELD
          ? measureField(selection, typeName, level)
          : measureFragment(selection, typeName, level);
      depth = Math.max(depth, size.depth);
      cost += size.cost;
    }
    const size = { depth, cost };
    const ofTypes = measured.get(selections) ?? new Map<string, Size>();
    measured.set(selections, ofTypes.set(typeName, size));
    return size;
  }

  function measureField({ name, selectionSet }: FieldNode, typeName: string, level: number): Size {
    const type = context.getSchema().getType(typeName);
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name.value] : undefined;
    if (field === undefined || selectionSet === undefined) return { depth: 1, cost: 1 };
    const below = measure(selectionSet, getNamedType(field.type).name, level + 1);
    const times = isListType(getNullableType(field.type)) ? LIST_LENGTH_ASSUMED : 1;
    return { depth: below.depth + 1, cost: 1 + times * below.cost };
  }

  /** Counting each fragment as a level bounds those that spread themselves, which another rule refuses. */
  function measureFragment(
    node: FragmentSpreadNode | InlineFragmentNode,
    typeName: string,
    level: number,
  ): Size {
    const fragment = node.kind === Kind.FRAGMENT_SPREAD ? context.getFragment(node.name.value) : node;
    if (fragment == null) return { depth: 0, cost: 0 };
    return measure(fragment.selectionSet, fragment.typeCondition?.name.value ?? typeName, level + 1);
  }

  return measure;
}
