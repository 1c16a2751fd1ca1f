import { once } from "node:events";
import { createServer, IncomingMessage, ServerResponse } from "node:http";
import { type AddressInfo, Socket } from "node:net";
import { buildSchema, GraphQLError } from "graphql";
import pino from "pino";
import { expect, it, vi } from "vitest";
import { Viewers } from "../../../src/http/access/viewers.ts";
import { OperationCache } from "../../../src/http/execution/operation-cache.ts";
import { Gate } from "../../../src/http/gate.ts";
import { PersistedOperations } from "../../../src/http/graphql/persisted.ts";
import { createYogaHandler, lazyHandler } from "../../../src/http/graphql/yoga.ts";
import { hasSpareTime } from "../../../src/workers/spare-time.ts";

const request = new IncomingMessage(new Socket());
const response = new ServerResponse(request);

it("makes its handler once, when it is needed or told to", async () => {
  const handler = vi.fn(() => "answer");
  const make = vi.fn(async () => handler);
  const lazy = lazyHandler(make);
  expect(make).not.toHaveBeenCalled();
  lazy.load();
  expect(await Promise.all([lazy.handle(request, response), lazy.handle(request, response)])).toEqual([
    "answer",
    "answer",
  ]);
  expect(make).toHaveBeenCalledOnce();
  expect(handler).toHaveBeenCalledWith(request, response);
});

it("tries again after it could not be made", async () => {
  const make = vi.fn(async () => () => "answer").mockRejectedValueOnce(new Error("not there"));
  const lazy = lazyHandler(make);
  lazy.load();
  await expect(lazy.handle(request, response)).rejects.toThrow("not there");
  expect(await lazy.handle(request, response)).toBe("answer");
});

/** How much later everything counts as waiting that the client of this gate asks for. */
const LATER_MS = 100;
class HeavyGate extends Gate {
  override async charge(): Promise<number> {
    return performance.now() + LATER_MS;
  }
}

it("lets others go first where a client has caused much, before it reads a document and before it answers", async () => {
  const schema = buildSchema("type Query { name: String }");
  const logger = pino({ level: "silent" });
  const yoga = await createYogaHandler({
    ...{ schema, endpoint: "/graphql", logger, persisted: new PersistedOperations(new Map()) },
    operations: new OperationCache(schema, () => undefined, Object),
    gate: new HeavyGate({}),
    viewers: new Viewers({}, async () => undefined),
    writingContext: () => ({}),
    answerAt: (_request, answer) => answer({}, 1),
    maskError: (error) => new GraphQLError(String(error)),
  });
  const server = createServer(yoga).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  const ask = async () => (await fetch(`${url}?query={name}`)).json();
  await ask();
  // There is no time to spare.
  const busy = setInterval(() => {
    for (const end = performance.now() + 8; performance.now() < end; );
  }, 10);
  await expect.poll(hasSpareTime).toBe(false);
  const start = performance.now();
  expect(await ask()).toEqual({ data: { name: null } });
  expect(performance.now() - start).toBeGreaterThan(2 * LATER_MS);
  clearInterval(busy);
  server.closeAllConnections();
  server.close();
});
