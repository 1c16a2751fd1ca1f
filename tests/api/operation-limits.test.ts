import { getIntrospectionQuery, parse, validate } from "graphql";
import { describe, expect, test } from "vitest";
import { operationLimits } from "../../src/api/operation-limits.ts";
import { buildSchema } from "../../src/api/schema.ts";
import { CORE_QUERY } from "../bench/core-query.ts";

const findings = (query: string) => validate(buildSchema(), parse(query), [operationLimits]);

describe("operations that are asked in earnest pass", () => {
  test.each([
    ["introspection", getIntrospectionQuery()],
    ["the core query", CORE_QUERY],
  ])("%s", (_, query) => {
    expect(findings(query)).toEqual([]);
  });
});

describe("operations that would keep the server busy are refused before they are executed", () => {
  const nested = (levels: number): string =>
    levels === 0 ? "slug" : `slug possiblePrerequisites { skill { ${nested(levels - 1)} } }`;

  test("deep ones", () => {
    const [error] = findings(`{ skill(slug: "git") { ${nested(20)} } }`);
    expect(error?.message).toMatch(/at most 25 levels/);
    expect(error?.extensions.code).toBe("OPERATION_TOO_LARGE");
  });

  test("wide ones: every list inside a list counts tenfold", () => {
    const [error] = findings(`{ skills(first: 100) { nodes { ${nested(5)} } } }`);
    expect(error?.message).toMatch(/fields \(lists count 10 times\)/);
  });

  test("fragments that spread one another many times, in the time of their text", () => {
    const bomb = Array.from(
      { length: 20 },
      (_, i) => `fragment F${i} on Skill { ${i === 19 ? "slug" : `...F${i + 1} ...F${i + 1}`} }`,
    ).join(" ");
    const [error] = findings(`{ skill(slug: "git") { ...F0 } } ${bomb}`);
    expect(error?.extensions.code).toBe("OPERATION_TOO_LARGE");
  });

  test("fragments that spread themselves end", () => {
    expect(findings('{ skill(slug: "git") { ...F } } fragment F on Skill { ...F }')).toHaveLength(1);
  });
});
