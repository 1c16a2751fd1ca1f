import { type FieldNode, Kind, type ValueNode } from "graphql";
import type { Effort } from "../planning/limits.ts";
import { decodeGlobalId } from "./core/global-id.ts";
import { PATH_PRICES, PRICED_AS_PATHS } from "./limits.ts";

type Variables = Readonly<Record<string, unknown>> | undefined;

/** What the paths may cost that a root field finds by its input or by their ids; 0 for all other fields. */
export function pathsPrice(name: string, node: FieldNode, variables: Variables): number {
  const given = (argument: string) => {
    const value = node.arguments?.find((one) => one.name.value === argument)?.value;
    return value && valueIn(value, variables);
  };
  if (PRICED_AS_PATHS.has(name)) return PATH_PRICES[effortIn(given("input"))];
  if (name !== "Query.node" && name !== "Query.nodes") return 0;
  const ids = [given("id"), given("ids")].flat();
  return ids.reduce((sum: number, id) => sum + priceOfId(id), 0);
}

function priceOfId(id: unknown): number {
  const { type, rest } = (typeof id === "string" && decodeGlobalId(id)) || {};
  if (type !== "LearningPath" || rest === undefined) return 0;
  const effort = /effort=(INSTANT|THOROUGH)/.exec(rest)?.[1];
  return PATH_PRICES[effort === "INSTANT" || effort === "THOROUGH" ? effort : "NORMAL"];
}

/** The effort in an input. While that is not known it is the least, as it is when nothing else is known. */
function effortIn(input: unknown): Effort {
  if (input === UNKNOWN) return "INSTANT";
  if (typeof input !== "object" || input === null || !("effort" in input)) return "NORMAL";
  const { effort } = input;
  if (effort === UNKNOWN) return "INSTANT";
  return effort === "INSTANT" || effort === "THOROUGH" ? effort : "NORMAL";
}

/** What is in a variable that has no value yet. */
const UNKNOWN = Symbol("unknown");

/** As much of a value as prices depend on: texts, lists of them, and the members of an object. */
function valueIn(value: ValueNode, variables: Variables): unknown {
  switch (value.kind) {
    case Kind.VARIABLE:
      return variables === undefined ? UNKNOWN : variables[value.name.value];
    case Kind.LIST:
      return value.values.map((item) => valueIn(item, variables));
    case Kind.OBJECT:
      return Object.fromEntries(
        value.fields.map(({ name, value: member }) => [name.value, valueIn(member, variables)]),
      );
    case Kind.STRING:
    case Kind.ENUM:
      return value.value;
    default:
      return undefined;
  }
}
