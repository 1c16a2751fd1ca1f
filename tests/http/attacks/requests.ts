import { type Attack, get, post } from "./attack.ts";

const json = (
  what: string,
  body: string,
  code = "BAD_REQUEST",
  status: readonly number[] = [400],
): Attack => ({
  kind: "JSON",
  what,
  send: post(body),
  status,
  code,
});

/** Bodies and URLs that are no requests. */
const requests: readonly Attack[] = [
  json("nothing", ""),
  json("half of an object", "{"),
  json("a text", '"{ __typename }"'),
  json("a number", "1"),
  json("null", "null"),
  json("a batch", '[{"query":"{ __typename }"}]'),
  json("an empty batch", "[]"),
  json("a number that there is not", '{"query":NaN}'),
  json("two objects", '{"query":"{ __typename }"}{}'),
  json("a comment", '{"query":"{ __typename }"} // fine'),
  json("a query that is a number", '{"query":1}'),
  json("a query that is a list", '{"query":["{ __typename }"]}'),
  json("a query that is an object", '{"query":{"toString":"{ __typename }"}}'),
  json("no query", '{"query":null}'),
  json("an empty query", '{"query":""}'),
  json("variables that are a text", '{"query":"{ __typename }","variables":"{}"}'),
  json("variables that are a list", '{"query":"{ __typename }","variables":[]}'),
  json("a name that is an object", '{"query":"{ __typename }","operationName":{}}'),
  json("extensions that are a list", '{"query":"{ __typename }","extensions":[]}'),
  json("a request in the prototype", '{"__proto__":{"query":"{ __typename }"}}'),
  json("lists in lists, a hundred thousand deep", "[".repeat(100_000)),
  json("another encoding", Buffer.from('{"query":"{ __typename }"}', "utf16le").toString("latin1")),
  json("an id that there is not", '{"documentId":"nothing"}', "PERSISTED_QUERY_NOT_FOUND", [404]),
  json("the id of a property of objects", '{"documentId":"__proto__"}', "PERSISTED_QUERY_NOT_FOUND", [404]),
  json(
    "the hash of another text",
    `{"query":"{ __typename }","extensions":{"persistedQuery":{"version":1,"sha256Hash":"${"0".repeat(64)}"}}}`,
    "PERSISTED_QUERY_MISMATCH",
  ),
  json(
    "a hash that is none",
    '{"query":"{ __typename }","extensions":{"persistedQuery":{"version":1,"sha256Hash":"x"}}}',
  ),
  json(
    "a hash of half a megabyte",
    `{"extensions":{"persistedQuery":{"sha256Hash":"${"f".repeat(500_000)}"}}}`,
  ),
  ...[
    ["a GET without a query", "/graphql"],
    ["a GET with a query twice", "/graphql?query=%7B__typename%7D&query=%7Ba%7D"],
    ["a GET with variables that are not JSON", "/graphql?query=%7B__typename%7D&variables=notjson"],
    ["a GET with extensions that are not JSON", "/graphql?query=%7B__typename%7D&extensions=%7B"],
  ].map(
    ([what = "", path = ""]): Attack => ({
      kind: "JSON",
      what,
      send: get(path),
      status: [400],
      code: "BAD_REQUEST",
    }),
  ),
];

interface Asked {
  readonly query: string;
  readonly variables?: object;
}

/** Both ways through the server: only Yoga reads the second type. */
const WAYS = [
  ["", "application/json"],
  [", through Yoga", "application/graphql+json"],
] as const;

/** Answers to faulty requests have the specification's status in this type. */
const ACCEPT = "application/graphql-response+json";

function graphql(what: string, asked: Asked, code: string): Attack[] {
  return WAYS.map(([way, type]) => ({
    kind: "GraphQL",
    what: what + way,
    send: post(JSON.stringify(asked), { "content-type": type, accept: ACCEPT }),
    status: [400],
    code,
  }));
}

const PARSE = "GRAPHQL_PARSE_FAILED";
const INVALID = "GRAPHQL_VALIDATION_FAILED";
const LARGE = "OPERATION_TOO_LARGE";
const INPUT = "BAD_USER_INPUT";
const times = (count: number, one: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => one(at)).join(" ");
const citations = (levels: number): string =>
  levels === 0 ? "line" : `document { citations(first: 100) { nodes { ${citations(levels - 1)} } } }`;
const PLAN = 'learningPath(input: { goals: [{ skill: "git" }] }) { __typename }';
const OF = "query ($input: LearningPathInput!) { learningPath(input: $input) { __typename } }";

/** Documents that are not valid, or would cost more than anybody may ask for. */
const documents: readonly Attack[] = [
  ...graphql("half of a document", { query: "{ graph {" }, PARSE),
  ...graphql("a character that there is not", { query: "{ \u0000 }" }, PARSE),
  ...graphql("a string without end", { query: '{ skill(slug: "x) { slug } }' }, PARSE),
  ...graphql("an escape that there is not", { query: '{ skill(slug: "\\u{FFFFFFFF}") { slug } }' }, PARSE),
  ...graphql("brackets in brackets", { query: "[".repeat(2_400) }, PARSE),
  ...graphql("selections in selections", { query: "{ a ".repeat(20_000) }, PARSE),
  ...graphql("lists in lists of an argument", { query: `{ skill(slug: ${"[".repeat(2_400)} }` }, PARSE),
  ...graphql("a name of 90 KB and more", { query: `{ ${"a".repeat(900_000)} }` }, PARSE),
  ...graphql("nothing but comments", { query: `query Q { __typename ${"#\n".repeat(100_000)} }` }, PARSE),
  ...graphql("fields without end", { query: `{ ${"__typename ".repeat(8_000)} }` }, PARSE),
  ...graphql(
    "directives without end",
    { query: `{ __typename ${"@include(if: true) ".repeat(1_000)} }` },
    PARSE,
  ),
  ...graphql("an unknown field", { query: "{ nothing }" }, INVALID),
  ...graphql("a thousand unknown fields", { query: `{ ${times(1_000, (at) => `nothing${at}`)} }` }, INVALID),
  ...graphql("an unknown directive", { query: "{ __typename @nothing }" }, INVALID),
  ...graphql("a directive twice", { query: "{ __typename @skip(if: true) @skip(if: true) }" }, INVALID),
  ...graphql("a fragment that spreads itself", { query: "{ ...F } fragment F on Query { ...F }" }, LARGE),
  ...graphql(
    "fragments in a ring",
    { query: `{ ...F0 } ${times(50, (at) => `fragment F${at} on Query { ...F${(at + 1) % 50} }`)}` },
    LARGE,
  ),
  ...graphql("a fragment that there is not", { query: "{ ...F }" }, INVALID),
  ...graphql("a fragment on an input", { query: "{ ... on LearningPathInput { goals } }" }, INVALID),
  ...graphql("an undefined variable", { query: "{ skill(slug: $x) { slug } }" }, INVALID),
  ...graphql("a variable of an output type", { query: "query ($x: Skill) { __typename }" }, INVALID),
  ...graphql("a mutation", { query: "mutation { delete }" }, INVALID),
  ...graphql("a subscription", { query: "subscription { everything }" }, INVALID),
  ...graphql(
    "two fields of one name",
    { query: '{ a: skill(slug: "git") { slug } a: role(slug: "x") { slug } }' },
    INVALID,
  ),
  ...graphql(
    "two members of an input that takes one",
    { query: '{ learningPath(input: { goals: [{ skill: "git", role: "x" }] }) { __typename } }' },
    INVALID,
  ),
  ...graphql(
    "pages of pages of pages",
    { query: `{ document(slug: "003") { citations(first: 100) { nodes { ${citations(2)} } } } }` },
    LARGE,
  ),
  ...graphql(
    "the same, sized by a variable",
    {
      query: `query ($n: Int) { document(slug: "003") { citations(first: $n) { nodes { ${citations(2)} } } } }`,
      variables: { n: 100 },
    },
    LARGE,
  ),
  ...graphql("hundreds of plans", { query: `{ ${times(220, (at) => `a${at}: ${PLAN}`)} }` }, LARGE),
  ...graphql(
    "searches without end",
    { query: `{ ${times(300, (at) => `a${at}: search(query: "x") { totalCount }`)} }` },
    LARGE,
  ),
  ...graphql(
    "introspection in introspection",
    { query: `{ __schema { types { ${"fields { type { ".repeat(15)} name ${"} } ".repeat(15)} } } }` },
    LARGE,
  ),
  ...graphql(
    "introspection sixty times",
    {
      query: `{ ${times(60, (at) => `a${at}: __schema { types { fields { args { name type { name ofType { name } } } type { name } } } }`)} }`,
    },
    LARGE,
  ),
  ...graphql(
    "fragments that double one another",
    {
      query: `{ ...F0 } ${times(20, (at) => `fragment F${at} on Query { ${at === 19 ? "__typename" : `...F${at + 1} ...F${at + 1}`} }`)}`,
    },
    LARGE,
  ),
  ...graphql(
    "a variable of the wrong type",
    { query: "query ($n: Int) { skills(first: $n) { totalCount } }", variables: { n: "x".repeat(300_000) } },
    INPUT,
  ),
  ...graphql(
    "a number that is too large",
    { query: "query ($n: Int) { skills(first: $n) { totalCount } }", variables: { n: 1e300 } },
    INPUT,
  ),
  ...graphql("a missing variable", { query: OF }, INPUT),
  ...graphql(
    "ten thousand unknown members",
    {
      query: OF,
      variables: { input: Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`x${at}`, 1])) },
    },
    INPUT,
  ),
  ...graphql(
    "goals that are no goals",
    { query: OF, variables: { input: { goals: [{ skill: "git", role: "x" }] } } },
    INPUT,
  ),
  ...graphql(
    "a member of the prototype",
    { query: OF, variables: JSON.parse('{"input":{"__proto__":{"goals":[]}}}') },
    INPUT,
  ),
];

export const ATTACKS_ON_REQUESTS = [...requests, ...documents];
