import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { STREAM_KEEP_ALIVE_MS } from "../limits.ts";
import { DATA_HEADERS } from "../page.ts";
import { requestIdHeader } from "../request-id.ts";

/**
 * Server-sent events of one client, in the form of graphql-sse's distinct connections and of Yoga: `next` with a result.
 * They have ids besides, which browsers send back when they come again.
 */
export class EventStream {
  readonly #response: ServerResponse;
  readonly #keepAlive: NodeJS.Timeout;

  /** Begins to answer. `id`: what a client that has got no event yet is to come back with. */
  constructor(request: IncomingMessage, response: ServerResponse, id: number | undefined) {
    this.#response = response;
    // Nothing else comes on this connection: so it is closed with the stream, also by a server that stops.
    response.shouldKeepAlive = false;
    response.writeHead(200, [
      ...["content-type", "text/event-stream; charset=utf-8", "cache-control", "no-store"],
      // Asks nginx not to hold events back.
      ...["x-accel-buffering", "no"],
      ...DATA_HEADERS,
      ...requestIdHeader(request),
    ]);
    // Some browsers wait for a first line.
    response.write(id === undefined ? COMMENT : `${COMMENT}id: ${id}\n\n`);
    this.#keepAlive = setInterval(() => {
      // A client that reads nothing gets nothing, so that the socket's time limit ends it.
      if (!response.writableNeedDrain) response.write(COMMENT);
    }, STREAM_KEEP_ALIVE_MS).unref();
    response.once("close", () => clearInterval(this.#keepAlive));
  }

  /** Sends an event, and resolves when the client has taken most of what was sent, or the signal is aborted. */
  async send(id: number | undefined, result: string, signal: AbortSignal): Promise<void> {
    const place = id === undefined ? "" : `id: ${id}\n`;
    if (this.#response.write(`${place}event: next\ndata: ${result}\n\n`)) return;
    await once(this.#response, "drain", { signal }).catch(() => {});
  }

  /** Ends it; with `isOver` the client is told that nothing will follow, and does not come back. */
  end(isOver: boolean): void {
    clearInterval(this.#keepAlive);
    this.#response.end(isOver ? "event: complete\ndata:\n\n" : undefined);
  }
}

const COMMENT = ":\n\n";
