import type { IncomingMessage, ServerResponse } from "node:http";
import { GraphQLError } from "graphql";
import type { Logger } from "pino";
import type { ApiRequest } from "../../api/context.ts";
import { inTurn } from "../../workers/slices.ts";
import type { Answered, AskedOperation } from "../answered.ts";
import { Audience } from "../audience.ts";
import { bodyOf } from "../body.ts";
import { actualCost, settle, wantsCost } from "../cost.ts";
import type { OperationCache } from "../execution/operation-cache.ts";
import type { Gate } from "../gate.ts";
import { BYTES_PER_COST, MAX_REQUEST_BYTES, MAX_STORED_REQUEST_LENGTH } from "../limits.ts";
import { setDataHeaders } from "../page.ts";
import { requestIdHeader, requestIdOf } from "../request-id.ts";
import { answerOfErrors, BAD_REQUEST, type MaskError, RequestRefused, unavailableError } from "./errors.ts";
import {
  acceptsEvents,
  type Encoding,
  encodingFor,
  isJson,
  isSimpleForm,
  JSON_TYPE,
  negotiate,
  RESPONSE_TYPE,
} from "./media-types.ts";
import type { PersistedOperations } from "./persisted.ts";
import { isPersonal, type OperationRequest, readBody, readUrl } from "./request.ts";
import {
  type Answer,
  compress,
  matches,
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
  const { operations, persisted, subscriptions, revision, gate, logger, onAnswered } = options;
  const answers = new StoredAnswers();
  const underWay = new Map<string, UnderWay>();
  let compilerFaults = 0;

  /**
   * Executes and, given a key, stores. `undefined`: for Yoga. In turn: many small answers at once would otherwise delay
   * everybody as long as a hard one does.
   */
  const execute = async (
    request: IncomingMessage,
    work: AbortController,
    mediaType: string,
    source: string,
    read: Reader,
    key?: string,
    encoding?: Encoding,
  ): Promise<Answer | undefined> => {
    const failed = (errors: readonly GraphQLError[], data?: string, asked?: AskedOperation) => {
      const { text, status, headers } = answerOfErrors(errors, data, mediaType === RESPONSE_TYPE);
      return plainAnswer(asked, status, mediaType, text, [...NOT_STORED, ...headers]);
    };
    try {
      await gate.charge(request, Math.ceil(source.length / BYTES_PER_COST));
      const query = await inTurn(() => {
        const asked = read(source);
        const text = persisted.textOf(asked, gate.clientOf(request));
        return operations.prepare(text, asked.operationName ?? "", asked.variables ?? {});
      });
      if (query === undefined) return undefined;
      await gate.charge(request, query.size.cost);
      const spent = { work: 0 };
      const { data, errors, written, at } = await inTurn(() =>
        options.answerAt({ headers: request.headers, work, spent }, async (context, revision) => ({
          ...(await query.run(context, revision, query.variables)),
          at: revision,
        })),
      );
      const extensions = await settle(gate, request, query.size, actualCost(query.size, written, spent));
      if (errors.length > 0)
        return failed(
          errors.map((error) => options.maskError(error, requestIdOf(request))),
          data,
          query.asked,
        );
      if (extensions !== undefined) {
        const told = `{"data":${data},"extensions":${JSON.stringify(extensions)}}`;
        return plainAnswer(query.asked, 200, mediaType, told, NOT_STORED);
      }
      const text = `{"data":${data}}`;
      if (key === undefined) return plainAnswer(query.asked, 200, mediaType, text);
      const plain = Buffer.from(text);
      const body = encoding === undefined ? { body: plain } : await compress(plain, encoding);
      const answer = storedAnswer(query.asked, at, mediaType, body);
      if (key.length <= MAX_STORED_REQUEST_LENGTH) answers.set(at, key, answer);
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
    return askYoga(request, response, begun);
  };

  const askYoga = (request: IncomingMessage, response: ServerResponse, begun: number) => {
    if (onAnswered) response.once("finish", () => tell("yoga", undefined, request, response, begun));
    setDataHeaders(request, response);
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
    const run = ({ work }: Audience, key?: string, encoding?: Encoding) =>
      execute(request, work, mediaType, source, read, key, encoding);
    let answer: Answer | undefined;
    if (isPersonal(request) || wantsCost(request)) answer = await run(new Audience(response));
    else {
      const at = revision();
      const encoding = encodingFor(request.headers["accept-encoding"]);
      // A body that reads like the URL of a GET asks for something else.
      const key = `${isRead(request)} ${mediaType} ${encoding} ${source}`;
      const stored = answers.get(at, key);
      if (stored !== undefined) {
        send(request, response, stored);
        return tell("stored", stored.operation, request, response, begun);
      }
      // A request that comes after a write must not be answered by what began before it.
      const keyNow = `${at} ${key}`;
      const before = underWay.get(keyNow);
      if (before !== undefined && !before.audience.work.signal.aborted) {
        before.audience.add(response);
        answer = await before.answer;
        // The client that asked first had nothing left; this one may have.
        if (answer?.status === 429) answer = await run(new Audience(response), key, encoding);
      } else {
        const audience = new Audience(response);
        const own = { audience, answer: run(audience, key, encoding) };
        underWay.set(keyNow, own);
        try {
          answer = await own.answer;
        } finally {
          if (underWay.get(keyNow) === own) underWay.delete(keyNow);
        }
      }
    }
    if (answer === undefined) return askOther(request, response, source, read, begun);
    send(request, response, answer);
    tell("compiled", answer.operation, request, response, begun);
  };

  return async (request, response) => {
    const begun = performance.now();
    const refuse = (answer: Answer) => {
      send(request, response, answer);
      tell("refused", undefined, request, response, begun);
    };
    if (isRead(request)) return respond(request, response, request.url ?? "", readUrl, begun);
    if (request.method !== "POST") return askYoga(request, response, begun);
    const { "content-type": type, "content-encoding": encoding = "identity" } = request.headers;
    if (isSimpleForm(type) || encoding !== "identity") return refuse(UNSUPPORTED);
    const body = await bodyOf(request);
    if (body === undefined) return refuse(TOO_LARGE);
    // Yoga, like other handlers behind a body parser, takes a body that was read already from here.
    Object.assign(request, { body });
    return isJson(type)
      ? respond(request, response, body, readBody, begun)
      : askYoga(request, response, begun);
  };
}

const NOT_STORED = ["cache-control", "no-store"];

const TOO_LARGE = refusalOf(413, `Expected a body of at most ${MAX_REQUEST_BYTES} bytes.`);
const UNSUPPORTED = refusalOf(415, "Expected a body of JSON in UTF-8 that is not compressed.");

/** The answer to a body that is not read: the connection ends with it, and so does what the client still sends. */
function refusalOf(status: number, message: string): Answer {
  const error = new GraphQLError(message, { extensions: { code: BAD_REQUEST } });
  const headers = [...NOT_STORED, "connection", "close"];
  return plainAnswer(undefined, status, JSON_TYPE, JSON.stringify({ errors: [error] }), headers);
}

/** Node leaves out the body of an answer to HEAD. */
function isRead({ method }: IncomingMessage): boolean {
  return method === "GET" || method === "HEAD";
}

function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  const { etag, notModifiedHeaders = [] }: Partial<StoredAnswer> = answer;
  if (isRead(request) && etag !== undefined && matches(request.headers["if-none-match"], etag)) {
    response.writeHead(304, [...notModifiedHeaders, ...requestIdHeader(request)]);
    response.end();
    return;
  }
  response.writeHead(answer.status, [...answer.headers, ...requestIdHeader(request)]);
  response.end(answer.body);
}
