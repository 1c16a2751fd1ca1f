import type { IncomingMessage } from "node:http";
import { GraphQLError } from "graphql";
import { inTurn } from "../../workers/slices.ts";
import { bodyOf } from "../body.ts";
import type { Gate } from "../gate.ts";
import { BYTES_PER_COST, MAX_REQUEST_BYTES, MAX_STORED_REQUEST_LENGTH } from "../limits.ts";
import { answerOfErrors, BAD_REQUEST } from "./errors.ts";
import { isSimpleForm, JSON_TYPE } from "./media-types.ts";
import { type Answer, NOT_STORED, plainAnswer } from "./stored-answers.ts";

/** The text of a body, or the answer to one that is not read. */
type Body =
  | { readonly body: string; readonly refusal?: undefined }
  | { readonly body?: undefined; readonly refusal: Answer };

/** Whether the answer to a request is not kept, and its reading paid before it is read. */
export function isLarge(length: number): boolean {
  return length > MAX_STORED_REQUEST_LENGTH;
}

/** What it costs to read a request of so many characters. */
export function costOfReading(length: number): number {
  return Math.ceil(length / BYTES_PER_COST);
}

/**
 * Reads the body of a request. One that is too large or of a form that nobody needs is refused unread, as is a large one of
 * a client that has too little left: to read what is then refused is most of what it would cost. A body whose length is
 * not announced counts as the largest until it is read.
 */
export async function paidBody(request: IncomingMessage, gate: Gate): Promise<Body> {
  const { "content-type": type, "content-encoding": encoding = "identity" } = request.headers;
  if (isSimpleForm(type) || encoding !== "identity") return { refusal: UNSUPPORTED };
  const announced = Number(request.headers["content-length"] ?? MAX_REQUEST_BYTES);
  if (announced > MAX_REQUEST_BYTES) return { refusal: TOO_LARGE };
  const paid = isLarge(announced) ? costOfReading(announced) : 0;
  try {
    // Whoever sends many waits before they are read.
    if (paid > 0) await inTurn(() => {}, await gate.charge(request, paid));
  } catch (error) {
    if (error instanceof GraphQLError) return { refusal: unread(error) };
    throw error;
  }
  const body = await bodyOf(request, MAX_REQUEST_BYTES);
  if (body === undefined) return { refusal: TOO_LARGE };
  // A short one is paid when it is known that its answer is not kept.
  if (paid > 0) gate.settle(request, paid, isLarge(body.length) ? costOfReading(body.length) : 0);
  return { body };
}

/** The answer to a body that is not read: the connection ends with it, and so does what the client still sends. */
function unread(error: GraphQLError): Answer {
  const { text, status, headers } = answerOfErrors([error], undefined, true);
  return plainAnswer(undefined, status, JSON_TYPE, text, [...NOT_STORED, "connection", "close", ...headers]);
}

function refusalOf(status: number, message: string): Answer {
  return unread(new GraphQLError(message, { extensions: { code: BAD_REQUEST, http: { status } } }));
}

const TOO_LARGE = refusalOf(413, `Expected a body of at most ${MAX_REQUEST_BYTES} bytes.`);
const UNSUPPORTED = refusalOf(415, "Expected a body of JSON in UTF-8 that is not compressed.");
