import { type GraphQLSchema, getNamedType, getNullableType, isListType, isObjectType } from "graphql";

/**
 * The longest list of each field that an answer holds, by `Type.field`. Objects of the answer say their types, and keys end
 * in the names of their fields, as `RandomOperations` makes them.
 */
export function longestLists(schema: GraphQLSchema, data: unknown, into: Map<string, number>): void {
  if (Array.isArray(data)) {
    for (const item of data) longestLists(schema, item, into);
    return;
  }
  if (typeof data !== "object" || data === null || !("__typename" in data)) return;
  const type = schema.getType(String(data.__typename));
  if (!isObjectType(type)) return;
  for (const [key, value] of Object.entries(data)) {
    const name = key.slice(key.indexOf("_") + 1);
    const field = type.getFields()[name];
    if (field === undefined || key === "__typename") continue;
    const place = `${type.name}.${name}`;
    if (isListType(getNullableType(field.type)) && Array.isArray(value))
      into.set(place, Math.max(into.get(place) ?? 0, value.length));
    if (isObjectType(getNamedType(field.type)) || typeof value === "object")
      longestLists(schema, value, into);
  }
}
