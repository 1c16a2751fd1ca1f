import { once } from "node:events";
import { get, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";

/** An event as browsers' EventSource reads it (HTML, "Interpreting an event stream"). */
export interface ServerEvent {
  readonly type: string;
  readonly data: string;
  /** The id that a client would come back with. */
  readonly lastId: string;
}

export interface Subscription {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** All that comes, until the server ends. Instead of `events`, as `pieces` are. */
  text(): Promise<string>;
  readonly pieces: AsyncIterator<string>;
  /** Ends when the server ends the stream; rejects when the connection breaks. */
  readonly events: AsyncGenerator<ServerEvent, undefined>;
  leave(): void;
}

export const GRAPH_CHANGED = "subscription ($since: Int) { graphChanged(since: $since) { revision } }";

export interface SubscribeOptions {
  readonly query?: string;
  readonly since?: number;
  readonly lastEventId?: string | number;
}

/** Subscribes by GET, as EventSource does, on a connection of its own. */
export async function subscribe(url: string, options: SubscribeOptions = {}): Promise<Subscription> {
  const { query = GRAPH_CHANGED, since, lastEventId } = options;
  const variables = encodeURIComponent(JSON.stringify({ since }));
  const asked = get(`${url}/graphql?query=${encodeURIComponent(query)}&variables=${variables}`, {
    agent: false,
    headers: {
      accept: "text/event-stream",
      ...(lastEventId !== undefined && { "last-event-id": String(lastEventId) }),
    },
  });
  const [response]: IncomingMessage[] = await once(asked, "response");
  if (response === undefined) throw new Error("expected a response");
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    text: () => text(response),
    pieces: response.setEncoding("utf8")[Symbol.asyncIterator](),
    events: eventsOf(response.setEncoding("utf8")),
    leave: () => asked.destroy(),
  };
}

/** Reads the events of a body, in pieces of text. */
export async function* eventsOf(body: AsyncIterable<string>): AsyncGenerator<ServerEvent, undefined> {
  let lastId = "";
  let unread = "";
  for await (const piece of body) {
    unread += piece;
    const blocks = unread.split("\n\n");
    unread = blocks.pop()!;
    for (const block of blocks) {
      const fields = new Map(
        block.split("\n").map((line) => {
          const [, name = "", value = ""] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
          return [name, value];
        }),
      );
      lastId = fields.get("id") ?? lastId;
      const data = fields.get("data");
      const type = fields.get("event") ?? "message";
      if (data !== undefined) yield { type, data, lastId };
    }
  }
  return undefined;
}

/** The next events, parsed. */
export async function take(events: AsyncGenerator<ServerEvent, undefined>, count: number) {
  const taken = [];
  while (taken.length < count) {
    const { done, value } = await events.next();
    if (done === true) throw new Error(`expected ${count} events, got ${taken.length}`);
    taken.push({ id: value.lastId, type: value.type, ...JSON.parse(value.data) });
  }
  return taken;
}
