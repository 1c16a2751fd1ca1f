import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { MAX_MCP_TEXT_LENGTH } from "../../src/http/limits.ts";
import { startTestServer, type TestServer } from "../support/http.ts";

/** Assistants, by the client of the protocol's own SDK. */

let server: TestServer;
let client: Client;
beforeAll(async () => {
  server = await startTestServer();
  client = new Client({ name: "test", version: "1" });
  await client.connect(new StreamableHTTPClientTransport(new URL(`${server.url}/mcp`)));
});
afterAll(async () => {
  await client.close();
  await server.close();
});

async function call(name: string, given: Record<string, unknown>, from = client) {
  const answer = await from.callTool({ name, arguments: given });
  expect(answer.content).toEqual([{ type: "text", text: expect.any(String) }]);
  const [content] = Array.isArray(answer.content) ? answer.content : [];
  const text: string = content.text;
  expect(text.length).toBeLessThan(MAX_MCP_TEXT_LENGTH + 1_000);
  return { text, isError: answer.isError === true };
}

const goals = [{ role: "backend-developer" }];

describe("over HTTP", () => {
  test("tells of its tools, which only read", async () => {
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual([
      "search_skills",
      "learning_path",
      "explain_skill",
      "ready_to_learn",
      "prerequisites",
      "skill",
    ]);
    for (const { annotations } of tools) expect(annotations?.readOnlyHint).toBe(true);
  });

  test("finds what is meant, with links", async () => {
    const { text } = await call("search_skills", { query: "pyhton", first: 5 });
    expect(text).toContain(`- Python (skill python) ${server.url}/skills/python`);
  });

  test("answers as GraphQL does, and not at more length than a model reads", async () => {
    const { data } = await server.ask(
      "query ($input: LearningPathInput!) { learningPath(input: $input) { ... on LearningPath { totalHours totalSteps } } }",
      { input: { goals, known: ["git"], choose: ["python"] } },
    );
    const { text } = await call("learning_path", { goals, known: ["git"], choose: ["python"] });
    const { totalHours, totalSteps } = data.learningPath;
    expect(text).toContain(`${totalHours} hours in ${totalSteps} steps, proved to be the fewest.`);
    expect(text).toContain(`${server.url}/path?role=backend-developer&known=git&choose=python`);
    const shown = text.match(/^\d+\. /gm)?.length ?? 0;
    expect(text).toContain(`… and ${totalSteps - shown} more.`);
    expect((await fetch(/http\S+/.exec(text)![0])).status).toBe(200);
  });

  test("says what it takes as known, and lets a model disagree", async () => {
    const known = ["django", "git"];
    const { text } = await call("learning_path", { goals, known });
    expect(text).toMatch(/^Taken as known because of Django: python, .*coding/m);
    expect((await call("ready_to_learn", { goals, known })).text).toContain(
      "Taken as known because of Git: ",
    );
    const less = (await call("learning_path", { goals, known, notKnown: ["python"], knownImplies: "PARTS" }))
      .text;
    expect(less).toContain("known=django,git&notKnown=python&knownImplies=PARTS");
    expect(less).not.toContain("because of Django");
    expect((await call("explain_skill", { goals, known, skill: "python" })).text).toContain(
      "KNOWN: Python counts as known, since Django is known.",
    );
  });

  test("says why, what is next, and what comes before", async () => {
    expect((await call("explain_skill", { goals, skill: "git" })).text).toMatch(/^IN_PATH: .*\/skills\/git$/);
    expect((await call("ready_to_learn", { goals, first: 3 })).text).toMatch(/unlocks \d+/);
    expect((await call("prerequisites", { of: { skill: "django" } })).text).toContain(
      "- Python (python) before",
    );
  });

  test("cites documents with lines", async () => {
    expect((await call("skill", { slug: "postgresql" })).text).toMatch(/Cited:\n- “[^”]+”, .+, line \d+ \(/);
  });

  test("tells a model what it got wrong", async () => {
    const unknown = await call("learning_path", { goals: [{ role: "backend-develper" }] });
    expect(unknown).toMatchObject({ isError: true, text: expect.stringContaining("backend-develper") });
    expect(await call("skill", { slug: "pyton" })).toMatchObject({
      isError: true,
      text: expect.stringContaining("python"),
    });
    expect(await call("learning_path", { goals: "git" })).toMatchObject({
      isError: true,
      text: expect.stringContaining("goals"),
    });
    await expect(client.callTool({ name: "drop_everything" })).rejects.toThrow("Expected a tool");
  });

  test("tells what is wrong in short", async () => {
    const { text, isError } = await call("learning_path", { goals: [{ role: "x", skill: "y" }] });
    expect(isError).toBe(true);
    expect(text).toContain("goals[0]");
    const longer = await call("learning_path", { goals, ["x".repeat(9_000)]: 1 });
    expect(longer.text.length).toBeLessThanOrEqual(200);
  });

  test("answers messages by themselves, and refuses what is none", async () => {
    const post = (body: string, type = "application/json") =>
      fetch(`${server.url}/mcp`, { method: "POST", headers: { "content-type": type }, body });
    const told = async (body: string) => (await (await post(body)).json()).error?.code;
    expect(await told("{")).toBe(-32700);
    expect(await told("[]")).toBe(-32600);
    expect(await told('{"jsonrpc": "2.0", "id": 1, "method": "resources/list"}')).toBe(-32601);
    expect(await told('{"jsonrpc": "2.0", "id": 1, "method": "ping"}')).toBeUndefined();
    expect((await post('{"jsonrpc": "2.0", "method": "notifications/initialized"}')).status).toBe(202);
    expect((await post("{}", "text/plain")).status).toBe(415);
    expect((await fetch(`${server.url}/mcp`)).status).toBe(405);
  });

  test("costs what questions cost", async () => {
    const poor = await startTestServer({ rateLimit: 6_000 });
    onTestFinished(() => poor.close());
    const ask = () =>
      fetch(`${poor.url}/mcp`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"skill","arguments":{"slug":"git"}}}',
      });
    expect((await ask()).status).toBe(200);
    const refused = await ask();
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, expect.any(String)]);
  });
});

test("over standard input and output, beside no server", { timeout: 60_000 }, async () => {
  const DATA_DIR = mkdtempSync(join(tmpdir(), "skills-graph-mcp-"));
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: ["src/run.mjs", "mcp"],
    env: { DATA_DIR },
  });
  const assistant = new Client({ name: "test", version: "1" });
  onTestFinished(async () => {
    await assistant.close();
    rmSync(DATA_DIR, { recursive: true, force: true });
  });
  await assistant.connect(transport);
  expect((await call("search_skills", { query: "python" }, assistant)).text).toContain("(skill python)");
  expect((await call("explain_skill", { goals, skill: "git" }, assistant)).text).toContain("IN_PATH");
});
