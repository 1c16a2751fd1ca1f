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
import { MAX_COMPILED_OPERATIONS, MAX_DOCUMENT_TOKENS } from "../limits.ts";
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

/** An operation of a checked document, with the variables that its `@skip` and `@include` read. */
interface Query {
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
  readonly conditions: readonly string[];
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
  readonly #documents = new LRUCache<string, CheckedDocument>({ max: MAX_COMPILED_OPERATIONS });
  /** `false` where there is no valid query of the name. */
  readonly #queries = new LRUCache<string, Query | false>({ max: MAX_COMPILED_OPERATIONS });
  readonly #compiled = new LRUCache<string, CompiledOperation>({ max: MAX_COMPILED_OPERATIONS });

  /** `keyOf` numbers the entities whose constant fields are written once for a revision. */
  constructor(schema: GraphQLSchema, keyOf: KeyOf) {
    this.#schema = schema;
    this.#constants = new ConstantSelections(keyOf);
  }

  /** Parses and validates a document. */
  check(text: string): CheckedDocument {
    let checked = this.#documents.get(text);
    if (checked === undefined) {
      checked = this.#checkAnew(text);
      this.#documents.set(text, checked);
    }
    return checked;
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
    // With its length, so that no name followed by a text is taken for another name and text.
    const key = `${operationName.length} ${operationName} ${text}`;
    let query = this.#queries.get(key);
    if (query === undefined) {
      query = this.#find(text, operationName);
      this.#queries.set(key, query);
    }
    if (query === false) return undefined;
    const { definition } = query;
    const { coerced } = getVariableValues(this.#schema, definition.variableDefinitions ?? [], values, {
      maxErrors: 1,
    });
    if (coerced === undefined) return undefined;
    return { name: definition.name?.value, run: this.#compile(key, query, coerced), variables: coerced };
  }

  #checkAnew(text: string): CheckedDocument {
    try {
      const document = parse(text, { maxTokens: MAX_DOCUMENT_TOKENS });
      return { document, errors: validate(this.#schema, document, RULES) };
    } catch (error) {
      if (error instanceof GraphQLError) return { document: error, errors: [] };
      throw error;
    }
  }

  #find(text: string, name: string): Query | false {
    const { document, errors } = this.check(text);
    if (document instanceof GraphQLError || errors.length > 0) return false;
    const definition = getOperationAST(document, name === "" ? null : name);
    if (definition?.operation !== "query") return false;
    return { document, definition, conditions: conditionVariables(document) };
  }

  /** One compiled operation for each way in which its conditions are decided. */
  #compile(
    key: string,
    { document, definition, conditions }: Query,
    variables: Readonly<Record<string, unknown>>,
  ): CompiledOperation {
    const whole = conditions.length === 0 ? key : `${key} ${conditions.map((name) => variables[name])}`;
    let compiled = this.#compiled.get(whole);
    if (compiled === undefined) {
      compiled = compileOperation(this.#schema, document, definition, variables, this.#constants);
      this.#compiled.set(whole, compiled);
    }
    return compiled;
  }
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
