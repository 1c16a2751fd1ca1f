import type { IncomingMessage, ServerResponse } from "node:http";
import { atOneRevision, type Context, type createContext } from "../../api/context.ts";
import type { Store } from "../../store/store.ts";
import { inTurn } from "../../workers/slices.ts";
import { Audience } from "../audience.ts";
import { bodyOf } from "../body.ts";
import type { OperationCache } from "../execution/operation-cache.ts";
import { askIn } from "../explorer/ask.ts";
import type { Gate } from "../gate.ts";
import { isJson } from "../graphql/media-types.ts";
import { costOfReading } from "../graphql/paid-body.ts";
import { MAX_MCP_MESSAGE_BYTES, MCP_CALL_COST } from "../limits.ts";
import { jsonPage, type Page } from "../page.ts";
import { answerMessage, type Call } from "./protocol.ts";

/** Where assistants ask, by the streamable HTTP transport of MCP. */
export const MCP_PATH = "/mcp";

/** What answers to assistants are made with. */
export interface McpOptions {
  readonly gate: Gate;
  readonly operations: OperationCache;
  /** Where the server is found by who asks. */
  readonly originOf: (request: IncomingMessage) => string;
}

/**
 * Answers a message that is posted. To read it costs its length, and a call of a tool what a page costs: rejects as `Gate.charge` does. Other methods
 * than POST are refused: there are no sessions, and nothing to listen to.
 */
export async function mcpPage(
  store: Store,
  contextOf: typeof createContext,
  request: IncomingMessage,
  response: ServerResponse,
  { gate, operations, originOf }: McpOptions,
): Promise<Page> {
  if (request.method !== "POST")
    return jsonPage(405, { message: `Expected POST for ${MCP_PATH}, got ${request.method}.` }, [
      "allow",
      "POST",
    ]);
  if (!isJson(request.headers["content-type"]))
    return jsonPage(415, { message: "Expected a body of JSON in UTF-8." }, ["connection", "close"]);
  const body = await bodyOf(request, MAX_MCP_MESSAGE_BYTES);
  if (body === undefined)
    return jsonPage(413, { message: `Expected a body of at most ${MAX_MCP_MESSAGE_BYTES} bytes.` }, [
      "connection",
      "close",
    ]);
  const audience = new Audience(response);
  const call: Call = async (tool, given) => {
    const since = await gate.charge(request, MCP_CALL_COST);
    const asked = { headers: request.headers, work: audience.work, since };
    const answer = (context: Context) => tool.answer(askIn(context, operations), given, originOf(request));
    return inTurn(() => atOneRevision(store, () => contextOf(store, asked), answer), since);
  };
  const waits = await gate.charge(request, costOfReading(body.length));
  const answer = await inTurn(() => answerMessage(body, call), waits);
  if (answer === undefined) return { status: 202, type: "application/json", body: "" };
  return jsonPage(200, answer, ["cache-control", "no-store"]);
}
