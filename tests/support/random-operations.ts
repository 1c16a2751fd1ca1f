import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from "graphql";
import { encodeGlobalId } from "../../src/api/core/global-id.ts";

/** What operations name: slugs that there are, by what is asked for. */
export interface Names {
  readonly skills: readonly string[];
  readonly roles: readonly string[];
  readonly projects: readonly string[];
  readonly roadmaps: readonly string[];
}

/** How deep selections go at most, and how many fields each has. */
const MAX_DEPTH = 6;
const MAX_FIELDS = 3;

/** Random valid operations over a schema, the same for the same seed. */
export class RandomOperations {
  private state: number;
  private aliases = 0;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly names: Names,
    seed: number,
  ) {
    this.state = seed;
  }

  /** An operation. Each field has an alias of its own that ends in its name, so that nothing is merged. */
  next(): string {
    this.aliases = 0;
    return `{ ${this.selection(this.schema.getQueryType()!, 0)} }`;
  }

  /** mulberry32. */
  private random(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  private below(end: number): number {
    return Math.floor(this.random() * end);
  }

  private one<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)]!;
  }

  private selection(output: GraphQLOutputType, depth: number): string {
    const type = getNamedType(output);
    if (isLeafType(type)) return "";
    if (!isObjectType(type)) {
      const possible = this.schema.getPossibleTypes(type);
      const some = possible.filter(() => this.random() < 0.3);
      return [
        "__typename",
        ...some.map((of) => `... on ${of.name} { ${this.selection(of, depth + 1)} }`),
      ].join(" ");
    }
    const fields = Object.values(type.getFields()).filter(
      (field) => depth < MAX_DEPTH || isLeafType(getNamedType(field.type)),
    );
    const count = Math.min(fields.length, 1 + this.below(MAX_FIELDS));
    const chosen = Array.from({ length: count }, () => this.field(this.one(fields), depth));
    return ["__typename", ...chosen].join(" ");
  }

  private field(field: GraphQLField<unknown, unknown>, depth: number): string {
    const given = field.args.filter((arg) => isRequiredArgument(arg) || this.random() < 0.4);
    const args = given.map((arg) => `${arg.name}: ${this.value(arg.type, arg, 0)}`);
    const below = this.selection(field.type, depth + 1);
    const alias = `a${this.aliases++}_${field.name}`;
    return `${alias}: ${field.name}${args.length > 0 ? `(${args.join(", ")})` : ""}${below === "" ? "" : ` { ${below} }`}`;
  }

  private value(type: GraphQLInputType, of: GraphQLArgument | GraphQLInputField, depth: number): string {
    if (isNonNullType(type)) return this.value(type.ofType, of, depth);
    if (isListType(type)) {
      const count = 1 + this.below(3);
      return `[${Array.from({ length: count }, () => this.value(type.ofType, of, depth)).join(", ")}]`;
    }
    if (isEnumType(type)) return this.one(type.getValues()).name;
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields());
      const rare = depth > 3 ? 0.05 : 0.25;
      const given = type.isOneOf
        ? [this.one(depth > 3 ? fields.filter((field) => isLeafType(getNamedType(field.type))) : fields)]
        : fields.filter((field) => isRequiredInputField(field) || this.random() < rare);
      return `{ ${given.map((field) => `${field.name}: ${this.value(field.type, field, depth + 1)}`).join(", ")} }`;
    }
    return this.leaf(type.name, of.name);
  }

  private leaf(type: string, name: string): string {
    const { skills, roles, projects, roadmaps } = this.names;
    switch (type) {
      case "Int":
        return String(1 + this.below(name === "first" || name === "last" ? 40 : 10));
      case "Float":
        return String(1 + this.below(20));
      case "Boolean":
        return String(this.random() < 0.5);
      case "ID":
        return JSON.stringify(encodeGlobalId("Skill", this.one(skills)));
      case "String":
        if (name === "role" || name === "roles" || name === "to") return JSON.stringify(this.one(roles));
        if (name === "project") return JSON.stringify(this.one(projects));
        if (name === "roadmap") return JSON.stringify(this.one(roadmaps));
        return JSON.stringify(this.one(this.random() < 0.9 ? skills : roles));
      default:
        return '"2027-01-04"';
    }
  }
}
