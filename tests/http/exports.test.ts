import { parse } from "csv-parse/sync";
import { asyncBufferFromUrl, cachedAsyncBuffer, parquetMetadataAsync, parquetReadObjects } from "hyparquet";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { EXPORT_FORMAT_NAMES } from "../../src/interchange/export-format-names.ts";
import { startTestServer, type TestServer } from "../support/http.ts";

/** The exports of the shipped graph, over HTTP. */

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const get = (path: string, init: RequestInit = {}) => fetch(`${server.url}/export/${path}`, init);
const rowsOf = async (path: string): Promise<Record<string, string>[]> =>
  parse(await (await get(path)).text(), { columns: true });
const messageOf = async (response: Response) => ({
  status: response.status,
  message: (await response.json()).message,
});

describe.each(EXPORT_FORMAT_NAMES)("/export/%s", (name) => {
  test("has the revision in its name and its tag, and is not sent twice", async () => {
    const first = await get(name);
    expect(first.status).toBe(200);
    expect(first.headers.get("content-disposition")).toMatch(
      /^attachment; filename="skills-graph-r1[-.][\w.-]+"$/,
    );
    const etag = first.headers.get("etag")!;
    expect(etag).toMatch(/^"1-[\w-]{22}(-gzip)?"$/);
    const again = await get(name, { headers: { "if-none-match": etag } });
    expect([again.status, await again.text()]).toEqual([304, ""]);
    const head = await get(name, { method: "HEAD" });
    expect([head.status, head.headers.get("etag")]).toEqual([200, etag]);
    expect(await first.text()).toBe(await (await get(name)).text());
  });
});

test("text is sent as the client takes it, and is the same", async () => {
  const asked = async (encoding: string) => {
    const head = await get("edges.csv", { method: "HEAD", headers: { "accept-encoding": encoding } });
    const response = await get("edges.csv", { headers: { "accept-encoding": encoding } });
    expect(response.headers.get("vary")).toContain("Accept-Encoding");
    const length = response.headers.get("content-length");
    expect(head.headers.get("content-length")).toBe(length);
    const { headers } = response;
    return {
      ...{ text: await response.text(), length, tag: headers.get("etag") },
      encoding: headers.get("content-encoding"),
    };
  };
  const plain = await asked("identity");
  expect(plain).toMatchObject({ encoding: null, length: String(Buffer.byteLength(plain.text)) });
  const br = await asked("br, gzip");
  expect(br).toMatchObject({ encoding: "br", text: plain.text });
  expect(Number(br.length)).toBeLessThan(plain.text.length / 3);
  const gzip = await asked("gzip");
  expect(gzip).toMatchObject({ encoding: "gzip", text: plain.text });
  // Other bytes have another tag.
  expect(new Set([plain, br, gzip].map(({ tag }) => tag)).size).toBe(3);
});

test("nodes, edges and groups are as many as GraphQL counts", async () => {
  const { data } = await server.ask(
    "{ graph { counts { skills projects roles roadmaps resources } metrics { edges groups } } }",
  );
  const ofKind = async (name: string, kind: string) =>
    (await rowsOf(name)).filter((row) => row.kind === kind).length;
  const { counts, metrics } = data.graph;
  expect(await ofKind("nodes.csv", "skill")).toBe(counts.skills);
  expect(await ofKind("nodes.csv", "resource")).toBe(counts.resources);
  expect(await ofKind("nodes.csv", "roadmap")).toBe(counts.roadmaps);
  expect(await ofKind("edges.csv", "PREREQUISITE")).toBe(metrics.edges);
  expect((await rowsOf("groups.csv")).length).toBe(metrics.groups);
});

test("a part has its roots and what is within the depth", async () => {
  const nodes = await rowsOf("nodes.csv?roots=role:backend-developer,django&depth=0");
  const owners = nodes.filter(({ kind }) => kind !== "resource");
  expect(owners.map(({ id }) => id)).toEqual(["skill:django", "role:backend-developer"]);
});

test("what a link gets wrong is told", async () => {
  expect(await messageOf(await get("gexf"))).toMatchObject({
    status: 404,
    message: expect.stringContaining("formats are nodes.csv, edges.csv"),
  });
  const fault = async (query: string) => messageOf(await get(`edges.csv?${query}`));
  expect(await fault("roots=pyton")).toMatchObject({
    status: 400,
    message: expect.stringContaining('did you mean "python"'),
  });
  expect(await fault("root=python")).toEqual({
    status: 400,
    message: 'Expected the parameter roots, got "root".',
  });
  expect(await fault("roots=python&depth=-1")).toEqual({
    status: 400,
    message: 'Expected a whole number in depth, got "-1".',
  });
  expect(await fault("projection=first")).toEqual({
    status: 400,
    message: 'Expected projection to be possible or cheapest, got "first".',
  });
  expect((await get("edges.csv", { method: "POST" })).status).toBe(405);
});

describe("Parquet", () => {
  test("of one column is less than a tenth of the file", async () => {
    const whole = await get("edges.parquet");
    const byteLength = (await whole.arrayBuffer()).byteLength;
    let read = 0;
    const file = {
      byteLength,
      slice: async (start: number, end = byteLength) => {
        const part = await get("edges.parquet", { headers: { range: `bytes=${start}-${end - 1}` } });
        expect(part.status).toBe(206);
        const bytes = await part.arrayBuffer();
        read += bytes.byteLength;
        return bytes;
      },
    };
    // Readers guess how long the end of a file is, with a description of the columns; this one half a megabyte.
    const metadata = await parquetMetadataAsync(file, { initialFetchSize: 3_000 });
    const described = read;
    await parquetReadObjects({ file, metadata, columns: ["kind"] });
    expect((read - described) / byteLength).toBeLessThan(0.1);
  });

  test("is read column by column by its reader", async () => {
    const url = `${server.url}/export/edges.parquet`;
    const file = await asyncBufferFromUrl({ url });
    const kinds = await parquetReadObjects({ file: cachedAsyncBuffer(file), columns: ["kind"] });
    expect(kinds.map(({ kind }) => kind)).toEqual((await rowsOf("edges.csv")).map(({ kind }) => kind));
  });

  test("is sent in ranges, with its length, and not compressed", async () => {
    const whole = await get("nodes.parquet");
    expect(whole.headers.get("content-encoding")).toBeNull();
    expect(whole.headers.get("accept-ranges")).toBe("bytes");
    const bytes = Buffer.from(await whole.arrayBuffer());
    const etag = whole.headers.get("etag")!;
    const part = async (range: string, headers = {}) => {
      const response = await get("nodes.parquet", { headers: { range, ...headers } });
      return {
        status: response.status,
        range: response.headers.get("content-range"),
        body: Buffer.from(await response.arrayBuffer()),
      };
    };
    const last = bytes.length - 1;
    const [first, end, rest, other, lines, beyond] = await Promise.all([
      part("bytes=0-3"),
      part("bytes=-8", { "if-range": etag }),
      part(`bytes=${last}-`),
      part("bytes=0-3", { "if-range": '"other"' }),
      part("lines=0-3"),
      part(`bytes=${bytes.length}-`),
    ]);
    expect(first).toEqual({ status: 206, range: `bytes 0-3/${bytes.length}`, body: bytes.subarray(0, 4) });
    expect(end).toEqual({
      status: 206,
      range: `bytes ${last - 7}-${last}/${bytes.length}`,
      body: bytes.subarray(-8),
    });
    expect(rest).toMatchObject({ status: 206, body: bytes.subarray(-1) });
    expect(other).toMatchObject({ status: 200, body: bytes });
    expect(lines).toMatchObject({ status: 200 });
    expect(beyond).toMatchObject({ status: 416, range: `bytes */${bytes.length}` });
    // Ranges are of GET alone.
    const head = await get("nodes.parquet", { method: "HEAD", headers: { range: "bytes=0-3" } });
    expect([head.status, head.headers.get("content-length")]).toEqual([200, String(bytes.length)]);
  });
});
