import { collectFields, collectSubFields, inspect } from "@graphql-tools/utils";
import {
  defaultFieldResolver,
  defaultTypeResolver,
  type FieldNode,
  type GraphQLAbstractType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isNullableType,
  isObjectType,
  TypeNameMetaFieldDef,
} from "graphql";
import {
  absence,
  type Execution,
  FieldInfo,
  fieldError,
  isAbsent,
  isPromiseLike,
  type Operation,
  type Place,
  takeRoom,
  type Write,
} from "./answer-text.ts";
import { argumentReader } from "./argument-values.ts";
import type { ConstantSelections } from "./constant-selections.ts";
import { type EntityTexts, isOfRevision } from "./entity-texts.ts";
import { leafWriter } from "./leaf-writer.ts";
import { listWriter } from "./list-writer.ts";
import {
  entitiesOf,
  type Field,
  fieldOf,
  isOwnersOf,
  refusePromise,
  typeCheck,
  typeNameIn,
} from "./object-types.ts";
import type { OwnerTexts } from "./owner-texts.ts";
import { rootWriter } from "./root-writer.ts";

/** What was written of entities for a revision, shared by all operations. */
export interface KeptTexts {
  readonly constants: ConstantSelections;
  readonly owners: OwnerTexts;
  readonly entities: EntityTexts;
}

type Selected = ReadonlyMap<string, readonly FieldNode[]>;

const NO_ARGUMENTS: Record<string, unknown> = {};

/** Compiles what is selected into functions that write it. */
export class OperationCompiler {
  private readonly whole: Operation;
  private readonly variables: Readonly<Record<string, unknown>>;
  private readonly kept: KeptTexts;
  /** How many fields take arguments, each of which has an entry in what an execution keeps. */
  private argumentFields = 0;

  constructor(whole: Operation, variables: Readonly<Record<string, unknown>>, kept: KeptTexts) {
    this.whole = whole;
    this.variables = variables;
    this.kept = kept;
  }

  /** Writes what the operation selects of the root type. */
  root(type: GraphQLObjectType): Write {
    const { schema, fragments, operation } = this.whole;
    const { fields } = collectFields(schema, fragments, this.variables, type, operation.selectionSet);
    return rootWriter(this.fields(type, fields, undefined, 0));
  }

  /** Writes the fields that are selected of an object. */
  private selection(
    parentType: GraphQLObjectType,
    selected: Selected,
    parent: Place | undefined,
    depth: number,
  ): Write {
    const { whole } = this;
    const writers = this.fields(parentType, selected, parent, depth);
    const write: Write = (source, to) => {
      takeRoom(to.execution, writers.length);
      if (writers.length === 0) to.text += "{";
      for (let f = 0; f < writers.length; f++) writers[f]!(source, to);
      to.text += "}";
    };
    const constant = this.constantSelection(parentType, selected);
    if (constant !== undefined) return this.kept.constants.writer(constant, write);
    return isOfRevision(whole, parentType, selected.values()) ? this.kept.entities.writer(write) : write;
  }

  /** For each selected field what writes it, with what is before it. */
  private fields(
    parentType: GraphQLObjectType,
    selected: Selected,
    parent: Place | undefined,
    depth: number,
  ): Write[] {
    const { whole } = this;
    const writers: Write[] = [];
    for (const [key, nodes] of selected) {
      const field = fieldOf(whole.schema, parentType, nodes[0]!.name.value);
      const before = `${writers.length === 0 ? "{" : ","}${JSON.stringify(key)}:`;
      if (field === TypeNameMetaFieldDef) {
        const text = `${before}${JSON.stringify(parentType.name)}`;
        writers.push((_source, to) => {
          to.text += text;
        });
      } else {
        const { name: fieldName, type } = field;
        const place: Place = { parent, parentType, fieldName, key, type, nodes, depth, whole };
        writers.push(this.field(field, place, before));
      }
    }
    return writers;
  }

  /** A name for what is selected of objects of a type, when that is nothing but constant fields. */
  private constantSelection(type: GraphQLObjectType, selected: Selected): string | undefined {
    const names: string[] = [];
    for (const [key, [node]] of selected) {
      const name = node!.name.value;
      const field = fieldOf(this.whole.schema, type, name);
      const isConstant = field.extensions.isConstant === true && field.args.length === 0;
      if (!isConstant && field !== TypeNameMetaFieldDef) return undefined;
      names.push(`${key}:${name}`);
    }
    return names.length === 0 ? undefined : `${type.name} ${names.join()}`;
  }

  /** Writes one field of an object, its key included. */
  private field(field: Field, place: Place, before: string): Write {
    const writeField = this.fieldAnew(field, place, before);
    const { ownersOf } = field.extensions;
    const { named, isList } = entitiesOf(field.type);
    if (!isOwnersOf(ownersOf) || field.args.length > 0 || named === undefined) return writeField;
    const { schema, fragments } = this.whole;
    const types = isAbstractType(named) ? schema.getPossibleTypes(named) : [named];
    const selections: string[] = [];
    for (const type of types) {
      const { fields } = collectSubFields(schema, fragments, this.variables, type, [...place.nodes]);
      const selection = this.constantSelection(type, fields);
      if (selection === undefined) return writeField;
      selections.push(selection);
    }
    const resolve = field.resolve ?? defaultFieldResolver;
    return this.kept.owners.writer(selections.join(" "), {
      before,
      isList,
      ownersOf,
      writeField,
      resolve: (source, { execution, item }) =>
        resolve(source, NO_ARGUMENTS, execution.context, new FieldInfo(place, execution, item)),
      writeEntity: this.nonNull(named, place, place.depth),
    });
  }

  private fieldAnew(field: Field, place: Place, before: string): Write {
    const write = this.value(field.type, place, place.depth);
    const isNullable = isNullableType(field.type);
    const resolve = field.resolve ?? defaultFieldResolver;
    const entry = field.args.length === 0 ? -1 : this.argumentFields++;
    const readArguments = argumentReader(field, place.nodes[0]!);
    // The same for all objects that the field is selected of.
    const argumentsOf = ({ args, variables }: Execution) => {
      args[entry] ??= readArguments(variables);
      return args[entry];
    };
    return (source, to) => {
      const { execution, item } = to;
      to.text += before;
      let value: unknown;
      try {
        const args = entry === -1 ? NO_ARGUMENTS : argumentsOf(execution);
        value = resolve(source, args, execution.context, new FieldInfo(place, execution, item));
      } catch (error) {
        const located = fieldError(error, place, item);
        if (!isNullable) throw located;
        to.text += to.nullFor(located);
        return;
      }
      if (isPromiseLike(value)) to.later(value, write, place, isNullable);
      else write(value, to);
    };
  }

  /** Writes the values of a type at a place; `depth` counts the lists around them. */
  private value(type: GraphQLOutputType, place: Place, depth: number): Write {
    if (isNonNullType(type)) return this.nonNull(type.ofType, place, depth);
    const write = this.nonNull(type, place, depth);
    return (value, to) => {
      if (value === null || value === undefined) to.text += "null";
      else to.nullable(value, write);
    };
  }

  /** Writes the values of a type where they may not be null. */
  private nonNull(type: GraphQLOutputType, place: Place, depth: number): Write {
    if (isLeafType(type)) return leafWriter(type, place);
    if (isListType(type)) {
      const write = this.value(type.ofType, place, depth + 1);
      return listWriter(write, place, depth + 1, type.ofType);
    }
    if (isObjectType(type)) return this.object(type, place, depth);
    if (isAbstractType(type)) return this.abstract(type, place, depth);
    throw new TypeError("expected a type that is not non-null once more");
  }

  /** Writes objects of a type. Compiled at the first one, since many types that are selected never occur. */
  private object(type: GraphQLObjectType, place: Place, depth: number): Write {
    const { schema, fragments } = this.whole;
    const isOne = type.isTypeOf == null ? undefined : typeCheck(type, place);
    let write: Write | undefined;
    return (value, to) => {
      if (write === undefined) {
        const { fields } = collectSubFields(schema, fragments, this.variables, type, [...place.nodes]);
        write = this.selection(type, fields, place, depth);
      }
      if (isAbsent(value)) throw absence(value, place, to.item);
      isOne?.(value, to);
      write(value, to);
    };
  }

  private abstract(type: GraphQLAbstractType, place: Place, depth: number): Write {
    const writers = new Map<unknown, Write>();
    for (const possible of this.whole.schema.getPossibleTypes(type))
      writers.set(possible.name, this.object(possible, place, depth));
    const typeOf = type.resolveType ?? defaultTypeResolver;
    return (value, to) => {
      const { execution, item } = to;
      if (isAbsent(value)) throw absence(value, place, item);
      let name: unknown = typeNameIn(value);
      if (name === undefined) {
        try {
          name = typeOf(value, execution.context, new FieldInfo(place, execution, item), type);
        } catch (error) {
          throw fieldError(error, place, item);
        }
      }
      const write = writers.get(name);
      if (write !== undefined) return write(value, to);
      refusePromise(name, type);
      const error = new Error(`Expected a type of ${type.name} for ${inspect(value)}, got ${inspect(name)}.`);
      throw fieldError(error, place, item);
    };
  }
}
