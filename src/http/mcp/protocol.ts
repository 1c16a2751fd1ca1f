import { z } from "zod";
import { AskFault } from "../../explorer/site.ts";
import { MAX_MCP_ID_LENGTH } from "../limits.ts";
import { faultsIn } from "./texts.ts";
import { TOOLS, type Tool, ToolFault } from "./tools.ts";

/**
 * The Model Context Protocol (https://modelcontextprotocol.io), as far as tools that only read need it: requests of JSON-RPC
 * 2.0, each answered by itself. Nothing is kept between them.
 */

/** The revisions of the protocol that are spoken; of those, these parts are the same. The newest first. */
const VERSIONS = ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"] as const;

const INSTRUCTIONS =
  "A graph of skills and what they require. Find slugs with search_skills; then ask for a learning path, why a skill is on it, or what to learn next. Cite the links.";

const message = z.object({
  jsonrpc: z.literal("2.0"),
  id: z.union([z.string().max(MAX_MCP_ID_LENGTH), z.number()]).optional(),
  method: z.string(),
  params: z.record(z.string(), z.unknown()).default({}),
});

/** Codes of JSON-RPC. */
const CODES = { parse: -32700, request: -32600, method: -32601, parameters: -32602 } as const;

class ProtocolFault extends Error {
  readonly code: number;
  constructor(text: string, kind: keyof typeof CODES) {
    super(text);
    this.code = CODES[kind];
  }
}

/** Asks a tool. */
export type Call = (tool: Tool, given: unknown) => Promise<string>;

/**
 * The answer to a message; `undefined` to one that wants none. Faults of the message and of what a tool is given are told in
 * the answer. Rejects with all others, such as what `call` refuses.
 */
export async function answerMessage(text: string, call: Call): Promise<object | undefined> {
  let id: string | number | null = null;
  try {
    const read = message.safeParse(parsed(text));
    if (!read.success)
      throw new ProtocolFault(`Expected one message of JSON-RPC 2.0: ${faultsIn(read.error)}`, "request");
    if (read.data.id === undefined) return undefined;
    id = read.data.id;
    return { jsonrpc: "2.0", id, result: await resultOf(read.data.method, read.data.params, call) };
  } catch (error) {
    if (!(error instanceof ProtocolFault)) throw error;
    return { jsonrpc: "2.0", id, error: { code: error.code, message: error.message } };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ProtocolFault("Expected JSON.", "parse");
  }
}

async function resultOf(method: string, params: Record<string, unknown>, call: Call): Promise<object> {
  switch (method) {
    case "initialize":
      return {
        protocolVersion: VERSIONS.find((version) => version === params.protocolVersion) ?? VERSIONS[0],
        capabilities: { tools: {} },
        serverInfo: { name: "skills-graph", title: "Skills graph", version: "1.0.0" },
        instructions: INSTRUCTIONS,
      };
    case "ping":
      return {};
    case "tools/list":
      return {
        tools: Array.from(TOOLS.values(), ({ name, description, inputSchema }) => ({
          ...{ name, description, inputSchema },
          annotations: { readOnlyHint: true, openWorldHint: false },
        })),
      };
    case "tools/call":
      return contentOf(params, call);
    default:
      throw new ProtocolFault(`There is no method ${method.slice(0, 100)} here.`, "method");
  }
}

/** What a tool answers. Its faults are content too, so that a model can mend what it asked. */
async function contentOf({ name, arguments: given = {} }: Record<string, unknown>, call: Call) {
  const tool = typeof name === "string" ? TOOLS.get(name) : undefined;
  if (tool === undefined)
    throw new ProtocolFault(
      `Expected a tool, one of ${[...TOOLS.keys()].join(", ")}, got ${typeof name === "string" ? name.slice(0, 100) : typeof name}.`,
      "parameters",
    );
  try {
    return { content: [{ type: "text", text: await call(tool, given) }] };
  } catch (error) {
    if (!(error instanceof ToolFault || error instanceof AskFault)) throw error;
    const meant =
      error instanceof AskFault && error.suggestions.length > 0 ? error.suggestions.join(", ") : "";
    const text = meant === "" ? error.message : `${error.message} Perhaps: ${meant}.`;
    return { content: [{ type: "text", text }], isError: true };
  }
}
