import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { placed } from "../../../src/http/explorer/draw.ts";
import { MAX_PICTURE_NODES } from "../../../src/render/limits.ts";
import { openShippedGraph, type TestApi } from "../../support/api.ts";

let api: TestApi;
beforeAll(async () => {
  api = await openShippedGraph();
});
afterAll(() => api.close());

const get = async (path: string, of = api) => {
  const response = await fetch(of.url + path);
  return { status: response.status, headers: response.headers, text: await response.text() };
};

describe("pictures", () => {
  test.each([
    "/roles/backend-developer",
    "/skills/django",
    "/roadmaps/eleven-steps",
    "/path?goals=backend-developer&known=git",
  ])("%s is drawn, with titles and links", async (link) => {
    const [path, query = ""] = link.split("?");
    const { status, headers, text } = await get(`${path}.svg?${query}`);
    expect(status).toBe(200);
    expect(headers.get("content-type")).toContain("image/svg+xml");
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(text).toMatch(/^<svg /);
    expect(text).toContain(`href="${api.url}/skills/`);
    expect(text).toMatch(/<title>[^<]+, (ready to learn|needs others first|a goal)<\/title>/);
  });

  test("a path tells what is known, ready and locked apart by more than colour", async () => {
    const { text } = await get("/path.svg?role=backend-developer&known=git");
    expect(text).toMatch(
      /class="node known"[\s\S]*?<title>Git, [\d.]+ h, known<\/title>[\s\S]*?stroke-dasharray="2 3"[\s\S]*?✓/,
    );
    expect(text).toMatch(/class="node ready"[\s\S]*?stroke-width="2.5"/);
    expect(text).toMatch(/class="edge"[^>]*stroke-dasharray="5 4"/);
  });

  test("themes are what is asked for", async () => {
    expect((await get("/skills/git.svg?theme=dark")).text).toContain("#131716");
    expect((await get("/skills/git.svg?theme=light")).text).not.toContain("<style>");
    expect((await get("/skills/git.svg")).text).toContain("prefers-color-scheme");
    expect((await get("/skills/git.svg?theme=pink")).status).toBe(400);
  });

  test("other formats say the same", async () => {
    const { nodes, edges } = JSON.parse((await get("/skills/django.json")).text);
    expect(nodes.length).toBeGreaterThan(2);
    expect(nodes[0]).toMatchObject({
      label: expect.any(String),
      x: expect.any(Number),
      href: expect.any(String),
    });
    const dot = (await get("/skills/django.dot")).text;
    expect(dot.match(/->/g)).toHaveLength(edges.length);
    const mermaid = (await get("/skills/django.mmd")).text;
    expect(mermaid).toContain("flowchart LR");
    expect(mermaid.match(/--?\.?->/g)).toHaveLength(edges.length);
  });

  test("a deeper picture has more", async () => {
    const count = async (depth: number) =>
      JSON.parse((await get(`/skills/django.json?depth=${depth}`)).text).nodes.length;
    expect(await count(3)).toBeGreaterThan(await count(1));
    expect((await get("/skills/django.svg?depth=9")).status).toBe(400);
  });

  test("a skill at the edge of a picture is not called ready for what the picture leaves out", async () => {
    const { nodes } = JSON.parse((await get("/skills/django.json?depth=1")).text);
    const states = new Map(nodes.map(({ href, state }: { href: string; state: string }) => [href, state]));
    expect(states.get("/skills/python")).toBe("locked");
    const deep = JSON.parse((await get("/skills/django.json?depth=2")).text);
    const first = deep.nodes.find(
      ({ href }: { href: string }) => href === "/skills/programming-fundamentals",
    );
    expect(first.state).toBe("ready");
  });

  test("a picture has what is around the skills that a link expands, and the rest where it was", async () => {
    const before = JSON.parse((await get("/skills/django.json?depth=1")).text);
    const after = JSON.parse((await get("/skills/django.json?depth=1&expand=http,nobody,python")).text);
    expect(after.nodes.length).toBeGreaterThan(before.nodes.length);
    expect(after.nodes.slice(0, before.nodes.length)).toEqual(before.nodes);
    const many = Array.from({ length: 21 }, (_, at) => `s${at}`);
    const refused = await get(`/skills/django.json?expand=${many}`);
    expect(refused.status).toBe(400);
    expect(refused.text).toContain("Expected expand to name at most 20 skills, got 21");
  });

  test("wrong links say what is wrong", async () => {
    const missing = await get("/skills/djang.svg");
    expect(missing.status).toBe(404);
    expect(JSON.parse(missing.text).message).toContain("django");
    expect((await get("/path.svg")).status).toBe(400);
  });

  test("is sent once", async () => {
    const etag = (await get("/skills/git.svg")).headers.get("etag") ?? "";
    const again = await fetch(`${api.url}/skills/git.svg`, { headers: { "if-none-match": etag } });
    expect(again.status).toBe(304);
  });
});

test("beyond the limit, an error says how to narrow", async () => {
  const nodes = Array.from({ length: MAX_PICTURE_NODES + 1 }, (_, at) => ({
    id: `${at}`,
    label: `Skill ${at}`,
    state: "ready" as const,
    href: `/skills/s${at}`,
  }));
  const drawn = placed(api.store.snapshot(), { title: "All", nodes, edges: [] });
  await expect(drawn).rejects.toThrow(/at most 2000 nodes .* got 2001 .*Name fewer goals/);
  await expect(drawn).rejects.toMatchObject({ code: "TOO_LARGE" });
});
