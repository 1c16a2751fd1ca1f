import { createInterface } from "node:readline";
import { pino } from "pino";
import { readConfig } from "../config.ts";
import { serve } from "../main.ts";
import { StoreError } from "../store/store-errors.ts";
import { CommandFault } from "./command-fault.ts";

export interface McpCommandOptions {
  /** A server that runs already. */
  readonly url?: string;
}

/**
 * `mcp`: speaks the Model Context Protocol over standard input and output, a message a line. Each is passed on to a server: the
 * one that is named, or one that this process starts on a free port of loopback. So the tools, and their limits, are one.
 */
export async function mcpCommand({ url }: McpCommandOptions): Promise<void> {
  // Standard output is for messages alone.
  const own = url === undefined ? await serveHere() : undefined;
  const endpoint = `${(url ?? own?.url ?? "").replace(/\/+$/, "")}/mcp`;
  const waiting = new Set<Promise<void>>();
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() === "") continue;
    const answering = passOn(endpoint, line).then((answer) => {
      if (answer !== "") process.stdout.write(`${answer.trim()}\n`);
      waiting.delete(answering);
    });
    waiting.add(answering);
  }
  await Promise.all(waiting);
  await own?.close();
}

async function serveHere() {
  const config = { ...readConfig(), host: "127.0.0.1", port: 0, metricsPort: undefined };
  try {
    return await serve(config, pino({ level: "warn" }, pino.destination(process.stderr.fd)));
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== "DATA_DIR_LOCKED") throw error;
    throw new CommandFault(
      `${error.code}: ${error.message} If it is a server, let the assistant ask it: mcp --url and its address, such as http://127.0.0.1:4000.`,
    );
  }
}

/** The answer to a message, as one line; empty where none is wanted. A server that does not answer is an error of JSON-RPC. */
async function passOn(endpoint: string, line: string): Promise<string> {
  try {
    const response = await fetch(endpoint, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json, text/event-stream" },
      body: line,
    });
    const text = await response.text();
    if (response.ok) return text;
    return faultFor(line, `The server answered ${response.status}: ${text}`);
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    return faultFor(line, `No answer from ${endpoint}: ${cause instanceof Error ? cause.message : cause}`);
  }
}

/** An internal error of JSON-RPC. */
const INTERNAL_ERROR = -32603;

function faultFor(line: string, message: string): string {
  const { id }: { readonly id?: unknown } = JSON.parse(line) ?? {};
  if (id === undefined) return "";
  return JSON.stringify({ jsonrpc: "2.0", id, error: { code: INTERNAL_ERROR, message } });
}
