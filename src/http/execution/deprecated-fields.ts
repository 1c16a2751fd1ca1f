import { type DocumentNode, type GraphQLSchema, TypeInfo, visit, visitWithTypeInfo } from "graphql";

/** The deprecated fields and arguments in a valid document, as schema coordinates, each once. O(document). */
export function deprecatedIn(schema: GraphQLSchema, document: DocumentNode): readonly string[] {
  const found = new Set<string>();
  const types = new TypeInfo(schema);
  const coordinate = () => `${types.getParentType()?.name}.${types.getFieldDef()?.name}`;
  visit(
    document,
    visitWithTypeInfo(types, {
      Field() {
        if (types.getFieldDef()?.deprecationReason != null) found.add(coordinate());
      },
      Argument({ name }) {
        if (types.getArgument()?.deprecationReason != null) found.add(`${coordinate()}(${name.value}:)`);
      },
    }),
  );
  return [...found];
}
