import { expect, test } from "vitest";
import { type FieldValue, provenance } from "../../../src/api/provenance/provenance.ts";
import type { Basis, Citation } from "../../../src/store/generated/client/client.ts";

let ids = 0;
const cite = (mention: string, basis: Basis = "EXPLICIT"): Citation => ({
  id: ++ids,
  subjectKind: "RESOURCE",
  subjectId: 1,
  documentId: 1,
  line: 1,
  mention,
  basis,
});
const basisOf = (field: FieldValue, row: Citation[], claims: Parameters<typeof provenance>[2] = []) =>
  provenance([field], row, claims)[0]?.basis;

test("what a row says with its citations has their strongest basis", () => {
  const name: FieldValue = { field: "name", value: "Redis", source: "ROW" };
  expect(basisOf(name, [])).toBe("EDITORIAL");
  expect(basisOf(name, [cite("Redis", "ORDERING"), cite("Redis", "IMPLIED")])).toBe("IMPLIED");
});

test("words are a document's only where a mention has them, every one of them", () => {
  const authors = (...value: string[]): FieldValue => ({ field: "authors", value, source: "WORDS" });
  const row = [cite("Clean Code"), cite("by Robert C. Martin")];
  expect(basisOf(authors("Robert C. Martin"), row)).toBe("EXPLICIT");
  expect(basisOf(authors("robert c. martin"), row)).toBe("EXPLICIT");
  expect(basisOf(authors("Robert C. Martin", "Kyle Simpson"), row)).toBe("EDITORIAL");
  expect(provenance([authors("Robert C. Martin")], row, [])[0]?.citations).toEqual([row[1]]);
});

test("other values are the editors' unless a document claims the same", () => {
  const cost: FieldValue = { field: "cost", value: "FREE", source: "CLAIM" };
  const row = [cite("free of charge")];
  const claim = (field: string, value: string, citations: Citation[]) => ({ field, value, citations });
  expect(basisOf(cost, row)).toBe("EDITORIAL");
  expect(basisOf(cost, row, [claim("cost", "free", [cite("A free option")])])).toBe("EXPLICIT");
  expect(basisOf(cost, row, [claim("cost", "PAID", [cite("not free")])])).toBe("EDITORIAL");
  expect(basisOf(cost, row, [claim("price", "FREE", [cite("A free option")])])).toBe("EDITORIAL");
  expect(basisOf(cost, row, [claim("cost", "FREE", [])])).toBe("EDITORIAL");
});

test("a field without a value has no source", () => {
  const empty: FieldValue["value"][] = [null, undefined, "", []];
  for (const value of empty)
    expect(provenance([{ field: "url", value, source: "ROW" }], [cite("here")], [])).toEqual([]);
  expect(provenance([{ field: "hours", value: 0, source: "CLAIM" }], [], [])).toHaveLength(1);
});
