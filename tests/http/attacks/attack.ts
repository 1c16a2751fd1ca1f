import { openSocket, postRaw, type RawAnswer, sendRaw } from "../../support/raw-http.ts";

/** Something that an anonymous client may send, and what a server that is not hurt by it answers. */
export interface Attack {
  readonly kind:
    | "HTTP"
    | "JSON"
    | "GraphQL"
    | "data"
    | "rights"
    | "slow clients"
    | "load"
    | "exports"
    | "streams"
    | "assistants"
    | "pages"
    | "learners";
  readonly what: string;
  readonly send: (url: string) => Promise<RawAnswer>;
  /** The statuses that are right. */
  readonly status: readonly number[];
  /** `extensions.code` of the first error, the code of a fault of JSON-RPC, or the type of the field that says what is wrong; absent: there is none. */
  readonly code?: string;
}

/** The largest answer to what is refused. */
const MAX_REFUSAL_BYTES = 10_000;

/** What nobody outside is to read: words of parsers, stacks, paths, statements. */
export const LEAKS =
  /originalError|SyntaxError|JSON at position|Unexpected (?:token|end)|node_modules|at .*\.[tj]s:|"stack"|prisma|SELECT .* FROM /i;

/** How long an ordinary question may take after an attack, on a machine that does other things as well. */
const MAX_PROBE_MS = 5_000;

/** What is wrong with the answer to an attack; nothing if it was repelled. */
export function faultsOf({ status, code }: Attack, answer: RawAnswer): string[] {
  const faults: string[] = [];
  if (!status.includes(answer.status))
    faults.push(`status ${answer.status}, expected ${status.join(" or ")}`);
  const came = codeOf(answer);
  if (came !== code) faults.push(`code ${came}, expected ${code}`);
  if (answer.body.length > MAX_REFUSAL_BYTES) faults.push(`${answer.body.length} bytes`);
  const leak = LEAKS.exec(answer.body);
  if (leak !== null) faults.push(`says "${leak[0]}"`);
  if (/(.)\1{200}/.test(answer.body)) faults.push("repeats more than 200 characters of what was sent");
  // What is not HTTP is answered by Node itself, without words.
  if (answer.body.includes("{") && answer.headers["x-content-type-options"] !== "nosniff")
    faults.push("no nosniff");
  return faults;
}

/** Whether an ordinary question is answered; if not, why. */
export async function probe(url: string): Promise<string[]> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: '{"query":"{ __typename }"}',
    signal: AbortSignal.timeout(MAX_PROBE_MS),
  }).catch((error: unknown) => new Response(String(error), { status: 599 }));
  const text = await response.text();
  return text === '{"data":{"__typename":"Query"}}' ? [] : [`then an ordinary question gets ${text}`];
}

function codeOf({ body }: RawAnswer): string | undefined {
  let answer: unknown;
  try {
    answer = JSON.parse(body);
  } catch {
    return undefined;
  }
  const [error] = listIn(answer, "errors");
  const code = member(member(error, "extensions"), "code");
  if (typeof code === "string") return code;
  const fault = member(member(answer, "error"), "code");
  if (typeof fault === "number") return String(fault);
  const [first] = Object.values(Object(member(answer, "data")));
  const type = member(first, "__typename");
  return typeof type === "string" && type.endsWith("Error") ? type : undefined;
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function listIn(value: unknown, name: string): unknown[] {
  const list = member(value, name);
  return Array.isArray(list) ? list : [];
}

/** Sends lines as the head of a request, with an empty line after them and then a body. */
export function head(lines: readonly string[], body = ""): (url: string) => Promise<RawAnswer> {
  return (url) => sendRaw(url, [...lines, "", body].join("\r\n"));
}

export function get(path: string, ...headers: readonly string[]) {
  return head([`GET ${path} HTTP/1.1`, "host: x", "connection: close", ...headers]);
}

export function post(body: string, headers: Readonly<Record<string, string>> = {}) {
  return (url: string) => postRaw(url, body, headers);
}

/** Posts a body to a path, as JSON unless a header says otherwise. */
export function postTo(path: string, body: string, ...headers: readonly string[]) {
  const all = headers.some((line) => line.startsWith("content-type:"))
    ? headers
    : ["content-type: application/json", ...headers];
  const length = `content-length: ${Buffer.byteLength(body)}`;
  return head([`POST ${path} HTTP/1.1`, "host: x", "connection: close", length, ...all], body);
}

/** Opens many connections, does something with each, asks an ordinary question meanwhile, and lets them go. */
export function crowd(count: number, sent: string, isRead = false) {
  return async (url: string): Promise<RawAnswer> => {
    const sockets = Array.from({ length: count }, () => {
      const socket = openSocket(url);
      socket.write(sent);
      return isRead ? socket.resume() : socket.pause();
    });
    try {
      return await post('{"query":"{ __typename }"}')(url);
    } finally {
      for (const socket of sockets) socket.destroy();
    }
  };
}
