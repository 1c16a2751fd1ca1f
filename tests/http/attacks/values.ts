import { type Attack, get, post, postTo } from "./attack.ts";

const INPUT = "BAD_USER_INPUT";
const MISSING = "NOT_FOUND";

function data(what: string, query: string, code: string | undefined, variables?: object): Attack {
  const send = post(JSON.stringify({ query, variables }));
  return { kind: "data", what, send, status: [200], ...(code !== undefined && { code }) };
}

/** What slugs and ids are not. */
export const SLUGS: readonly [what: string, slug: string][] = [
  ["a path", "../../etc/passwd"],
  ["SQL", '\'; DROP TABLE "Skill"; --'],
  ["a NUL", "git\u0000"],
  ["half of a character", "\ud800"],
  ["a property of objects", "__proto__"],
  ["letters that nobody sees", "g\u200bit"],
  ["letters that look alike", "\u0261it"],
  ["the other direction", "\u202etig"],
  ["colours for terminals", "\u001b[31mgit"],
  ["a script", "<script>alert(1)</script>"],
  ["a formula", "=1+1"],
  ["half a megabyte", "x".repeat(500_000)],
];

const plan = (what: string, input: object, code = "ValidationError") =>
  data(what, "query ($input: LearningPathInput!) { learningPath(input: $input) { __typename } }", code, {
    input,
  });
const GIT = { goals: [{ skill: "git" }] };

/** Arguments that are valid GraphQL and no sense, or more than anybody means. */
const values: readonly Attack[] = [
  ...SLUGS.map(([what, slug]) =>
    data(`a slug of ${what}`, "query ($s: String!) { skill(slug: $s) { slug } }", MISSING, { s: slug }),
  ),
  ...SLUGS.map(([what, slug]) => plan(`a goal of ${what}`, { goals: [{ skill: slug }] }, "NotFoundError")),
  ...[-1, 101, 1_000_000, 2_147_483_647].map((first) =>
    data(`a page of ${first}`, `{ skills(first: ${first}) { totalCount } }`, INPUT),
  ),
  ...["nothing", "=", "8J+YgA==", "x".repeat(10_000)].map((cursor) =>
    data(
      `a cursor of ${cursor.slice(0, 10)}`,
      "query ($c: String) { skills(first: 1, after: $c) { nodes { slug } } }",
      INPUT,
      { c: cursor },
    ),
  ),
  data("an id that is none", '{ node(id: "?") { id } }', INPUT),
  data("a thousand ids", `{ nodes(ids: [${'"?",'.repeat(1_000)}]) { id } }`, INPUT),
  data("a search for nothing", '{ search(query: "") { totalCount } }', undefined),
  data("a search for half a megabyte", "query ($q: String!) { search(query: $q) { __typename } }", INPUT, {
    q: "x".repeat(500_000),
  }),
  plan("no goals", { goals: [] }),
  plan("a hundred and one goals", { goals: Array.from({ length: 101 }, () => ({ skill: "git" })) }),
  plan("more known skills than there are", { ...GIT, known: Array.from({ length: 5_001 }, () => "http") }),
  plan("what is chosen and avoided", { ...GIT, choose: ["http"], avoid: ["http"] }),
  plan(
    "a thousand unknown skills",
    { ...GIT, known: Array.from({ length: 500 }, (_, at) => `x-${at}`) },
    "NotFoundError",
  ),
  plan("a week of more hours than it has", { ...GIT, weeklyHours: 169 }),
  plan("a week of no hours", { ...GIT, weeklyHours: 0 }),
  plan("a week of almost no hours", { ...GIT, weeklyHours: 1e-300 }),
];

const rights = (what: string, send: Attack["send"], status: readonly number[], code?: string): Attack => ({
  kind: "rights",
  what,
  send,
  status,
  ...(code !== undefined && { code }),
});
const FINE = '{"query":"{ __typename }"}';

/** What gives the right to write on the server that is attacked. */
export const TOKEN = "the-token-of-the-server";
const BEARER = `authorization: Bearer ${TOKEN}`;
const EMPTY = 'mutation { importGraph(file: "{}") { __typename } }';
const WRITE = JSON.stringify({ query: EMPTY });
const postAs = (type: string) =>
  post(type === "application/graphql" ? EMPTY : WRITE, {
    "content-type": type,
    authorization: `Bearer ${TOKEN}`,
  });

/** Who says that he is somebody is nobody; and nobody sees what is not for him. */
const claims: readonly Attack[] = [
  ...["Bearer x", "Basic YWRtaW46YWRtaW4=", "Bearer ", `Bearer ${"x".repeat(8_000)}`].map((authorization) =>
    rights(`credentials of ${authorization.slice(0, 20)}`, post(FINE, { authorization }), [200]),
  ),
  rights("a cookie of a session", post(FINE, { cookie: "session=admin; role=admin" }), [200]),
  rights(
    "headers of a proxy",
    post(FINE, { "x-forwarded-for": "127.0.0.1", "x-real-ip": "127.0.0.1" }),
    [200],
  ),
  rights("another method in a header", post(FINE, { "x-http-method-override": "DELETE" }), [200]),
  rights("the metrics, with a token", get("/metrics", "authorization: Bearer x"), [404]),
  rights("a mutation by GET", get("/graphql?query=mutation%7Bdelete%7D"), [405], "BAD_REQUEST"),
  ...[
    "Bearer",
    "Bearer ",
    "Bearer x",
    "Bearer the-token-of-the-serve",
    "Bearer the-token-of-the-server2",
    "Bearer THE-TOKEN-OF-THE-SERVER",
    "Bearer the-token-of-the-server the-token-of-the-server",
    "Basic the-token-of-the-server",
    "the-token-of-the-server",
    "Bearer null",
    "Bearer undefined",
    `Bearer ${"x".repeat(8_000)}`,
    "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.",
  ].map((authorization) =>
    rights(
      `a mutation by ${authorization.slice(0, 60)}`,
      post(WRITE, { authorization }),
      [401],
      "UNAUTHENTICATED",
    ),
  ),
  rights("a mutation by nobody", post(WRITE), [401], "UNAUTHENTICATED"),
  rights("a mutation by a cookie", post(WRITE, { cookie: TOKEN }), [401], "UNAUTHENTICATED"),
  rights("a mutation by another header", post(WRITE, { "x-api-token": TOKEN }), [401], "UNAUTHENTICATED"),
  rights(
    "a mutation by the token in the URL",
    postTo(`/graphql?access_token=${TOKEN}`, WRITE),
    [401],
    "UNAUTHENTICATED",
  ),
  rights(
    "a mutation by GET, with the token",
    get(`/graphql?query=${encodeURIComponent(EMPTY)}`, BEARER),
    [405],
    "BAD_REQUEST",
  ),
  rights(
    "a mutation by a form, with the token",
    postAs("application/x-www-form-urlencoded"),
    [415],
    "BAD_REQUEST",
  ),
  rights("a mutation as text, with the token", postAs("text/plain"), [415], "BAD_REQUEST"),
  rights(
    "a mutation as application/graphql, with the token",
    postAs("application/graphql"),
    [415],
    "BAD_REQUEST",
  ),
  rights(
    "a mutation as another JSON, with the token",
    postAs("application/graphql+json"),
    [415],
    "BAD_REQUEST",
  ),
];

const load = (what: string, count: number, ask: (at: number) => object): Attack => ({
  kind: "load",
  what,
  send: async (url) => {
    const answers = await Promise.all(
      Array.from({ length: count }, (_, at) => post(JSON.stringify(ask(at)))(url)),
    );
    return answers.find(({ status }) => status !== 200 && status !== 503) ?? { ...answers[0]!, body: "" };
  },
  status: [200, 503],
});

/** Much at once. */
const loads: readonly Attack[] = [
  load("a hundred equal plans", 100, () => ({
    query:
      '{ learningPath(input: { goals: [{ role: "backend-developer" }] }) { ... on LearningPath { totalHours } } }',
  })),
  load("a hundred different plans", 100, (at) => ({
    query: `{ learningPath(input: { goals: [{ role: "backend-developer" }], weeklyHours: ${1 + at / 10} }) { ... on LearningPath { totalHours } } }`,
  })),
  load("a hundred searches", 100, (at) => ({ query: `{ search(query: "data ${at}") { totalCount } }` })),
  load("a hundred documents that were never seen", 100, (at) => ({ query: `{ a${at}: __typename }` })),
  load("fifty introspections", 50, (at) => ({
    query: `{ a${at}: __schema { types { name fields { name } } } }`,
  })),
  load("fifty times hundreds of unknown slugs", 50, (at) => ({
    query: `{ ${Array.from({ length: 100 }, (_, of) => `a${of}: skill(slug: "unknown-${at}-${of}") { slug }`).join(" ")} }`,
  })),
];

export const ATTACKS_BY_VALUES = [...values, ...claims, ...loads];
