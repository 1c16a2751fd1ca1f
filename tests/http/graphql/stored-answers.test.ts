import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { compress } from "../../../src/http/graphql/stored-answers.ts";

test("what is compressed is smaller and the same", async () => {
  const body = Buffer.from("a skill and another ".repeat(200));
  const br = await compress(body, "br");
  const gzip = await compress(body, "gzip");
  expect(brotliDecompressSync(br.body)).toEqual(body);
  expect(gunzipSync(gzip.body)).toEqual(body);
  expect(br.body.length).toBeLessThan(body.length / 5);
});

test("short bodies stay as they are", async () => {
  const body = Buffer.from("{}");
  expect(await compress(body, "br")).toEqual({ body });
});
