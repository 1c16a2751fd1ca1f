import { type ASTVisitor, GraphQLError, type SelectionNode, type ValidationContext } from "graphql";

/**
 * A validation rule: what is subscribed to does not depend on `@skip` and `@include`, as the specification of September 2025
 * has it. graphql-js fails at a subscription that is left without a field.
 */
export function UnconditionalSubscriptionsRule(context: ValidationContext): ASTVisitor {
  const check = (selection: SelectionNode) => {
    if (context.getParentType() !== context.getSchema().getSubscriptionType()) return;
    const condition = selection.directives?.find(({ name }) => ["skip", "include"].includes(name.value));
    if (condition !== undefined)
      context.reportError(
        new GraphQLError(`Expected a subscription without @${condition.name.value} on its field.`, {
          nodes: condition,
        }),
      );
  };
  return { Field: check, InlineFragment: check, FragmentSpread: check };
}
