import type { IncomingMessage, ServerResponse } from "node:http";
import { GraphQLError } from "graphql";
import type { Logger } from "pino";
import { inTurn } from "../../workers/slices.ts";
import type { OperationCache, PreparedQuery } from "../execution/operation-cache.ts";
import { MAX_REQUEST_BYTES, MAX_STORED_REQUEST_LENGTH } from "../limits.ts";
import { setCommonHeaders } from "../page.ts";
import { answerOfErrors } from "./errors.ts";
import type { PersistedOperations } from "./persisted.ts";
import { hashOf, isPersonal, type OperationRequest, readBody, readUrl } from "./request.ts";
import {
  type Answer,
  compress,
  type Encoding,
  encodingFor,
  matches,
  plainAnswer,
  type StoredAnswer,
  StoredAnswers,
  storedAnswer,
} from "./stored-answers.ts";

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => unknown;

/** How a request was answered. */
export interface Answered {
  readonly way: "stored" | "compiled" | "yoga";
  /** Unknown where Yoga answered. */
  readonly operationName: string | undefined;
  readonly status: number;
  readonly ms: number;
}

/** Answers a request at one revision, with what its resolvers share: anew when the graph is written meanwhile. */
export type AnswerAt = <Result>(
  request: IncomingMessage,
  answer: (context: object, revision: number) => Promise<Result>,
) => Promise<Result>;

export interface GraphqlOptions {
  readonly operations: OperationCache;
  readonly persisted: PersistedOperations;
  readonly answerAt: AnswerAt;
  /** The revision that a request starting now is answered at. */
  readonly revision: () => number;
  readonly maskError: (error: unknown) => GraphQLError;
  /** Answers what is not a valid query. */
  readonly yoga: RequestHandler;
  readonly logger: Logger;
  /** Told of every answer. */
  readonly onAnswered?: ((answered: Answered) => void) | undefined;
}

/** Reads a request from its text: the body of a POST or the URL of a GET. */
type Reader = (source: string) => OperationRequest;

/**
 * Answers requests to the GraphQL endpoint, in one of three ways:
 * 1. with stored bytes, when the same request was answered at this revision before;
 * 2. by the operation compiled once (see `execution/`); equal requests under way are executed once;
 * 3. through Yoga: mutations, faulty requests, and media types and encodings that are seldom asked for.
 *
 * A request with credentials is neither answered from, nor kept in, what others share.
 *
 * Why not Yoga alone: on a path of 60 steps its HTTP layer and graphql-js cost twenty times what the bytes of the answer
 * do (see `npm run bench`).
 */
export function createGraphqlHandler(options: GraphqlOptions): RequestHandler {
  const { operations, persisted, revision, logger, onAnswered } = options;
  const answers = new StoredAnswers();
  const underWay = new Map<string, Promise<Answer | undefined>>();
  let compilerFaults = 0;

  const prepare = (source: string, read: Reader): PreparedQuery | undefined => {
    const asked = read(source);
    const { query, operationName = "", variables = {} } = asked;
    const hash = hashOf(asked.extensions);
    // Yoga's plugin registers a text that comes with its hash.
    if (query && hash !== undefined) return undefined;
    const id = asked.documentId ?? hash;
    const text = query || (id && persisted.get(id));
    return text ? operations.prepare(text, operationName, variables) : undefined;
  };

  /** Executes and, given a key, stores. `undefined`: for Yoga. */
  const execute = async (
    request: IncomingMessage,
    mediaType: string,
    source: string,
    read: Reader,
    key?: string,
    encoding?: Encoding,
  ): Promise<Answer | undefined> => {
    try {
      const query = prepare(source, read);
      if (query === undefined) return undefined;
      const { data, errors, at } = await options.answerAt(request, async (context, revision) => ({
        ...(await query.run(context, revision, query.variables)),
        at: revision,
      }));
      if (errors.length > 0) {
        const { text, status, headers } = answerOfErrors(errors.map(options.maskError), data);
        return plainAnswer(query.name, status, mediaType, text, headers);
      }
      const text = `{"data":${data}}`;
      if (key === undefined) return plainAnswer(query.name, 200, mediaType, text);
      const plain = Buffer.from(text);
      const body = encoding === undefined ? { body: plain } : await compress(plain, encoding);
      const answer = storedAnswer(query.name, at, mediaType, body);
      if (key.length <= MAX_STORED_REQUEST_LENGTH) answers.set(at, key, answer);
      return answer;
    } catch (error) {
      // A fault of the request is Yoga's to tell. Everything else is one of the compiler.
      if (!(error instanceof GraphQLError))
        logger.error({ err: error, compilerFaults: ++compilerFaults }, "compiled operation failed");
      return undefined;
    }
  };

  const tell = (way: Answered["way"], operationName: string | undefined, status: number, begun: number) =>
    onAnswered?.({ way, operationName, status, ms: performance.now() - begun });

  const askYoga = (request: IncomingMessage, response: ServerResponse, begun: number) => {
    if (onAnswered) response.once("finish", () => tell("yoga", undefined, response.statusCode, begun));
    setCommonHeaders(response);
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
    if (mediaType === undefined) return askYoga(request, response, begun);
    // In turn: many small answers at once would otherwise delay everybody as long as a hard one does.
    const run = async (key?: string, encoding?: Encoding) =>
      inTurn(() => execute(request, mediaType, source, read, key, encoding));
    let answer: Answer | undefined;
    if (isPersonal(request)) answer = await run();
    else {
      const at = revision();
      const encoding = encodingFor(request.headers["accept-encoding"]);
      const key = `${mediaType} ${encoding} ${source}`;
      const stored = answers.get(at, key);
      if (stored !== undefined) {
        send(request, response, stored);
        return tell("stored", stored.operationName, response.statusCode, begun);
      }
      // A request that comes after a write must not be answered by what began before it.
      const keyNow = `${at} ${key}`;
      let answering = underWay.get(keyNow);
      if (answering === undefined) {
        answering = run(key, encoding).finally(() => underWay.delete(keyNow));
        underWay.set(keyNow, answering);
      }
      answer = await answering;
    }
    if (answer === undefined) return askYoga(request, response, begun);
    send(request, response, answer);
    tell("compiled", answer.operationName, response.statusCode, begun);
  };

  return (request, response) => {
    const begun = performance.now();
    if (isRead(request)) return respond(request, response, request.url ?? "", readUrl, begun);
    const length = Number(request.headers["content-length"]);
    const isPlain = isJson(request.headers["content-type"]) && length > 0 && length <= MAX_REQUEST_BYTES;
    if (request.method !== "POST" || !isPlain) return askYoga(request, response, begun);
    return bodyOf(request).then((body) => {
      // Yoga, like other handlers behind a body parser, takes a body that was read already from here.
      Object.assign(request, { body });
      return respond(request, response, body, readBody, begun);
    });
  };
}

/** Node leaves out the body of an answer to HEAD. */
function isRead({ method }: IncomingMessage): boolean {
  return method === "GET" || method === "HEAD";
}

const JSON_TYPE = "application/json";
const RESPONSE_TYPE = "application/graphql-response+json";

/**
 * The media type of the answer for an `Accept` header: the first supported one of the highest quality. `undefined`: none,
 * and Yoga says so.
 */
function negotiate(accept: string | undefined): string | undefined {
  if (accept === undefined || accept === "*/*" || accept === JSON_TYPE) return JSON_TYPE;
  const wanted = accept.split(",").map((range) => {
    const [type = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
    const quality = parameters.find((parameter) => parameter.startsWith("q="));
    return { type, quality: quality === undefined ? 1 : Number(quality.slice(2)) };
  });
  wanted.sort((a, b) => b.quality - a.quality);
  for (const { type, quality } of wanted) {
    if (quality === 0) continue;
    if (type === RESPONSE_TYPE) return RESPONSE_TYPE;
    if (type === JSON_TYPE || type === "application/*" || type === "*/*") return JSON_TYPE;
  }
  return undefined;
}

function isJson(contentType: string | undefined): boolean {
  return contentType === JSON_TYPE || /^application\/json\s*;\s*charset=utf-?8$/i.test(contentType ?? "");
}

function bodyOf(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    request.setEncoding("utf8");
    request.on("data", (chunk: string) => {
      text += chunk;
    });
    request.on("end", () => resolve(text));
    request.on("error", reject);
  });
}

function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  const { etag, notModifiedHeaders }: Partial<StoredAnswer> = answer;
  if (isRead(request) && etag !== undefined && matches(request.headers["if-none-match"], etag)) {
    response.writeHead(304, notModifiedHeaders);
    response.end();
    return;
  }
  response.writeHead(answer.status, answer.headers);
  response.end(answer.body);
}
