import type { IncomingMessage, ServerResponse } from "node:http";
import type { GraphQLSchema } from "graphql";
import type { KeyOf } from "./execution/constant-selections.ts";
import { OperationCache } from "./execution/operation-cache.ts";
import {
  type Question,
  questionOfBody,
  questionOfUrl,
  spellOut,
  type UnknownOperation,
} from "./graphql-request.ts";
import { MAX_REQUEST_BYTES, MAX_STORED_REQUEST_LENGTH } from "./limits.ts";
import type { PersistedOperations } from "./persisted-operations.ts";
import { matches, type StoredAnswer, StoredAnswers, toStoredAnswer } from "./stored-answers.ts";
import { whenThereIsTime } from "./turn.ts";

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => unknown;

export interface FastGraphqlOptions<Context> {
  readonly schema: GraphQLSchema;
  /** Whose constant fields may be written once for a revision. */
  readonly keyOf: KeyOf;
  readonly createContext: () => Context & object;
  /** The revision that a request starting now is answered at. */
  readonly revision: () => number;
  /** Operations that clients name instead of sending them. */
  readonly persisted: PersistedOperations;
  /** Whoever answers what this handler does not. */
  readonly fallback: RequestHandler;
}

/**
 * The short way for the common question: an anonymous query whose answer has no errors. It is answered from
 * stored bytes when the same request was answered at this revision before, else by the operation compiled
 * once (see `execution/`); equal requests under way are executed once. Everything else (mutations, errors,
 * credentials, media types that need negotiation, HTML) goes to `fallback`, Yoga, which so remains the one place
 * where faults are turned into answers; only a query that failed here is executed again there.
 *
 * Why beside Yoga: measured on a 60-step path, Yoga's own HTTP layer and graphql-js cost twenty times what
 * the answer's bytes do (see `npm run bench`).
 */
export function createFastGraphql<Context>(options: FastGraphqlOptions<Context>): RequestHandler {
  const { fallback, revision } = options;
  const answers = new StoredAnswers();
  const underWay = new Map<string, Promise<StoredAnswer | undefined>>();
  const operations = new OperationCache(options.schema, options.keyOf);

  /** Executes and stores; `undefined` when the answer is not one to be stored. */
  const execute = async (key: string, mediaType: string, question: Question) => {
    const at = revision();
    const text = await operations.execute(question, options.createContext(), at);
    if (text === undefined || revision() !== at) return undefined;
    const answer = toStoredAnswer(at, mediaType, text);
    if (key.length <= MAX_STORED_REQUEST_LENGTH) answers.set(at, key, answer);
    return answer;
  };

  const respond = async (
    request: IncomingMessage,
    response: ServerResponse,
    source: string,
    read: Reader,
  ) => {
    // A request with credentials is never answered from, or kept in, what others share.
    const mediaType = isPersonal(request) ? undefined : negotiate(request.headers.accept);
    const key = `${mediaType} ${source}`;
    const stored = mediaType === undefined ? undefined : answers.get(revision(), key);
    if (stored !== undefined) return send(request, response, stored);

    const question = read(source, options.persisted);
    if (question === undefined) return fallback(request, response);
    if ("unknown" in question) return sendUnknown(response, question);
    if (mediaType !== undefined) {
      let answer = underWay.get(key);
      if (answer === undefined) {
        answer = whenThereIsTime(() => execute(key, mediaType, question)).finally(() => underWay.delete(key));
        underWay.set(key, answer);
      }
      const ready = await answer;
      if (ready !== undefined) return send(request, response, ready);
    }
    if (question.byId) spellOut(request, question);
    return fallback(request, response);
  };

  return (request, response) => {
    if (request.method === "GET" && !acceptsHtml(request.headers.accept))
      return respond(request, response, request.url ?? "", questionOfUrl);
    const length = Number(request.headers["content-length"]);
    const isPlain = isJson(request.headers["content-type"]) && length > 0 && length <= MAX_REQUEST_BYTES;
    if (request.method !== "POST" || !isPlain) return fallback(request, response);
    return readBody(request).then((body) => {
      // Yoga, like other handlers behind a body parser, takes a body that was read already from here.
      Object.assign(request, { body });
      return respond(request, response, body, questionOfBody);
    });
  };
}

type Reader = typeof questionOfBody;

const JSON_TYPE = "application/json";
const RESPONSE_TYPE = "application/graphql-response+json";

/**
 * The media type of the answer for an `Accept` header: the first supported one of the highest quality.
 * `undefined`: none, and Yoga says so.
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

/** A browser's address bar: it gets the playground. */
function acceptsHtml(accept: string | undefined): boolean {
  return accept?.includes("text/html") ?? false;
}

/** Whether a request carries credentials. */
function isPersonal(request: IncomingMessage): boolean {
  return request.headers.authorization !== undefined || request.headers.cookie !== undefined;
}

function isJson(contentType: string | undefined): boolean {
  return contentType === JSON_TYPE || /^application\/json\s*;\s*charset=utf-?8$/i.test(contentType ?? "");
}

function readBody(request: IncomingMessage): Promise<string> {
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

function send(request: IncomingMessage, response: ServerResponse, answer: StoredAnswer): void {
  if (request.method === "GET" && matches(request.headers["if-none-match"], answer.etag)) {
    response.writeHead(304, answer.notModifiedHeaders);
    response.end();
    return;
  }
  response.writeHead(200, answer.headers);
  response.end(answer.body);
}

function sendUnknown(response: ServerResponse, { message, code }: UnknownOperation): void {
  const body = JSON.stringify({ errors: [{ message, extensions: { code } }] });
  response.writeHead(code === "PERSISTED_QUERY_NOT_FOUND" ? 404 : 400, {
    "content-type": "application/json; charset=utf-8",
    "content-length": Buffer.byteLength(body),
    "access-control-allow-origin": "*",
  });
  response.end(body);
}
