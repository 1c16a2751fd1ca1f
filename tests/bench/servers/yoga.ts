import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createYoga } from "graphql-yoga";
import { createContext } from "../../../src/api/context.ts";
import { buildSchema } from "../../../src/api/schema.ts";
import { shippedTemplate } from "../../../src/seeding/shipped-template.ts";
import { openStore } from "../../../src/store/store.ts";
import { serveUntilStopped } from "./lifetime.ts";

/** The same schema over the same graph, served by graphql-yoga as it comes: what the attacks do without our limits. */
const store = await openStore({ dataDir: "memory://", template: shippedTemplate });
const yoga = createYoga({ schema: buildSchema(), context: () => createContext(store), logging: false });
const server = createServer(yoga);
await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));

serveUntilStopped(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, async () => {
  server.closeAllConnections();
  server.close();
  await store.close();
});
