import { getIntrospectionQuery, getOperationAST, parse, validate } from "graphql";
import { describe, expect, test } from "vitest";
import { limitFault, operationLimits, sizeOf } from "../../src/api/operation-limits.ts";
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

  test("wide ones: a field counts for each item of the lists around it", () => {
    const [error] = findings(`{ skills(first: 100) { nodes { ${nested(3)} } } }`);
    expect(error?.message).toMatch(/at most 200000 fields/);
  });

  const citations = (levels: number, page: string): string =>
    levels === 0 ? "line" : `document { citations(${page}) { nodes { ${citations(levels - 1, page)} } } }`;
  const documents = (levels: number, page: string, variables = "") =>
    `query ${variables} { document(slug: "003") { citations(${page}) { nodes { ${citations(levels - 1, page)} } } } }`;

  test.each(["first: 100", "last: 100"])("pages of pages: %s", (page) => {
    expect(findings(documents(2, page))).toEqual([]);
    expect(findings(documents(3, page))[0]?.extensions.code).toBe("OPERATION_TOO_LARGE");
    expect(findings(documents(4, page))[0]?.extensions.code).toBe("OPERATION_TOO_LARGE");
  });

  test("pages whose size a variable says count once until it is known", () => {
    const document = parse(documents(3, "first: $n", "($n: Int)"));
    const operation = getOperationAST(document)!;
    const fault = (variables: Record<string, unknown> | undefined) =>
      limitFault(operation, sizeOf(operation, { schema: buildSchema(), fragments: {}, variables }));
    expect(fault(undefined)).toBeUndefined();
    expect(fault({ n: 5 })).toBeUndefined();
    expect(fault({ n: 100 })?.extensions).toEqual({ code: "OPERATION_TOO_LARGE", http: { status: 400 } });
    // Absent, it is the page that a request gets without asking.
    expect(fault({})).toBeUndefined();
  });

  test("many questions that plan, and many whole introspections", () => {
    const plan = (name: number) =>
      `p${name}: learningPath(input: { goals: [] }) { ... on LearningPath { choices { __typename } } }`;
    const aliased = (count: number, one: (name: number) => string) =>
      `{ ${Array.from({ length: count }, (_, name) => one(name)).join(" ")} }`;
    expect(findings(aliased(12, plan))).toEqual([]);
    expect(findings(aliased(60, plan))[0]?.extensions.code).toBe("OPERATION_TOO_LARGE");
    const [, whole] = /\{([\s\S]*)\}\s*fragment FullType/.exec(getIntrospectionQuery()) ?? [];
    const fragments = getIntrospectionQuery().replace(/^[\s\S]*?(?=fragment FullType)/, "");
    const introspect = (count: number) => aliased(count, (name) => `s${name}: ${whole?.trim()}`) + fragments;
    expect(findings(introspect(1))).toEqual([]);
    expect(findings(introspect(20))[0]?.extensions.code).toBe("OPERATION_TOO_LARGE");
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
