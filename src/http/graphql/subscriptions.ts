import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import {
  createSourceEventStream,
  type DocumentNode,
  execute,
  GraphQLError,
  type GraphQLSchema,
} from "graphql";
import { LRUCache } from "lru-cache";
import type { ApiRequest } from "../../api/context.ts";
import type { Following } from "../../api/follow.ts";
import { inTurn } from "../../workers/slices.ts";
import type { Viewers } from "../access/viewers.ts";
import type { AskedOperation } from "../answered.ts";
import { Audience } from "../audience.ts";
import { payForNew } from "../cost.ts";
import type { OperationCache } from "../execution/operation-cache.ts";
import type { Gate } from "../gate.ts";
import {
  MAX_SHARED_EVENTS,
  MAX_STREAMS,
  MAX_STREAMS_PER_CLIENT,
  STREAM_PAUSE_MS,
  STREAM_RETRY_SECONDS,
} from "../limits.ts";
import { readRevisionNumber } from "../min-revision.ts";
import { sendPage } from "../page.ts";
import { requestIdOf } from "../request-id.ts";
import { answerOfErrors, type MaskError, RequestRefused, unavailableError } from "./errors.ts";
import { EventStream } from "./event-stream.ts";
import type { AnswerAt } from "./handler.ts";
import { JSON_TYPE } from "./media-types.ts";
import { costOfReading, isLarge } from "./paid-body.ts";
import type { PersistedOperations } from "./persisted.ts";
import { isPersonal, type OperationRequest } from "./request.ts";

export interface SubscriptionOptions {
  readonly schema: GraphQLSchema;
  readonly operations: OperationCache;
  readonly persisted: PersistedOperations;
  readonly gate: Gate;
  readonly viewers: Viewers;
  readonly maskError: MaskError;
  /** Whether errors may suggest what the schema has. */
  readonly introspection?: boolean;
  readonly answerAt: AnswerAt;
  /** The revision that an event is answered at. */
  readonly revision: () => number;
  /** What the field that is subscribed to is asked with. */
  readonly followingContext: (
    request: ApiRequest & { readonly work: AbortController },
    lastSeen: number | undefined,
  ) => Following;
}

/** What a client is subscribed to. */
interface Subscribed {
  readonly request: IncomingMessage;
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  readonly variables: Record<string, unknown> | undefined;
  /** What each event costs at most. */
  readonly cost: number;
  /** Who has the same one gets the same events; absent where they are for nobody else. */
  readonly key: string | undefined;
  readonly signal: AbortSignal;
}

/**
 * Answers subscriptions, each as a stream of events. Nothing waits here for a client: the next event is asked for when the
 * client has read the one before. Streams end when the client leaves or the server stops; whoever comes back with the id
 * of its last event misses nothing, on another server either.
 */
export class Subscriptions {
  readonly #options: SubscriptionOptions;
  readonly #open = new Map<AbortController, string>();
  readonly #shared = new LRUCache<string, Promise<string | undefined>>({ max: MAX_SHARED_EVENTS });
  #isStopping = false;

  constructor(options: SubscriptionOptions) {
    this.#options = options;
  }

  /** Ends all streams, and begins no more. */
  stop(): void {
    this.#isStopping = true;
    for (const work of this.#open.keys()) work.abort();
  }

  /**
   * Answers a subscription, and resolves with what was asked when its stream has ended, or nothing was streamed because of
   * a fault, which the client was told. `undefined` where something else is asked for.
   */
  async answer(
    request: IncomingMessage,
    response: ServerResponse,
    source: string,
    read: (source: string) => OperationRequest,
  ): Promise<AskedOperation | undefined> {
    const { gate, viewers, persisted, operations, maskError } = this.#options;
    const { work } = new Audience(response);
    let isMine = false;
    try {
      const waits = await gate.charge(request, isLarge(source.length) ? 0 : costOfReading(source.length));
      const { text, operationName, variables, found } = await inTurn(
        () => {
          work.signal.throwIfAborted();
          const asked = read(source);
          const { operationName, variables } = asked;
          const text = persisted.textOf(asked, gate.clientOf(request));
          payForNew(gate, request, operations, text);
          const found = operations.subscription(text, operationName ?? "", variables ?? {});
          return { text, operationName, variables, found };
        },
        waits,
        work.signal,
      );
      if (found === undefined) return undefined;
      isMine = true;
      viewers.admit(request, found.scopes);
      await gate.charge(request, found.size.cost);
      const { document, size, asked: what } = found;
      const key = isPersonal(request) ? undefined : JSON.stringify([text, operationName, variables]);
      this.#takePlace(work, gate.clientOf(request));
      await this.#stream(response, work, {
        ...{ request, document, operationName, variables, cost: size.cost, key, signal: work.signal },
      });
      return what;
    } catch (error) {
      if (response.headersSent) {
        // The client comes back, and goes on from its last event.
        maskError(error, requestIdOf(request));
        response.destroy();
      } else if (error instanceof RequestRefused) refuse(request, response, error.errors);
      else if (error instanceof GraphQLError && error.extensions.code !== undefined)
        refuse(request, response, [error]);
      else refuse(request, response, [maskError(error, requestIdOf(request))]);
      return isMine || response.headersSent ? { name: undefined, deprecated: [] } : undefined;
    } finally {
      this.#open.delete(work);
    }
  }

  /** Counts a stream. Throws a `GraphQLError` where there are too many. */
  #takePlace(work: AbortController, client: string): void {
    if (this.#isStopping) throw tooMany(503, "This server is about to stop: subscribe again.");
    if (this.#open.size >= MAX_STREAMS)
      throw tooMany(503, `Expected at most ${MAX_STREAMS} subscriptions at once, got more.`);
    let own = 0;
    for (const other of this.#open.values()) if (other === client) own++;
    if (own >= MAX_STREAMS_PER_CLIENT)
      throw tooMany(
        429,
        `Expected at most ${MAX_STREAMS_PER_CLIENT} subscriptions of one client at once, got more. End some first.`,
      );
    this.#open.set(work, client);
  }

  async #stream(response: ServerResponse, work: AbortController, subscribed: Subscribed): Promise<void> {
    const { schema, viewers, followingContext, introspection = true, maskError } = this.#options;
    const { request, document, operationName, variables: variableValues, signal } = subscribed;
    const { headers } = request;
    const id = headers["last-event-id"];
    const lastSeen = id === undefined ? undefined : readRevisionNumber("Last-Event-ID", String(id));
    const following = followingContext({ headers, viewer: viewers.of(request), work }, lastSeen);
    const events = await createSourceEventStream({
      ...{ schema, document, operationName, variableValues, contextValue: following.context },
      hideSuggestions: !introspection,
    });
    if (!(Symbol.asyncIterator in events))
      throw new RequestRefused((events.errors ?? []).map((error) => maskError(error, requestIdOf(request))));
    const stream = new EventStream(request, response, following.from);
    for await (const event of events) {
      // A token may have expired, or a key may have been taken back, since the event before.
      if (isPersonal(request)) {
        await viewers.identify(request);
        viewers.admitReader(request);
      }
      const result = await this.#resultOf(subscribed, event);
      if (result === undefined) break;
      await stream.send(idOf(event), result, signal);
      if (signal.aborted) break;
    }
    stream.end(!signal.aborted);
  }

  /** What a client gets of an event, as JSON; `undefined` when it has left before. */
  async #resultOf(subscribed: Subscribed, event: unknown): Promise<string | undefined> {
    const { request, key, cost, signal } = subscribed;
    const { gate, revision } = this.#options;
    // An event is late rather than lost: where there is no cost left for it, and while the database does not answer.
    for (let isCharged = false; !signal.aborted; ) {
      try {
        if (!isCharged) await gate.charge(request, cost);
        isCharged = true;
        const name = key && `${revision()} ${idOf(event)} ${key}`;
        const result = await (name === undefined
          ? this.#execute(subscribed, event)
          : this.#sharedBy(name, () => this.#execute(subscribed, event)));
        if (result !== undefined) return result;
      } catch (error) {
        if (isCharged) throw error;
      }
      await sleep(STREAM_PAUSE_MS, undefined, { signal }).catch(() => {});
    }
    return undefined;
  }

  #sharedBy(name: string, make: () => Promise<string | undefined>): Promise<string | undefined> {
    let result = this.#shared.get(name);
    if (result === undefined) {
      result = make();
      this.#shared.set(name, result);
      const forget = () => this.#shared.delete(name);
      result.then((made) => made ?? forget(), forget);
    }
    return result;
  }

  /** `undefined`: the database does not answer. */
  async #execute(
    { request, document, operationName, variables: variableValues }: Subscribed,
    event: unknown,
  ): Promise<string | undefined> {
    const { schema, viewers, answerAt, introspection = true, maskError } = this.#options;
    const from = { headers: request.headers, viewer: viewers.of(request) };
    try {
      const { data, errors = [] } = await answerAt(from, async (contextValue) =>
        execute({
          ...{ schema, document, operationName, variableValues, contextValue, rootValue: event },
          hideSuggestions: !introspection,
        }),
      );
      if (errors.length === 0) return JSON.stringify({ data });
      if (errors.some((error) => unavailableError(error) !== undefined)) return undefined;
      const masked = errors.map((error) => maskError(error, requestIdOf(request)));
      return answerOfErrors(masked, JSON.stringify(data ?? null), false).text;
    } catch (error) {
      if (unavailableError(error) === undefined) throw error;
      return undefined;
    }
  }
}

/** Events of the graph are revisions, known by their numbers. */
function idOf(event: unknown): number | undefined {
  if (typeof event !== "object" || event === null || !("number" in event)) return undefined;
  return typeof event.number === "number" ? event.number : undefined;
}

function tooMany(status: number, message: string): GraphQLError {
  const headers = { "retry-after": String(STREAM_RETRY_SECONDS) };
  return new GraphQLError(message, { extensions: { code: "TOO_MANY_STREAMS", http: { status, headers } } });
}

/** Nothing was streamed: the client is told as of other requests that are not executed. */
function refuse(request: IncomingMessage, response: ServerResponse, errors: readonly GraphQLError[]): void {
  const { text, status, headers } = answerOfErrors(errors, undefined, true);
  const all = [...headers, "cache-control", "no-store"];
  const type = `${JSON_TYPE}; charset=utf-8`;
  sendPage(request, response, { status: status === 200 ? 400 : status, type, body: text, headers: all });
}
