import { once } from "node:events";
import { Agent, request } from "node:http";
import { connect, type Socket } from "node:net";
import { setPriority } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { ATTACKS } from "../http/attacks/attacks.ts";
import { DEAR } from "./dear-operations.ts";

/**
 * Hostile clients for `crowd.ts`, in a process of their own: `tsx crowd-hostile.ts URL COUNT`. Each has an address and a
 * habit, and keeps to it as fast as the server lets it. Told to leave, it says how often each habit was indulged in.
 */
const [url = "", count = "1"] = process.argv.slice(2);
const { hostname, port } = new URL(url);
const done = new Map<string, number>();
/** What one client does at the same time. */
const AT_ONCE = 4;
/** How many connections one client holds that it does not use. */
const HELD = 100;
/** Between two tries of a client that was sent away or has all the connections it wants. */
const AGAIN_MS = 100;
/** An attack that gets no answer for so long is left. */
const GIVE_UP_MS = 5_000;
/** After so long a client leaves that asked something hard. */
const LEAVE_MS = 50;
const BYTE_EVERY_MS = 1_000;

/** What one client does again and again. Resolves with a text of what came of it, where that is known. */
type Habit = (address: string, nth: number) => Promise<unknown>;

const habits: Record<string, Habit> = {
  /** All kinds of operations that cost about what one may cost, others each time. */
  "dear operations": (address, nth) => post(address, dear(nth)),
  /** As many bytes as an operation may answer with, of which the server has fifty stored before long. */
  "large answers": (address, nth) => post(address, large(nth)),
  /** Documents that nobody has asked before: nothing that is kept helps. */
  "new documents": (address, nth) => post(address, JSON.stringify({ query: `{ a${nth}: __typename }` })),
  /** Asks something hard and does not wait for it. */
  "leaving early": async (address, nth) => {
    const socket = open(address);
    const body = dear(nth + 1_000_000);
    socket.write(
      `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
    await pause(LEAVE_MS);
    socket.destroy();
  },
  /** Asks for the largest page on many connections and reads nothing. */
  "reading nothing": (address) =>
    hold(address, (socket) => {
      socket.pause();
      socket.write("GET /playground HTTP/1.1\r\nhost: x\r\n\r\n".repeat(10));
    }),
  /** Sends a byte of its headers now and then. */
  "sending slowly": (address) =>
    hold(address, (socket) => {
      socket.write("GET / HTTP/1.1\r\nx: ");
      const timer = setInterval(() => socket.write("a"), BYTE_EVERY_MS);
      socket.on("close", () => clearInterval(timer));
    }),
  /** Bodies of a megabyte that are no requests. */
  "large bodies": (address, nth) =>
    post(address, `{"query":"${`#${nth}\\n`.repeat(200_000).slice(0, 990_000)}"}`),
  /** All that the attack suite knows, from this machine's first address. */
  "every attack": async (_address, nth) => {
    await Promise.race([ATTACKS[nth % ATTACKS.length]!.send(url), pause(GIVE_UP_MS)]);
  },
};

const dearKinds = Object.values(DEAR);

function dear(nth: number): string {
  return JSON.stringify({ query: dearKinds[nth % dearKinds.length]!(nth) });
}

function large(nth: number): string {
  const skill = "slug name summary aliases unlocks { goal { ... on Skill { slug name summary aliases } } }";
  return JSON.stringify({ query: `{ skills(first: ${50 + (nth % 50)}) { nodes { ${skill} } } }` });
}

function open(address: string): Socket {
  return connect({ host: hostname, port: Number(port), localAddress: address }).on("error", () => {});
}

/** Holds as many connections as a client wants, opening another where one is closed. */
async function hold(address: string, begin: (socket: Socket) => void): Promise<void> {
  const held = heldBy.get(address) ?? new Set<Socket>();
  heldBy.set(address, held);
  if (held.size >= HELD) return pause(AGAIN_MS);
  const socket = open(address);
  held.add(socket);
  socket.on("close", () => held.delete(socket));
  begin(socket);
  await Promise.race([once(socket, "connect"), once(socket, "close")]);
}

const heldBy = new Map<string, Set<Socket>>();
const agents = new Map<string, Agent>();

function post(address: string, body: string): Promise<string> {
  const agent = agents.get(address) ?? new Agent({ keepAlive: true, localAddress: address });
  agents.set(address, agent);
  return new Promise((resolve) => {
    const headers = { "content-type": "application/json" };
    const sent = request(`${url}/graphql`, { method: "POST", agent, headers }, (response) => {
      let start = "";
      response
        .on("data", (chunk: Buffer) => {
          if (start === "") start = chunk.toString("latin1", 0, 10);
        })
        .on("close", () => {
          const told = `${response.statusCode}${start.startsWith('{"errors"') ? " refused" : ""}`;
          // Who is sent away comes again at once; a little later than at once, or the machine did nothing else.
          if (response.statusCode === 429) void pause(AGAIN_MS / 10).then(() => resolve(told));
          else resolve(told);
        });
    });
    sent.on("error", () => resolve("no answer"));
    sent.end(body);
  });
}

async function client(name: string, habit: Habit, nth: number): Promise<void> {
  const address = `127.2.0.${nth + 1}`;
  for (let round = 0; ; round++) {
    const told = await habit(address, round * AT_ONCE).catch(() => undefined);
    const what = typeof told === "string" ? `${name} (${told})` : name;
    done.set(what, (done.get(what) ?? 0) + 1);
  }
}

// What they take of this machine would be theirs elsewhere: it is not to be missing to the server.
setPriority(19);
const all = Object.entries(habits);
for (let nth = 0; nth < Number(count); nth++)
  for (let at = 0; at < AT_ONCE; at++) {
    const [name, habit] = all[nth % all.length]!;
    void client(name, (address, round) => habit(address, round + at), nth);
  }
process.on("message", () => {
  process.send?.([...done].map(([name, times]) => `${name} ${times}`).join(", "));
});
process.send?.("here");
