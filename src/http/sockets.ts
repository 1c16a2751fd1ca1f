import { createServer, type RequestListener, type Server, type ServerResponse } from "node:http";
import { Server as NetServer, type Socket } from "node:net";
import {
  HEADERS_TIMEOUT_MS,
  MAX_CONNECTIONS,
  MAX_CONNECTIONS_PER_ADDRESS,
  MAX_PIPELINED,
  MAX_WAITING_BYTES,
  REQUEST_TIMEOUT_MS,
  STOP_GRACE_MS,
  STOP_QUIET_MS,
  UNREAD_TIMEOUT_MS,
} from "./limits.ts";

export interface SocketLimits {
  readonly headersTimeoutMs: number;
  readonly requestTimeoutMs: number;
  readonly unreadTimeoutMs: number;
  readonly connections: number;
  readonly connectionsPerAddress: number;
  readonly pipelined: number;
  readonly waitingBytes: number;
  readonly stopQuietMs: number;
  readonly stopGraceMs: number;
}

const LIMITS: SocketLimits = {
  headersTimeoutMs: HEADERS_TIMEOUT_MS,
  requestTimeoutMs: REQUEST_TIMEOUT_MS,
  unreadTimeoutMs: UNREAD_TIMEOUT_MS,
  connections: MAX_CONNECTIONS,
  connectionsPerAddress: MAX_CONNECTIONS_PER_ADDRESS,
  pipelined: MAX_PIPELINED,
  waitingBytes: MAX_WAITING_BYTES,
  stopQuietMs: STOP_QUIET_MS,
  stopGraceMs: STOP_GRACE_MS,
};

export interface GuardedServer {
  readonly server: Server;
  /**
   * Stops listening, answers what clients have asked or ask yet on the connections that they have, each for the last
   * time, and resolves when all are closed. Connections on which nothing is asked are closed after `stopQuietMs`, all
   * others after `stopGraceMs`.
   */
  stop(): Promise<void>;
}

/** How often what waits to be sent is added up, in milliseconds: it takes microseconds, as long as an answer does. */
const ADD_UP_MS = 5;

/**
 * An HTTP server whose clients cannot hold on to it: connections that send or read too slowly are ended, one address
 * does not get all of them, and neither answers that nobody reads nor requests that nobody waits to have answered fill
 * the memory.
 */
export function createGuardedServer(
  listener: RequestListener,
  given: Partial<SocketLimits> = {},
): GuardedServer {
  const limits = { ...LIMITS, ...given };
  const open = new Set<Socket>();
  const server = createServer({
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
    connectionsCheckingInterval: Math.ceil(limits.headersTimeoutMs / 10),
  });
  server.maxConnections = limits.connections;
  const addresses = new Addresses(limits.connectionsPerAddress);
  server.on("connection", (socket) => addresses.add(socket));
  server.on("connection", withoutStacksOfAborted);
  server.on("connection", (socket) => {
    open.add(socket);
    socket.once("close", () => {
      open.delete(socket);
      answers.delete(socket);
    });
  });
  /** The last answer that a connection waits for, and how many before it. */
  const answers = new Map<Socket, Waiting>();
  /** The bytes that were read of a connection when it had its last answer. */
  const idleSince = new WeakMap<Socket, number>();
  let isStopping = false;
  // A time without a byte in either direction. Only while an answer is worked out, that is as it should be.
  server.setTimeout(limits.unreadTimeoutMs, (socket) => {
    if (!answers.has(socket) || socket.writableLength > 0) socket.destroy();
  });
  let addedUpAt = 0;
  server.on("request", (request, response) => {
    const now = performance.now();
    if (now > addedUpAt + ADD_UP_MS) {
      addedUpAt = now;
      dropUnread(open, limits.waitingBytes);
    }
    const { socket } = request;
    // What came in the same packet as the request too many is read to its end.
    if (socket.destroyed) return;
    if (isStopping) response.shouldKeepAlive = false;
    const before = answers.get(socket);
    const waiting = { response, before: before === undefined ? 0 : before.before + 1 };
    if (waiting.before > limits.pipelined) {
      // Whatever else came meanwhile from there is not read: of a packet with two thousand requests each is, to its end, before
      // anybody else's, and there may be as many packets as connections. HTTP lets an idle connection be closed at any time.
      for (const other of addresses.of(socket))
        if (!answers.has(other) && other.bytesRead === (idleSince.get(other) ?? 0)) other.destroy();
      socket.destroy();
      return;
    }
    answers.set(socket, waiting);
    response.once("close", () => {
      const last = answers.get(socket);
      if (last === waiting) {
        answers.delete(socket);
        idleSince.set(socket, socket.bytesRead);
      } else if (last !== undefined) last.before--;
    });
    // What a client asks before it has its answer waits for it, and for what others ask meanwhile.
    if (before === undefined) listener(request, response);
    else
      before.response.once("close", () =>
        setImmediate(() => {
          // A client that has left asks nothing more.
          if (!socket.destroyed) listener(request, response);
        }),
      );
  });
  const stop = () => {
    isStopping = true;
    for (const { response } of answers.values()) response.shouldKeepAlive = false;
    return new Promise<void>((resolve) => {
      const look = closeQuiet(open, answers);
      // After what has come meanwhile is read, should the event loop be late.
      const closing = setInterval(() => setImmediate(look), limits.stopQuietMs);
      const force = setTimeout(() => server.closeAllConnections(), limits.stopGraceMs);
      // Not the method of HTTP servers: it closes idle connections at once, on which requests may be on their way.
      NetServer.prototype.close.call(server, () => {
        clearInterval(closing);
        clearTimeout(force);
        resolve();
      });
    });
  };
  return { server, stop };
}

/** An answer that a connection waits for, and how many it gets before. */
interface Waiting {
  readonly response: ServerResponse;
  before: number;
}

/** Closes, each time, the connections on which the client was to send something and has sent nothing since the last time. */
function closeQuiet(open: ReadonlySet<Socket>, answers: ReadonlyMap<Socket, Waiting>): () => void {
  const read = new WeakMap([...open].map((socket) => [socket, socket.bytesRead]));
  return () => {
    for (const socket of open) {
      const isAnswering = answers.get(socket)?.response.req.complete === true || socket.writableLength > 0;
      if (!isAnswering && read.get(socket) === socket.bytesRead) socket.destroy();
      read.set(socket, socket.bytesRead);
    }
  };
}

/** The open connections by the address they come from, of which each has so many at most. */
class Addresses {
  readonly #most: number;
  readonly #sockets = new Map<string, Set<Socket>>();

  constructor(most: number) {
    this.#most = most;
  }

  /** Closes the connection at once where its address has enough. */
  add(socket: Socket): void {
    const address = socket.remoteAddress ?? "";
    const sockets = this.#sockets.get(address) ?? new Set();
    if (sockets.size >= this.#most) {
      socket.destroy();
      return;
    }
    this.#sockets.set(address, sockets.add(socket));
    socket.once("close", () => {
      sockets.delete(socket);
      if (sockets.size === 0) this.#sockets.delete(address);
    });
  }

  /** All of the same address. */
  of({ remoteAddress = "" }: Socket): Iterable<Socket> {
    return this.#sockets.get(remoteAddress) ?? [];
  }
}

/**
 * Node makes an error for each request that a closed connection has not had answered. Nobody reads where it was made, and of the
 * two thousand requests that one packet may hold, the stacks take most of the time.
 */
function withoutStacksOfAborted(socket: Socket): void {
  let limit = Error.stackTraceLimit;
  // Around Node's own listener, which was there before.
  socket.prependListener("close", () => {
    limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
  });
  socket.once("close", () => {
    Error.stackTraceLimit = limit;
  });
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
