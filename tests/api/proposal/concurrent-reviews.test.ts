import { expect, test } from "vitest";
import { graphFile } from "../../../src/seeding/graph-file.ts";
import { toRows } from "../../../src/seeding/rows.ts";
import { twoServers } from "../../support/two-servers.ts";

const ROUNDS = 10;
const PROPOSE = `mutation ($changes: [HypotheticalChangeInput!]!) {
  proposeChange(input: { changes: $changes, reason: "Why." }) { ... on Proposal { id } }
}`;
const ACCEPT = `mutation ($id: ID!) {
  outcome: acceptProposal(id: $id, word: "Yes.") { __typename ... on ProposalWrite { written { revision } } ... on Error { message } }
}`;
const DECLINE = `mutation ($id: ID!) { outcome: declineProposal(id: $id, word: "No.") { __typename } }`;
const WITHDRAW = "mutation ($id: ID!) { outcome: withdrawProposal(id: $id) }";

test(`two reviewers who accept at the same moment, one who declines and the author who withdraws: in ${ROUNDS} rounds one is done`, async () => {
  const { both, close } = await twoServers();
  const [{ store, write }] = both;
  await store.write(toRows(graphFile.parse({ skills: [{ slug: "a", name: "A", hours: 1 }] })), "test");
  for (let round = 1; round <= ROUNDS; round++) {
    await store.refresh();
    const { revision } = store.snapshot();
    const changes = [{ setHours: { skill: "a", hours: round + 1 } }];
    const { id } = (await write(PROPOSE, { changes })).data.proposeChange;
    const others = round % 2 === 0 ? [DECLINE, WITHDRAW] : [];
    const answers = await Promise.all(
      [ACCEPT, ACCEPT, ...others].map((query, at) => both[at % 2]!.write(query, { id })),
    );
    const outcomes = answers.map(({ data }) => data.outcome.__typename ?? data.outcome);
    const done = outcomes.filter((outcome) => /^(ProposalWrite|Proposal|true)$/.test(String(outcome)));
    expect(done, JSON.stringify(outcomes)).toHaveLength(1);
    await store.refresh();
    const isAccepted = done[0] === "ProposalWrite";
    if (others.length === 0) expect(isAccepted).toBe(true);
    expect(store.snapshot().revision).toBe(revision + (isAccepted ? 1 : 0));
    const stored = await store.prisma.proposal.findUnique({ where: { id } });
    expect(stored?.status).toBe({ ProposalWrite: "ACCEPTED", Proposal: "DECLINED" }[String(done[0])]);
    expect(stored?.revision ?? null).toBe(isAccepted ? revision + 1 : null);
  }
  await close();
}, 60_000);
