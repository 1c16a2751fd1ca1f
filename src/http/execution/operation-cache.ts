import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  parse,
  specifiedRules,
  validate,
  visit,
} from "graphql";
import { LRUCache } from "lru-cache";
import { operationLimits } from "../../api/operation-limits.ts";
import { MAX_COMPILED_OPERATIONS, MAX_COMPILED_VARIANTS, MAX_DOCUMENT_TOKENS } from "../limits.ts";
import { type CompiledOperation, compileOperation } from "./compile-operation.ts";
import { ConstantSelections, type KeyOf } from "./constant-selections.ts";

const RULES = [...specifiedRules, operationLimits];

/** A text that was parsed and validated. */
export interface CheckedDocument {
  /** What it says, or what is wrong with its syntax. */
  readonly document: DocumentNode | GraphQLError;
  /** What is wrong with it by the schema. */
  readonly errors: readonly GraphQLError[];
}

/** The same with those of its queries that were asked for, by name. */
interface KnownDocument extends CheckedDocument {
  readonly queries: Map<string, Query>;
}

/** A query of a checked document. */
interface Query {
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
  /** The variables that its `@skip` and `@include` read. */
  readonly conditions: readonly string[];
  /** One compiled operation for each way in which the conditions were decided. */
  readonly compiled: Map<string, CompiledOperation>;
}

/** A query that can be executed. */
export interface PreparedQuery {
  /** The operation's own name, if it has one. */
  readonly name: string | undefined;
  readonly run: CompiledOperation;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Operations by their text: parsed, validated and compiled once, whoever executes them. */
export class OperationCache {
  readonly #schema: GraphQLSchema;
  readonly #constants: ConstantSelections;
  readonly #documents = new LRUCache<string, KnownDocument>({ max: MAX_COMPILED_OPERATIONS });

  /** `keyOf` numbers the entities whose constant fields are written once for a revision. */
  constructor(schema: GraphQLSchema, keyOf: KeyOf) {
    this.#schema = schema;
    this.#constants = new ConstantSelections(keyOf);
  }

  /** Parses and validates a document. */
  check(text: string): CheckedDocument {
    return this.#known(text);
  }

  /**
   * Compiles the query of a name, "" for the only one. `undefined` when the text has no such query, is not valid, or does
   * not take these variables; Yoga tells the client which.
   */
  prepare(
    text: string,
    operationName: string,
    values: Readonly<Record<string, unknown>>,
  ): PreparedQuery | undefined {
    const known = this.#known(text);
    const query = known.queries.get(operationName) ?? queryOf(known, operationName);
    if (query === undefined) return undefined;
    known.queries.set(operationName, query);
    const { definition } = query;
    const { coerced } = getVariableValues(this.#schema, definition.variableDefinitions ?? [], values, {
      maxErrors: 1,
    });
    if (coerced === undefined) return undefined;
    return { name: definition.name?.value, run: this.#compile(query, coerced), variables: coerced };
  }

  #known(text: string): KnownDocument {
    let known = this.#documents.get(text);
    if (known === undefined) {
      known = { ...this.#check(text), queries: new Map() };
      this.#documents.set(text, known);
    }
    return known;
  }

  #check(text: string): CheckedDocument {
    try {
      const document = parse(text, { maxTokens: MAX_DOCUMENT_TOKENS });
      return { document, errors: validate(this.#schema, document, RULES) };
    } catch (error) {
      if (error instanceof GraphQLError) return { document: error, errors: [] };
      throw error;
    }
  }

  #compile(
    { document, definition, conditions, compiled }: Query,
    variables: Readonly<Record<string, unknown>>,
  ): CompiledOperation {
    const decided = conditions.map((name) => variables[name]).join();
    let operation = compiled.get(decided);
    if (operation === undefined) {
      operation = compileOperation(this.#schema, document, definition, variables, this.#constants);
      if (compiled.size < MAX_COMPILED_VARIANTS) compiled.set(decided, operation);
    }
    return operation;
  }
}

function queryOf({ document, errors }: CheckedDocument, name: string): Query | undefined {
  if (document instanceof GraphQLError || errors.length > 0) return undefined;
  const definition = getOperationAST(document, name === "" ? null : name);
  if (definition?.operation !== "query") return undefined;
  return { document, definition, conditions: conditionVariables(document), compiled: new Map() };
}

/** The variables that `@skip` and `@include` read, in alphabetical order. O(document). */
function conditionVariables(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Directive: ({ name, arguments: args = [] }) => {
      if (name.value !== "skip" && name.value !== "include") return;
      for (const { value } of args) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names].sort();
}
