import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  NoSchemaIntrospectionCustomRule,
  OperationTypeNode,
  parse,
  specifiedRules,
  type ValidationRule,
  validate,
} from "graphql";
import { LRUCache } from "lru-cache";
import { withoutStack } from "../../api/core/without-stack.ts";
import { fragmentsOf, limitFault, operationLimits, type Size, sizeOf } from "../../api/operation-limits.ts";
import type { AskedOperation } from "../answered.ts";
import { quotingError, RequestRefused } from "../graphql/errors.ts";
import {
  BYTES_PER_FIELD,
  BYTES_PER_TOKEN,
  MAX_COMPILED_BYTES,
  MAX_COMPILED_VARIANTS,
  MAX_DOCUMENT_TOKENS,
  MAX_DOCUMENTS_BYTES,
  MAX_ERRORS,
} from "../limits.ts";
import { AskedAgain } from "./asked-again.ts";
import { type CompiledOperation, compileOperation } from "./compile-operation.ts";
import { ConstantSelections, type KeyOf } from "./constant-selections.ts";
import { deprecatedIn } from "./deprecated-fields.ts";
import { scanDocument } from "./document-scan.ts";
import { EntityTexts, type RowSourceOf } from "./entity-texts.ts";
import { type Access, accessOf } from "./needed-scopes.ts";
import type { KeptTexts } from "./operation-compiler.ts";
import { OwnerTexts } from "./owner-texts.ts";
import { UnconditionalSubscriptionsRule } from "./unconditional-subscriptions.ts";
import { type CoercedVariables, variableCoercion, variableValues } from "./variable-values.ts";
import { pricedBy, type VariablesRead, variablesRead } from "./variables-read.ts";

/** For how many values of its variables the sizes of an operation are kept. */
const MAX_SIZES = 16;

const PARSE_FAILED = "GRAPHQL_PARSE_FAILED";
const VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED";

/** A text that was parsed and validated. */
export interface CheckedDocument {
  /** What it says, or what is wrong with its syntax. */
  readonly document: DocumentNode | GraphQLError;
  /** What is wrong with it by the schema. */
  readonly errors: readonly GraphQLError[];
}

/** The same with those of its operations that were asked for, by name. */
interface KnownDocument extends CheckedDocument {
  readonly tokens: number;
  readonly operations: Map<string, Operation>;
}

/** An operation of a checked document. */
interface Operation extends Access, VariablesRead, CoercedVariables {
  readonly document: DocumentNode;
  readonly asked: AskedOperation;
  /** What it cost with variables that lately came, by what prices read of them. */
  readonly sizes: Map<string, Size>;
  /** How large it is, as far as that does not depend on variables. */
  readonly size: Size;
  /** Of a query: for each way in which the conditions were decided, what the compiled operation is kept under. */
  readonly variants: Map<string, Variant>;
}

/** Selected fields, which a compiled operation takes memory for. */
type Variant = Pick<Size, "fields">;

/** A query that can be executed. */
export interface PreparedQuery extends Access {
  readonly asked: AskedOperation;
  readonly run: CompiledOperation;
  readonly variables: Readonly<Record<string, unknown>>;
  /** How large it is, and so what it costs at most. */
  readonly size: Size;
}

/** A mutation that is checked. */
export interface MutationAsked extends Pick<Access, "scopes"> {
  /** What it costs at most with these variables. Throws `RequestRefused` where it does not take them. */
  readonly costOf: (values: Readonly<Record<string, unknown>>) => number;
}

/**
 * Operations by their text: parsed, validated and compiled once, whoever executes them. Bounded by what they take in
 * memory, counted by tokens; the least recently used are forgotten first, and before them what was asked only once.
 */
export class OperationCache {
  readonly #schema: GraphQLSchema;
  readonly #rules: readonly ValidationRule[];
  readonly #hideSuggestions: boolean;
  readonly #kept: KeptTexts;
  readonly #documents = new AskedAgain<string, KnownDocument>({
    maxSize: MAX_DOCUMENTS_BYTES,
    sizeOf: ({ tokens }, text) => 2 * text.length + BYTES_PER_TOKEN * (tokens + 1),
    onForgotten: (document) => this.#forgetCompiled(document),
  });
  readonly #compiled = new LRUCache<Variant, CompiledOperation>({
    maxSize: MAX_COMPILED_BYTES,
    sizeCalculation: (_, { fields }) => BYTES_PER_FIELD * (fields + 1),
  });

  /**
   * `keyOf` numbers the entities that are written once for a revision, `rowSourceOf` is what their rows are read through. Without `introspection`, neither
   * questions about the schema nor errors say what is in it.
   */
  constructor(schema: GraphQLSchema, keyOf: KeyOf, rowSourceOf: RowSourceOf, introspection = true) {
    this.#schema = schema;
    this.#rules = [
      ...specifiedRules,
      operationLimits,
      UnconditionalSubscriptionsRule,
      ...(introspection ? [] : [NoSchemaIntrospectionCustomRule]),
    ];
    this.#hideSuggestions = !introspection;
    this.#kept = {
      constants: new ConstantSelections(keyOf),
      owners: new OwnerTexts(),
      entities: new EntityTexts(keyOf, rowSourceOf),
    };
  }

  /** Whether a document need not be parsed and validated again. */
  knows(text: string): boolean {
    return this.#documents.has(text);
  }

  /** Parses and validates a document. */
  check(text: string): CheckedDocument {
    return this.#known(text);
  }

  /**
   * Compiles the query of a name, "" for the only one. `undefined` when the text has no such query; Yoga tells the client
   * why. Throws `RequestRefused` when the text is not valid, or does not take these variables.
   */
  prepare(
    text: string,
    operationName: string,
    values: Readonly<Record<string, unknown>>,
  ): PreparedQuery | undefined {
    const query = this.#operation(text, operationName, OperationTypeNode.QUERY);
    if (query === undefined) return undefined;
    const variables = variableValues(this.#schema, query, values, this.#hideSuggestions);
    const size = this.#sizeOf(query, variables);
    const { asked, scopes, isShared } = query;
    return { asked, scopes, isShared, run: this.#compile(query, variables), variables, size };
  }

  /** What the mutation of a name takes; see `prepare`. It is not compiled: there is nothing in it to win. */
  mutation(text: string, operationName: string): MutationAsked | undefined {
    const mutation = this.#operation(text, operationName, OperationTypeNode.MUTATION);
    if (mutation === undefined) return undefined;
    const costOf = (values: Readonly<Record<string, unknown>>) =>
      this.#sizeOf(mutation, variableValues(this.#schema, mutation, values, this.#hideSuggestions)).cost;
    return { scopes: mutation.scopes, costOf };
  }

  /** The subscription of a name, checked, and what each of its events costs at most; see `prepare`. */
  subscription(
    text: string,
    operationName: string,
    values: Readonly<Record<string, unknown>>,
  ): Pick<Operation, "document" | "asked" | "size" | "scopes"> | undefined {
    const subscription = this.#operation(text, operationName, OperationTypeNode.SUBSCRIPTION);
    if (subscription === undefined) return undefined;
    const size = this.#sizeOf(
      subscription,
      variableValues(this.#schema, subscription, values, this.#hideSuggestions),
    );
    return { ...subscription, size };
  }

  #operation(text: string, name: string, type: OperationTypeNode): Operation | undefined {
    const known = this.#known(text);
    let operation = known.operations.get(name);
    if (operation === undefined) {
      operation = operationOf(this.#schema, known, name, type);
      if (operation !== undefined) known.operations.set(name, operation);
    }
    return operation?.definition.operation === type ? operation : undefined;
  }

  /** How large a query is with these variables. Throws `RequestRefused` where that is too large. */
  #sizeOf(
    { document, definition, isSizedByVariables, pricing, size, sizes }: Operation,
    variables: Readonly<Record<string, unknown>>,
  ): Size {
    if (!isSizedByVariables) return size;
    const read = pricedBy(pricing, variables);
    const before = read === undefined ? undefined : sizes.get(read);
    if (before !== undefined) return before;
    const sized = sizeOf(definition, { schema: this.#schema, fragments: fragmentsOf(document), variables });
    const fault = limitFault(definition, sized);
    if (fault !== undefined) throw new RequestRefused([fault]);
    if (read !== undefined) {
      if (sizes.size === MAX_SIZES) sizes.clear();
      sizes.set(read, sized);
    }
    return sized;
  }

  #known(text: string): KnownDocument {
    let known = this.#documents.get(text);
    if (known === undefined) {
      const { tokens, fault } = scanDocument(text);
      const operations = new Map<string, Operation>();
      if (fault !== undefined) return { document: tooLarge(fault), errors: [], tokens, operations };
      known = { ...this.#check(text), tokens, operations };
      this.#documents.set(text, known);
    }
    return known;
  }

  #check(text: string): CheckedDocument {
    // The errors are kept, and a stack keeps all that its functions know: 60 KB for each.
    return withoutStack(() => {
      try {
        const document = parse(text, { maxTokens: MAX_DOCUMENT_TOKENS });
        const errors = validate(this.#schema, document, this.#rules, {
          maxErrors: MAX_ERRORS,
          hideSuggestions: this.#hideSuggestions,
        });
        return { document, errors: errors.map((error) => quotingError(error, VALIDATION_FAILED)) };
      } catch (error) {
        if (error instanceof GraphQLError) return { document: quotingError(error, PARSE_FAILED), errors: [] };
        throw error;
      }
    });
  }

  /** Nothing else finds them. */
  #forgetCompiled({ operations }: KnownDocument): void {
    for (const { variants } of operations.values())
      for (const variant of variants.values()) this.#compiled.delete(variant);
  }

  #compile(
    { document, definition, conditions, size, variants }: Operation,
    variables: Readonly<Record<string, unknown>>,
  ): CompiledOperation {
    const decided = conditions.map((name) => variables[name]).join();
    let variant = variants.get(decided);
    if (variant === undefined) {
      variant = { fields: size.fields };
      if (variants.size < MAX_COMPILED_VARIANTS) variants.set(decided, variant);
    }
    let operation = this.#compiled.get(variant);
    if (operation === undefined) {
      operation = compileOperation(this.#schema, document, definition, variables, this.#kept);
      if (variants.has(decided)) this.#compiled.set(variant, operation);
    }
    return operation;
  }
}

/** The operation of a name and type. Throws `RequestRefused` for a document with faults. */
function operationOf(
  schema: GraphQLSchema,
  { document, errors }: CheckedDocument,
  name: string,
  type: OperationTypeNode,
): Operation | undefined {
  if (document instanceof GraphQLError) throw new RequestRefused([document]);
  const definition = getOperationAST(document, name === "" ? null : name);
  if (definition?.operation !== type) return undefined;
  if (errors.length > 0) throw new RequestRefused(errors);
  const size = sizeOf(definition, { schema, fragments: fragmentsOf(document), variables: undefined });
  const asked = { name: definition.name?.value, deprecated: deprecatedIn(schema, document) };
  const access = accessOf(schema, document, definition);
  return {
    document,
    definition,
    coerceQuickly: variableCoercion(schema, definition),
    asked,
    size,
    variants: new Map(),
    sizes: new Map(),
    ...access,
    ...variablesRead(document),
  };
}

/** The error for a document that is refused unread. */
function tooLarge(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: PARSE_FAILED, http: { status: 400 } } });
}
