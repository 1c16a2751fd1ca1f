import { bearing } from "../../support/tokens.ts";
import { type Attack, postTo } from "./attack.ts";
import { SLUGS, TOKEN } from "./values.ts";

/** What learners keep, and names that who may write gives. Others have none of it, so they are not tried with these. */

/** As a learner: asks with a token that is believed. */
const learner = (what: string, query: string, code: string | undefined, variables?: object): Attack => ({
  kind: "learners",
  what,
  send: async (url) => {
    const { authorization } = await bearing("ann", "learner");
    return postTo(
      "/graphql",
      JSON.stringify({ query, variables }),
      "content-type: application/json",
      `authorization: ${authorization}`,
    )(url);
  },
  status: [200],
  ...(code !== undefined && { code }),
});
/** All fields that take the id of what somebody has. */
const BY_ID: readonly [query: string, code?: string][] = [
  ["query ($id: ID!) { plan(id: $id) { name } }"],
  ["query ($id: ID!) { proposal(id: $id) { reason } }"],
  ["mutation ($id: ID!) { deletePlan(id: $id) }"],
  ["mutation ($id: ID!) { sharePlan(id: $id) { token } }"],
  ["mutation ($id: ID!) { withdrawShare(id: $id) }"],
  ["mutation ($id: ID!) { withdrawProposal(id: $id) }"],
  [
    'mutation ($id: ID!) { savePlan(id: $id, name: "x", input: { goals: [{ skill: "git" }] }) { __typename } }',
    "ValidationError",
  ],
];
const RECORD = "mutation ($input: RecordProgressInput!) { recordProgress(input: $input) { __typename } }";
const cursorOf = (values: unknown) => Buffer.from(JSON.stringify(values)).toString("base64");

const learners: readonly Attack[] = [
  ...SLUGS.flatMap(([what, id]) =>
    BY_ID.map(([query, code]) =>
      learner(`an id of ${what}: ${/\w+(?=\(id)/.exec(query)![0]}`, query, code, { id }),
    ),
  ),
  ...["0000-01-01", "-0001-01-01", "2027-02-30"].map((on) =>
    learner(`progress on ${on}`, RECORD, on === "0000-01-01" ? "ValidationError" : "BAD_USER_INPUT", {
      input: { skill: "git", state: "KNOWN", on },
    }),
  ),
  ...[1e-7, 1e300, -1].map((hours) =>
    learner(`progress of ${hours} hours`, RECORD, "ValidationError", {
      input: { skill: "git", state: "KNOWN", hours },
    }),
  ),
  ...["javascript:alert(1)", "https://a:b@example.org", "https://\u0000"].map((evidence) =>
    learner(`evidence of ${JSON.stringify(evidence)}`, RECORD, "ValidationError", {
      input: { skill: "git", state: "KNOWN", evidence },
    }),
  ),
  ...[
    ["-271821-04-20T00:00:00.000Z", "00000000-0000-0000-0000-000000000000"],
    ["x", "y"],
    [1e300, 1],
    [],
    null,
  ].map((values) => ({
    ...learner(`a page of proposals from ${JSON.stringify(values)}`, "", "BAD_USER_INPUT"),
    send: postTo(
      "/graphql",
      JSON.stringify({
        query: "query ($after: String) { proposals(after: $after) { totalCount } }",
        variables: { after: cursorOf(values) },
      }),
      "content-type: application/json",
      `authorization: Bearer ${TOKEN}`,
    ),
  })),
];

const CREATE = "mutation ($input: CreateSkillInput!) { createSkill(input: $input) { __typename } }";
/** Names that act on who reads them, from somebody who may write. */
const names: readonly Attack[] = [
  ["of two lines", "x\ny"],
  ["of a carriage return", "x\rBEGIN:VEVENT"],
  ["with a tab", "x\ty"],
  ["with colours for terminals", "\u001b[31mx"],
  ["of a line separator", "x\u2028y"],
  ["in the other direction", "\u202etig"],
  ["that nobody sees", "\u200b"],
].map(([what = "", name = ""]) => ({
  kind: "data",
  what: `a name ${what}`,
  send: postTo(
    "/graphql",
    JSON.stringify({ query: CREATE, variables: { input: { slug: "named", name, hours: 1 } } }),
    "content-type: application/json",
    `authorization: Bearer ${TOKEN}`,
  ),
  status: [200],
  code: "ValidationError",
}));

export const ATTACKS_ON_DATA: readonly Attack[] = [...learners, ...names];
