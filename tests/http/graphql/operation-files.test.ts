import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readOperationFiles } from "../../../src/http/graphql/operation-files.ts";

describe("files of persisted operations", () => {
  const folder = mkdtempSync(join(tmpdir(), "skills-graph-operations-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const write = (name: string, content: unknown) => {
    const path = join(folder, name);
    writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
    return path;
  };
  const manifest = (operations: unknown) => ({
    format: "apollo-persisted-query-manifest",
    version: 1,
    operations,
  });

  test("may be texts by id or Apollo's manifest", () => {
    const relay = write("relay.json", { "5d41402abc4b2a76b9719d911017c592": "query A { __typename }" });
    const apollo = write(
      "apollo.json",
      manifest([{ id: "b1", name: "B", type: "query", body: "query B { __typename }" }]),
    );
    expect(readOperationFiles([relay, apollo])).toEqual(
      new Map([
        ["5d41402abc4b2a76b9719d911017c592", "query A { __typename }"],
        ["b1", "query B { __typename }"],
      ]),
    );
  });

  test("may say the same operation twice, but not two under one id", () => {
    const one = write("one.json", { a: "{ a }" });
    expect(readOperationFiles([one, one])).toEqual(new Map([["a", "{ a }"]]));
    const other = write("other.json", { a: "{ b }" });
    expect(() => readOperationFiles([one, other])).toThrow(
      `${other}: expected a to be the operation that an earlier file has.`,
    );
  });

  test.each([
    ["a list", []],
    ["a text that is none", { a: 1 }],
    ["an empty text", { a: "" }],
    ["a manifest of another version", { ...manifest([]), version: 2 }],
    ["a manifest without texts", manifest([{ id: "a" }])],
  ])("refuses %s", (_, content) => {
    const path = write("wrong.json", content);
    expect(() => readOperationFiles([path])).toThrow(
      `${path}: expected an object from ids to the texts of operations`,
    );
  });

  test("names a file that is missing, or no JSON", () => {
    expect(() => readOperationFiles([join(folder, "missing.json")])).toThrow(
      /missing\.json: expected a file/,
    );
    expect(() => readOperationFiles([write("text.json", "{")])).toThrow(/text\.json: expected JSON\./);
  });
});
