import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApi, openShippedGraph, type TestApi } from "../../support/api.ts";
import { buildSource } from "../../support/built.ts";

/** All that travels for the custom element. */
const MAX_ELEMENT_BYTES = 5_120;

let api: TestApi;
beforeAll(async () => {
  buildSource();
  api = await openShippedGraph();
});
afterAll(() => api.close());

const get = (path: string, of = api) => fetch(of.url + path);

describe("a frame", () => {
  test("has the steps without script, and may be framed by all", async () => {
    const response = await get("/embed/roles/designer?known=creativity&theme=dark&weeklyHours=5");
    expect(response.status).toBe(200);
    expect(response.headers.get("content-security-policy")).toContain("frame-ancestors *");
    const text = await response.text();
    expect(text).toContain('data-theme="dark"');
    expect(text).toMatch(/<li class="known"><a [^>]*>Creativity<\/a>/);
    expect(text).toMatch(/<li value="1"><a href="http[^"]*\/skills\/[\w-]+" target="_blank" rel="noopener">/);
  });

  test("has a picture when it is asked for", async () => {
    expect(await (await get("/embed/role/designer?view=graph")).text()).toContain("<svg");
    expect(await (await get("/embed/path?role=designer")).text()).not.toContain("data-picture");
  });

  test("says what is wrong", async () => {
    expect((await get("/embed/roles/nobody")).status).toBe(404);
    expect((await get("/embed/animals/cat")).status).toBe(404);
    expect((await get("/embed/roles/designer?knwon=git")).status).toBe(400);
    expect((await get("/embed/roles/%E0%A4%A")).status).toBe(404);
  });
});

describe("the element", () => {
  test("is small, immutable under its version, and has the hash that the builder prints", async () => {
    const response = await get("/embed/v1.js");
    expect(response.headers.get("cache-control")).toContain("immutable");
    const body = Buffer.from(await response.arrayBuffer());
    expect(brotliCompressSync(body).length).toBeLessThanOrEqual(MAX_ELEMENT_BYTES);
    const hash = createHash("sha384").update(body).digest("base64");
    expect(await (await get("/embed?role=designer")).text()).toContain(
      `sha384-${hash.replaceAll("'", "&#39;")}`,
    );
    const newest = await get("/embed.js");
    expect(newest.headers.get("cache-control")).not.toContain("immutable");
    expect(Buffer.from(await newest.arrayBuffer())).toEqual(body);
  });
});

test("what describes the element for compilers and editors knows what the element knows", async () => {
  const source = readFileSync("src/explorer/browser/embed.ts", "utf8");
  const attributes = [...(/ATTRIBUTES = \[([^\]]+)\]/.exec(source)?.[1] ?? "").matchAll(/"([\w-]+)"/g)].map(
    ([, name]) => name,
  );
  const events = new Set([...source.matchAll(/#tell\("([\w-]+)"/g)].map(([, name]) => name));
  const parts = new Set([...source.matchAll(/part\.add\("(\w+)"\)/g)].map(([, name]) => name));
  const properties = new Set([...source.matchAll(/var\((--skill-\w+)/g)].map(([, name]) => name));
  const manifest = await (await get("/embed/custom-elements.json")).json();
  const [element] = manifest.modules[0].declarations;
  const names = (list: readonly { name: string }[]) => new Set(list.map(({ name }) => name));
  expect(attributes.length).toBeGreaterThan(5);
  expect(names(element.attributes)).toEqual(new Set(attributes));
  expect(names(element.events)).toEqual(events);
  expect(names(element.cssParts)).toEqual(parts);
  expect(names(element.cssProperties)).toEqual(properties);
  const response = await get("/embed/v1.d.ts");
  expect(response.headers.get("content-type")).toContain("text/plain");
  const types = await response.text();
  for (const name of [...attributes, ...events]) expect(types).toMatch(new RegExp(`\\b"?${name}"?\\??:`));
});

test("the builder puts the steps into the element, for those who run no script", async () => {
  const text = await (await get("/embed?role=designer&list=on")).text();
  const code = text.match(/Code of the element[^>]*>([^<]+)</)?.[1] ?? "";
  expect(code).toMatch(/&lt;ol&gt;\s+&lt;li&gt;&lt;a href=&quot;http[^&]+\/skills\/[\w-]+&quot;&gt;/);
  expect(code.match(/&lt;li&gt;/g)?.length).toBeGreaterThan(4);
});

test("the builder pins a frame to the revision of today", async () => {
  const code = async (query: string) =>
    (await (await get(`/embed?role=designer${query}`)).text()).match(/Code of the frame[^>]*>([^<]+)</)?.[1];
  expect(await code("&pinned=on")).toContain("/embed/roles/designer?revision=1&quot;");
  expect(await code("")).not.toContain("revision");
});

describe("oEmbed", () => {
  const ask = async (query: Record<string, string>) => {
    const response = await get(`/oembed?${new URLSearchParams(query)}`);
    return { status: response.status, json: await response.json() };
  };

  test("answers for a page, within the size that is asked for, and pages say where", async () => {
    const url = `${api.url}/roles/designer`;
    const { status, json } = await ask({ url, maxwidth: "300", maxheight: "9000" });
    expect(status).toBe(200);
    expect(json).toMatchObject({ type: "rich", version: "1.0", title: "Designer", width: 300, height: 600 });
    expect(json.html).toContain(`src="${api.url}/embed/roles/designer"`);
    const page = await (await get("/roles/designer")).text();
    expect(page).toContain(`type="application/json+oembed"`);
    expect(page).toContain(`/oembed?url=${encodeURIComponent(url)}`);
  });

  test("refuses what it has nothing for", async () => {
    expect((await ask({ url: "https://elsewhere.example/roles/designer" })).status).toBe(404);
    expect((await ask({ url: `${api.url}/roles/nobody` })).status).toBe(404);
    expect((await ask({ url: "nonsense" })).status).toBe(404);
    expect((await ask({ url: `${api.url}/roles/designer`, format: "xml" })).status).toBe(501);
  });
});

test("nothing of the graph or the link becomes markup", async () => {
  const name = `<img src=x onerror=alert(1)>"`;
  const attacked = await openApi({
    skills: [{ slug: "evil", name, hours: 1 }],
    roles: [{ slug: "victim", name, requires: "evil" }],
  });
  try {
    const link = `${attacked.url}/path?role=victim&known="><img src=x>`;
    for (const path of [
      "/embed/roles/victim?view=graph",
      `/embed?role=victim&known=${encodeURIComponent(name)}`,
      "/roles/victim.svg",
      `/embed/path?role=${encodeURIComponent(name)}`,
    ])
      expect(await (await get(path, attacked)).text(), path).not.toContain("<img");
    for (const url of [link, `${attacked.url}/roles/victim`]) {
      const { html = "" } = await (await get(`/oembed?url=${encodeURIComponent(url)}`, attacked)).json();
      expect(html).not.toContain("<img");
    }
  } finally {
    await attacked.close();
  }
});
