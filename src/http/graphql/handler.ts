import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { GraphQLError } from "graphql";
import type { Logger } from "pino";
import type { ApiRequest } from "../../api/context.ts";
import { andThen } from "../../api/core/run.ts";
import { inTurn } from "../../workers/slices.ts";
import type { Viewers } from "../access/viewers.ts";
import type { Answered, AskedOperation } from "../answered.ts";
import { Audience } from "../audience.ts";
import { actualCost, answerInTurn, payForNew, settle, wantsCost } from "../cost.ts";
import type { OperationCache } from "../execution/operation-cache.ts";
import type { Gate } from "../gate.ts";
import { setDataHeaders } from "../page.ts";
import { requestIdHeader, requestIdOf } from "../request-id.ts";
import { answerOfErrors, type MaskError, RequestRefused, unavailableError } from "./errors.ts";
import {
  acceptsEvents,
  type Encoding,
  encodingFor,
  isJson,
  negotiate,
  RESPONSE_TYPE,
} from "./media-types.ts";
import { costOfReading, isLarge, paidBody } from "./paid-body.ts";
import type { PersistedOperations } from "./persisted.ts";
import { isPersonal, type OperationRequest, readBody, readUrl } from "./request.ts";
import {
  type Answer,
  compress,
  FOR_ONE,
  matches,
  NOT_STORED,
  plainAnswer,
  type StoredAnswer,
  StoredAnswers,
  storedAnswer,
} from "./stored-answers.ts";
import type { Subscriptions } from "./subscriptions.ts";

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => unknown;

/** Answers a request at one revision, with what its resolvers share: anew when the graph is written meanwhile. */
export type AnswerAt = <Result>(
  request: ApiRequest,
  answer: (context: object, revision: number) => Promise<Result>,
) => Promise<Result>;

export interface GraphqlOptions {
  readonly operations: OperationCache;
  readonly persisted: PersistedOperations;
  readonly answerAt: AnswerAt;
  /** The revision that a request starting now is answered at. */
  readonly revision: () => number;
  readonly maskError: MaskError;
  readonly gate: Gate;
  readonly viewers: Viewers;
  readonly subscriptions: Subscriptions;
  /** Answers mutations and rare media types. */
  readonly yoga: RequestHandler;
  readonly logger: Logger;
  /** Told of every answer. */
  readonly onAnswered?: ((answered: Answered) => void) | undefined;
}

/** An answer that is being worked out, and who waits for it. */
interface UnderWay {
  readonly audience: Audience;
  readonly answer: Promise<Answer | undefined>;
}

/** How an answer that is for everybody is sent, and the key by which it is kept; a large request has none. */
interface Shared {
  readonly key: string | undefined;
  readonly encoding: Encoding | undefined;
}

/** Reads a request from its text: the body of a POST or the URL of a GET. */
type Reader = (source: string) => OperationRequest;

/**
 * Answers requests to the GraphQL endpoint, in one of three ways:
 * 1. with stored bytes, when the same request was answered at this revision before;
 * 2. by the operation compiled once (see `execution/`); equal requests under way are executed once;
 * 3. through Yoga: mutations, and media types that are seldom asked for; subscriptions by streams of their own.
 *
 * A request with credentials is neither answered from, nor kept in, what others share.
 *
 * Why not Yoga alone: on a path of 60 steps its HTTP layer and graphql-js cost twenty times what the bytes of the answer
 * do (see `npm run bench`).
 */
export function createGraphqlHandler(options: GraphqlOptions): RequestHandler {
  const { operations, persisted, subscriptions, revision, gate, viewers, logger, onAnswered } = options;
  const answers = new StoredAnswers();
  const underWay = new Map<string, UnderWay>();
  let compilerFaults = 0;

  /**
   * Executes and, if the answer is shared, keeps it. `undefined`: for Yoga. In turn: many small answers at once would otherwise delay
   * everybody as long as a hard one does.
   */
  const execute = async (
    request: IncomingMessage,
    work: AbortController,
    mediaType: string,
    source: string,
    read: Reader,
    shared?: Shared,
  ): Promise<Answer | undefined> => {
    const failed = (errors: readonly GraphQLError[], data?: string, asked?: AskedOperation) => {
      const { text, status, headers } = answerOfErrors(errors, data, mediaType === RESPONSE_TYPE);
      return plainAnswer(asked, status, mediaType, text, [...NOT_STORED, ...headers]);
    };
    try {
      const waits = await gate.charge(request, isLarge(source.length) ? 0 : costOfReading(source.length));
      const query = await inTurn(
        () => {
          work.signal.throwIfAborted();
          const asked = read(source);
          const text = persisted.textOf(asked, gate.clientOf(request));
          payForNew(gate, request, operations, text);
          return operations.prepare(text, asked.operationName ?? "", asked.variables ?? {});
        },
        waits,
        work.signal,
      );
      if (query === undefined) return undefined;
      viewers.admit(request, query.scopes);
      // Not behind those that have come while it was read.
      const { cost } = query.size;
      const since = await gate.charge(request, cost, waits);
      const spent = { work: 0 };
      const paid = { request, work, cost, since };
      const { body, errors, written, at } = await answerInTurn(gate, paid, () => {
        const viewer = viewers.of(request);
        const asked = { headers: request.headers, viewer, work, spent, since };
        return options.answerAt(asked, async (context, revision) =>
          andThen(query.run(context, revision, query.variables), ({ data, errors, written }) => ({
            // At once: until then it is thousands of pieces of text, and others may be answered before it is sent.
            body: Buffer.from(`${BEFORE_DATA}${data}}`),
            ...{ errors, written, at: revision },
          })),
        );
      });
      const extensions = await settle(gate, request, query.size, actualCost(query.size, written, spent));
      if (errors.length > 0)
        return failed(
          errors.map((error) => options.maskError(error, requestIdOf(request))),
          dataOf(body),
          query.asked,
        );
      if (extensions !== undefined) {
        const told = `{"data":${dataOf(body)},"extensions":${JSON.stringify(extensions)}}`;
        return plainAnswer(query.asked, 200, mediaType, told, NOT_STORED);
      }
      if (shared === undefined || !query.isShared)
        return plainAnswer(query.asked, 200, mediaType, body, FOR_ONE);
      const { key, encoding } = shared;
      const sent = encoding === undefined ? { body } : await compress(body, encoding);
      const answer = storedAnswer(query.asked, at, mediaType, sent);
      if (key !== undefined) answers.set(at, key, answer);
      return answer;
    } catch (error) {
      if (error instanceof RequestRefused) return failed(error.errors);
      if (error instanceof GraphQLError) return failed([error]);
      if (unavailableError(error) !== undefined)
        return failed([options.maskError(error, requestIdOf(request))]);
      // A fault of the compiler, for which Yoga has graphql-js.
      const requestId = requestIdOf(request);
      logger.error({ err: error, requestId, compilerFaults: ++compilerFaults }, "compiled operation failed");
      return undefined;
    }
  };

  const tell = (
    way: Answered["way"],
    operation: AskedOperation | undefined,
    request: IncomingMessage,
    response: ServerResponse,
    begun: number,
  ) =>
    onAnswered?.({
      ...{ requestId: requestIdOf(request), way, operation },
      ...{ status: response.statusCode, ms: performance.now() - begun },
    });

  /** Answers what the short ways do not: a subscription by a stream, all else by Yoga. */
  const askOther = async (
    request: IncomingMessage,
    response: ServerResponse,
    source: string,
    read: Reader,
    begun: number,
  ) => {
    if (request.method !== "HEAD" && acceptsEvents(request.headers.accept)) {
      const operation = await subscriptions.answer(request, response, source, read);
      if (operation !== undefined) return tell("stream", operation, request, response, begun);
    }
    return askYoga(request, response, begun, source);
  };

  const askYoga = (request: IncomingMessage, response: ServerResponse, begun: number, source?: string) => {
    // Where a body parser leaves a body that was read already. As a stream: Yoga lists the keys of what it finds here, and
    // a text has one for each letter, which takes a third of a second of the longest.
    if (source !== undefined && !isRead(request))
      Object.assign(request, { body: Readable.from([Buffer.from(source)]) });
    if (onAnswered) response.once("finish", () => tell("yoga", undefined, request, response, begun));
    setDataHeaders(request, response);
    if (isPersonal(request)) response.setHeader(...FOR_ONE);
    return options.yoga(request, response);
  };

  const respond = async (
    request: IncomingMessage,
    response: ServerResponse,
    source: string,
    read: Reader,
    begun: number,
  ) => {
    const mediaType = negotiate(request.headers.accept);
    if (mediaType === undefined) return askOther(request, response, source, read, begun);
    const run = ({ work }: Audience, shared?: Shared) =>
      execute(request, work, mediaType, source, read, shared);
    const encoding = encodingFor(request.headers["accept-encoding"]);
    let answer: Answer | undefined;
    if (isPersonal(request) || wantsCost(request)) answer = await run(new Audience(response));
    else if (isLarge(source.length)) answer = await run(new Audience(response), { key: undefined, encoding });
    else {
      const at = revision();
      // A body that reads like the URL of a GET asks for something else.
      const key = `${isRead(request)} ${mediaType} ${encoding} ${source}`;
      const stored = answers.get(at, key);
      if (stored !== undefined) {
        send(request, response, stored, gate);
        return tell("stored", stored.operation, request, response, begun);
      }
      // A request that comes after a write must not be answered by what began before it.
      const keyNow = `${at} ${key}`;
      const before = underWay.get(keyNow);
      if (before !== undefined && !before.audience.work.signal.aborted) {
        before.audience.add(response);
        answer = await before.answer;
        // The client that asked first had nothing left; this one may have.
        if (answer?.status === 429) answer = await run(new Audience(response), { key, encoding });
      } else {
        const audience = new Audience(response);
        const own = { audience, answer: run(audience, { key, encoding }) };
        underWay.set(keyNow, own);
        try {
          answer = await own.answer;
        } finally {
          if (underWay.get(keyNow) === own) underWay.delete(keyNow);
        }
      }
    }
    if (answer === undefined) return askOther(request, response, source, read, begun);
    send(request, response, answer, gate);
    tell("compiled", answer.operation, request, response, begun);
  };

  return async (request, response) => {
    const begun = performance.now();
    if (isRead(request)) return respond(request, response, request.url ?? "", readUrl, begun);
    if (request.method !== "POST") return askYoga(request, response, begun);
    const { body, refusal } = await paidBody(request, gate);
    if (refusal !== undefined) {
      send(request, response, refusal, gate);
      return tell("refused", undefined, request, response, begun);
    }
    return isJson(request.headers["content-type"])
      ? respond(request, response, body, readBody, begun)
      : askYoga(request, response, begun, body);
  };
}

const BEFORE_DATA = '{"data":';

/** The data of an answer that has nothing else. */
function dataOf(body: Buffer): string {
  return body.toString("utf8", BEFORE_DATA.length, body.length - 1);
}

/** Node leaves out the body of an answer to HEAD. */
function isRead({ method }: IncomingMessage): boolean {
  return method === "GET" || method === "HEAD";
}

function send(request: IncomingMessage, response: ServerResponse, answer: Answer, gate: Gate): void {
  const { etag, notModifiedHeaders = [] }: Partial<StoredAnswer> = answer;
  if (isRead(request) && etag !== undefined && matches(request.headers["if-none-match"], etag)) {
    response.writeHead(304, [...notModifiedHeaders, ...requestIdHeader(request)]);
    response.end();
    return;
  }
  response.writeHead(answer.status, [...answer.headers, ...requestIdHeader(request)]);
  response.end(answer.body);
  gate.countSent(request, answer.body.length);
}
