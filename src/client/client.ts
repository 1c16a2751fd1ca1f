/** A shipped operation by its id, with the types of what it takes and gives. */
export type Operation<Result, Variables> = string & {
  /** Never there: it carries the types. */
  readonly types?: (variables: Variables) => Result;
};

export interface ClientOptions {
  /** Where the server is, such as http://127.0.0.1:4000. */
  readonly url: string;
  /** Sent with each request. One with `authorization` is never stored by caches. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What fetches; absent: the global one. */
  readonly fetch?: typeof fetch;
}

export interface Client {
  /**
   * Asks an operation. Outcomes that the schema has a type for, such as `NotFoundError`, are results: tell them apart by
   * `__typename`. Rejects with a `RequestError` for all other errors, and with what `fetch` rejects with.
   */
  ask<Result, Variables>(
    operation: Operation<Result, Variables>,
    variables: Variables,
    options?: { readonly signal?: AbortSignal },
  ): Promise<Result>;
}

/** A question that was not answered. */
export class RequestError extends Error {
  override readonly name = "RequestError";
  /** The status of HTTP. */
  readonly status: number;
  /** The code of the first error, such as `BAD_USER_INPUT` or `TOO_BUSY`, where there is one. */
  readonly code: string | undefined;
  /** In how many seconds to ask again, where the server says so. */
  readonly retryAfter: number | undefined;

  constructor(message: string, status: number, code?: string, retryAfter?: number) {
    super(message);
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

/** Longer links are not passed on by everybody: then the question is posted, and no cache on the way can answer it. */
const MAX_LINK_LENGTH = 2_000;

interface Answer<Result> {
  readonly data?: Result | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

/** A client of a server. It holds nothing: HTTP caches what it may. */
export function createClient({ url, headers, fetch: fetched = fetch }: ClientOptions): Client {
  const endpoint = `${url.replace(/\/+$/, "")}/graphql`;
  return {
    async ask<Result, Variables>(
      operation: Operation<Result, Variables>,
      variables: Variables,
      { signal }: { readonly signal?: AbortSignal } = {},
    ) {
      const question = new URLSearchParams({ documentId: operation, variables: JSON.stringify(variables) });
      const link = `${endpoint}?${question}`;
      const accept = { accept: "application/graphql-response+json", ...headers };
      const response = await (link.length <= MAX_LINK_LENGTH
        ? fetched(link, { headers: accept, signal })
        : fetched(endpoint, {
            method: "POST",
            headers: { "content-type": "application/json", ...accept },
            body: JSON.stringify({ documentId: operation, variables }),
            signal,
          }));
      const { status } = response;
      const answer = parsed<Result>(await response.text());
      const [error] = answer.errors ?? [];
      if (answer.data && !error) return answer.data;
      const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
      throw new RequestError(
        error?.message ?? `Expected an answer of GraphQL, got status ${status}.`,
        status,
        error?.extensions?.code,
        Number.isNaN(seconds) ? undefined : seconds,
      );
    },
  };
}

/** What answers without being the server, such as a proxy, may send anything. The operation says what the server sends. */
function parsed<Result>(text: string): Answer<Result> {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}
