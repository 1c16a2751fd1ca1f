import {
  type DocumentNode,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  type OperationDefinitionNode,
  parse,
  specifiedRules,
  validate,
} from "graphql";
import { LRUCache } from "lru-cache";
import { operationLimits } from "../../api/operation-limits.ts";
import { MAX_COMPILED_OPERATIONS, MAX_DOCUMENT_TOKENS } from "../limits.ts";
import { type CompiledOperation, compileOperation } from "./compile-operation.ts";
import { ConstantSelections, type KeyOf } from "./constant-selections.ts";
import { conditionVariables } from "./selected-fields.ts";

const RULES = [...specifiedRules, operationLimits];

/** A query that was parsed and validated. */
interface ValidQuery {
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
  /** The variables that `@skip` and `@include` look at. */
  readonly conditions: readonly string[];
}

/** Operations by their text: parsed, validated and compiled once. */
export class OperationCache {
  private readonly schema: GraphQLSchema;
  private readonly constants: ConstantSelections;
  /** `undefined` marks those that are not for here. */
  private readonly queries = new LRUCache<string, { readonly valid: ValidQuery | undefined }>({
    max: MAX_COMPILED_OPERATIONS,
  });
  private readonly compiled = new LRUCache<string, CompiledOperation>({ max: MAX_COMPILED_OPERATIONS });

  constructor(schema: GraphQLSchema, keyOf: KeyOf) {
    this.schema = schema;
    this.constants = new ConstantSelections(keyOf);
  }

  /**
   * The answer of an operation as JSON, or `undefined` when it is no valid query, when its variables are not
   * what it takes, or when its answer has errors: graphql-js can tell which.
   */
  async execute(
    question: {
      readonly query: string;
      readonly operationName: string;
      readonly variables: Readonly<Record<string, unknown>>;
    },
    context: unknown,
    revision: number,
  ): Promise<string | undefined> {
    const { query, operationName } = question;
    // With its length, so that no name together with some text is taken for another name and text.
    const key = `${operationName.length} ${operationName} ${query}`;
    let entry = this.queries.get(key);
    if (entry === undefined) {
      entry = { valid: this.validate(query, operationName) };
      this.queries.set(key, entry);
    }
    const { valid } = entry;
    if (valid === undefined) return undefined;
    const definitions = valid.definition.variableDefinitions ?? [];
    const { coerced } = getVariableValues(this.schema, definitions, question.variables, { maxErrors: 1 });
    if (coerced === undefined) return undefined;
    try {
      return await this.compile(key, valid, coerced)(context, revision, coerced);
    } catch {
      // Executed again where faults are turned into answers.
      return undefined;
    }
  }

  /** One for each way in which the conditions of `@skip` and `@include` are settled. */
  private compile(
    key: string,
    { document, definition, conditions }: ValidQuery,
    variables: Readonly<Record<string, unknown>>,
  ): CompiledOperation {
    const whole = conditions.length === 0 ? key : `${key} ${conditions.map((name) => variables[name])}`;
    let compiled = this.compiled.get(whole);
    if (compiled === undefined) {
      compiled = compileOperation(this.schema, document, definition, variables, this.constants);
      this.compiled.set(whole, compiled);
    }
    return compiled;
  }

  private validate(query: string, name: string): ValidQuery | undefined {
    try {
      const document = parse(query, { maxTokens: MAX_DOCUMENT_TOKENS });
      const definition = getOperationAST(document, name === "" ? null : name);
      if (definition?.operation !== "query" || validate(this.schema, document, RULES).length > 0)
        return undefined;
      return { document, definition, conditions: conditionVariables(document) };
    } catch {
      // Somebody parses it again and says what is wrong with it.
      return undefined;
    }
  }
}
