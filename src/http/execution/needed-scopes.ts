import {
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";
import { type Need, neededScope } from "../../api/viewer.ts";

/** What an operation takes that not everybody has. */
export interface Access {
  /** The scopes that its root fields need, each once. */
  readonly scopes: readonly Need[];
  /** Whether its answer may be kept and given to whoever asks the same at the same revision. */
  readonly isShared: boolean;
}

/**
 * What an operation takes, by the declarations beside the root fields in it and in all fragments of its document: whether
 * somebody may do it is known before any of it is done. A mutation that declares nothing takes the widest scope. Whether its
 * answer is shared, by all of its fields. O(document).
 */
export function accessOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): Access {
  const scopes = new Set<Need>();
  let isShared = true;
  const types = new TypeInfo(schema);
  const rootTypes = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  for (const definition of document.definitions) {
    if (definition !== operation && definition.kind !== Kind.FRAGMENT_DEFINITION) continue;
    visit(
      definition,
      visitWithTypeInfo(types, {
        Field({ name }) {
          if (types.getFieldDef()?.extensions.isUnshared === true) isShared = false;
          const parent = types.getParentType();
          if (!rootTypes.some((root) => root === parent)) return;
          const scope = neededScope(types.getFieldDef()?.extensions);
          if (scope !== undefined) scopes.add(scope);
          else if (parent === schema.getMutationType() && name.value !== "__typename")
            scopes.add("graph:admin");
        },
      }),
    );
  }
  return { scopes: [...scopes], isShared };
}
