import { rm, symlink } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../support/http.ts";
import { type TemporaryProject, temporaryProject } from "./temporary-project.ts";

const ROOT = join(import.meta.dirname, "..", "..");

/** A page that uses the client, with the types that it comes with. */
const page = `
import { createClient, LearningPath, RequestError, Search } from "skills-graph/client";

export async function hoursOf(url: string, role: string): Promise<number> {
  const { learningPath } = await createClient({ url }).ask(LearningPath, { input: { goals: [{ role }] } });
  if (learningPath.__typename !== "LearningPath") throw new Error(learningPath.message);
  // @ts-expect-error: hours are numbers
  const wrong: string = learningPath.totalHours;
  void wrong;
  return learningPath.totalHours;
}

export async function find(url: string, query: string, known: string[] = []) {
  const client = createClient({ url, headers: { "x-known": String(known.length) } });
  const { search } = await client.ask(Search, { query, first: 3 });
  return search?.nodes.map(({ slug }) => slug);
}

export async function faultOf(url: string, first: number) {
  // @ts-expect-error: a search needs a query
  const wrong = () => createClient({ url }).ask(Search, { first });
  void wrong;
  try {
    await createClient({ url }).ask(Search, { query: "git", first });
    return undefined;
  } catch (error) {
    return error instanceof RequestError ? [error.code, error.status, error.retryAfter] : undefined;
  }
}

export async function longQuestion(url: string) {
  const known = Array.from({ length: 500 }, (_, number) => "skill-" + number);
  const input = { goals: [{ skill: "django" }], known, unknown: "IGNORE" as const };
  const { learningPath } = await createClient({ url }).ask(LearningPath, { input });
  return learningPath.__typename;
}
`;

/** The most that the client may weigh, compressed, with all its operations. */
const MOST_BYTES = 4_096;

describe("our own client, as the package exports it", () => {
  let server: TestServer;
  let project: TemporaryProject;
  beforeAll(async () => {
    project = await temporaryProject();
    // As a frontend has it that depends on a checkout, and on nothing else.
    await rm(join(project.folder, "node_modules"));
    await project.write({ "page.ts": page, "node_modules/.keep": "" });
    await symlink(ROOT, join(project.folder, "node_modules", "skills-graph"), "junction");
    server = await startTestServer();
  });
  afterAll(async () => {
    await server.close();
    await project.remove();
  });

  const bundled = async (contents: string) => {
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: project.folder, loader: "ts" },
      absWorkingDir: project.folder,
      ...{ bundle: true, minify: true, format: "esm", target: "es2022", write: false },
    });
    return outputFiles[0]!.text;
  };

  test("has types that hold", { timeout: 60_000 }, () => project.checkTypes());

  test("is small, and what is not used is left out", async () => {
    const all = await bundled('export * from "skills-graph/client";');
    expect(brotliCompressSync(all).length).toBeLessThan(MOST_BYTES);
    const one = await bundled('export { createClient, Search } from "skills-graph/client";');
    expect(one.match(/sha256:/g)).toHaveLength(1);
  });

  test("asks the server", async () => {
    const code = await bundled('export * from "./page.ts";');
    const { hoursOf, find, faultOf, longQuestion } = await import(
      `data:text/javascript,${encodeURIComponent(code)}`
    );
    const { data } = await server.ask(
      `{ learningPath(input: { goals: [{ role: "backend-developer" }] }) { ... on LearningPath { totalHours } } }`,
    );
    expect(await hoursOf(`${server.url}/`, "backend-developer")).toBe(data.learningPath.totalHours);
    await expect(hoursOf(server.url, "nobody")).rejects.toThrow("nobody");
    expect(await find(server.url, "pyhton")).toContain("python");
    expect(await faultOf(server.url, -1)).toEqual(["BAD_USER_INPUT", expect.any(Number), undefined]);
    expect(await longQuestion(server.url)).toBe("LearningPath");
  });

  test("tells of what is no answer", async () => {
    const { faultOf } = await import(
      `data:text/javascript,${encodeURIComponent(await bundled('export * from "./page.ts";'))}`
    );
    const busy = createServer((_request, response) => {
      response.writeHead(503, { "retry-after": "7" }).end("<html>busy</html>");
    });
    await new Promise<void>((resolve) => busy.listen(0, "127.0.0.1", resolve));
    const address = busy.address();
    const port = typeof address === "object" ? address?.port : undefined;
    expect(await faultOf(`http://127.0.0.1:${port}`, 1)).toEqual([undefined, 503, 7]);
    busy.close();
  });
});
