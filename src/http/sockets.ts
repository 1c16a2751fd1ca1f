import { createServer, type RequestListener, type Server } from "node:http";
import type { Socket } from "node:net";
import {
  HEADERS_TIMEOUT_MS,
  MAX_CONNECTIONS,
  MAX_CONNECTIONS_PER_ADDRESS,
  MAX_WAITING_BYTES,
  REQUEST_TIMEOUT_MS,
  UNREAD_TIMEOUT_MS,
} from "./limits.ts";

export interface SocketLimits {
  readonly headersTimeoutMs: number;
  readonly requestTimeoutMs: number;
  readonly unreadTimeoutMs: number;
  readonly connections: number;
  readonly connectionsPerAddress: number;
  readonly waitingBytes: number;
}

const LIMITS: SocketLimits = {
  headersTimeoutMs: HEADERS_TIMEOUT_MS,
  requestTimeoutMs: REQUEST_TIMEOUT_MS,
  unreadTimeoutMs: UNREAD_TIMEOUT_MS,
  connections: MAX_CONNECTIONS,
  connectionsPerAddress: MAX_CONNECTIONS_PER_ADDRESS,
  waitingBytes: MAX_WAITING_BYTES,
};

/** How often what waits to be sent is added up, in milliseconds: it takes microseconds, as long as an answer does. */
const ADD_UP_MS = 5;

/**
 * An HTTP server whose clients cannot hold on to it: connections that send or read too slowly are ended, one address
 * does not get all of them, and answers that nobody reads are dropped before they fill the memory.
 */
export function createGuardedServer(listener: RequestListener, given: Partial<SocketLimits> = {}): Server {
  const limits = { ...LIMITS, ...given };
  const open = new Set<Socket>();
  const server = createServer({
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
    connectionsCheckingInterval: Math.ceil(limits.headersTimeoutMs / 10),
  });
  server.maxConnections = limits.connections;
  server.on("connection", countByAddress(limits.connectionsPerAddress));
  server.on("connection", (socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  });
  const asked = new WeakSet<Socket>();
  // A time without a byte in either direction. Only while an answer is worked out, that is as it should be.
  server.setTimeout(limits.unreadTimeoutMs, (socket) => {
    if (!asked.has(socket) || socket.writableLength > 0) socket.destroy();
  });
  let addedUpAt = 0;
  server.on("request", (request, response) => {
    const now = performance.now();
    if (now > addedUpAt + ADD_UP_MS) {
      addedUpAt = now;
      dropUnread(open, limits.waitingBytes);
    }
    asked.add(request.socket);
    response.once("close", () => asked.delete(request.socket));
    listener(request, response);
  });
  return server;
}

function countByAddress(most: number): (socket: Socket) => void {
  const counts = new Map<string, number>();
  return (socket) => {
    const address = socket.remoteAddress ?? "";
    const count = (counts.get(address) ?? 0) + 1;
    if (count > most) {
      socket.destroy();
      return;
    }
    counts.set(address, count);
    socket.once("close", () => {
      const left = (counts.get(address) ?? 1) - 1;
      if (left === 0) counts.delete(address);
      else counts.set(address, left);
    });
  };
}

/** Ends the connections that have the most waiting for them until no more than `most` bytes wait. */
function dropUnread(open: ReadonlySet<Socket>, most: number): void {
  let waiting = 0;
  for (const { writableLength } of open) waiting += writableLength;
  if (waiting <= most) return;
  for (const socket of [...open].sort((a, b) => b.writableLength - a.writableLength)) {
    if (waiting <= most) return;
    waiting -= socket.writableLength;
    socket.destroy();
  }
}
