/** What is known of an operation beside its text. */
export interface AskedOperation {
  /** Its own name, if it has one. */
  readonly name: string | undefined;
  /** Deprecated fields and arguments that it asks for, such as `Project.brief` and `Query.explain(avoid:)`. */
  readonly deprecated: readonly string[];
}

/** How a request was answered. */
export interface Answered {
  readonly requestId: string;
  /** By which of the ways of `graphql/handler.ts`, as a stream of events that has ended, as a plan or an export, or as another page; or it was not let in. */
  readonly way: "stored" | "compiled" | "yoga" | "stream" | "file" | "page" | "refused";
  /** Unknown where Yoga answered, or none was read. */
  readonly operation: AskedOperation | undefined;
  readonly status: number;
  readonly ms: number;
}
