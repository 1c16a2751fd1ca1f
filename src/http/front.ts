import type { RequestListener, Server } from "node:http";
import { unavailable } from "./graphql/errors.ts";
import { jsonPage, type Page, sendPage } from "./page.ts";
import { refusedPage } from "./refused.ts";
import { identify } from "./request-id.ts";
import { createGuardedServer } from "./sockets.ts";

/** A server that listens. Until it is told who answers, it says that it lives and waits for its database. */
export interface Front {
  /** Where it listens, such as http://127.0.0.1:4000. */
  readonly url: string;
  answerBy(listener: RequestListener): void;
  /** See `GuardedServer`. */
  stop(): Promise<void>;
}

export interface Address {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
}

/** Listens. Rejects with the system's error, such as EADDRINUSE, when it cannot. */
export async function openFront(address: Address): Promise<Front> {
  let answer: RequestListener = (request, response) => {
    identify(request);
    sendPage(request, response, pageWithoutDatabase(request.url?.split("?", 1)[0]));
  };
  const { server, stop } = createGuardedServer((request, response) => answer(request, response));
  await listen(server, address);
  return {
    url: urlOf(server),
    answerBy: (listener) => {
      answer = listener;
    },
    stop,
  };
}

function pageWithoutDatabase(path: string | undefined): Page {
  if (path === "/health") return jsonPage(200, { status: "live" });
  if (path === "/ready")
    return jsonPage(503, { status: "unavailable", reason: "The database has not been reached yet." });
  return refusedPage(unavailable());
}

function listen(server: Server, { host, port }: Address): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function urlOf(server: Server): string {
  const bound = server.address();
  if (bound === null || typeof bound === "string")
    throw new Error("expected a server that listens on a port");
  const host = bound.family === "IPv6" ? `[${bound.address}]` : bound.address;
  return `http://${host}:${bound.port}`;
}
