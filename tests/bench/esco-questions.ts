import { setTimeout as sleep } from "node:timers/promises";
import { escoTexts } from "../support/esco.ts";
import { processorMsOf } from "./exports.ts";
import { launch, megabytesOf } from "./launch.ts";
import { quantile, timedAsync } from "./measure.ts";
import type { Row } from "./report.ts";

/** How often each question is asked, each time of something else: p99 is the third worst. */
const ASKED = 300;
/** Asked first, so that the code is compiled and the figures of the revision are there. */
const WARM_UP = 30;
const GOAL = { atMost: 20, aim: 10 };
/** How long a server that has refused a question is left alone. */
const REFUSED_MS = 1_000;
/** How long a server is left alone before it is asked: it loads what first answers do not need. */
const SETTLE_MS = 2_500;

interface Question {
  readonly what: string;
  readonly query: string;
  readonly variablesOf: (at: number) => Readonly<Record<string, unknown>>;
}

/** What people ask of ESCO, over HTTP and of something else each time; and what the server has in memory at most. */
export async function benchEscoQuestions(dataDir: string): Promise<Row[]> {
  const { url, pid, stop } = await launch({ DATA_DIR: dataDir, RATE_LIMIT: "off" });
  try {
    await sleep(SETTLE_MS);
    const roles = await slugsOf(url, "roles");
    const words = escoTexts().map(({ name }) => name);
    const rows: Row[] = [];
    for (const { what, query, variablesOf } of questions(roles, words)) {
      const times: number[] = [];
      let processor: number | undefined;
      for (let at = 0; at < WARM_UP + ASKED; at++) {
        if (at === WARM_UP) processor = processorMsOf(pid);
        let answer: unknown;
        const time = await timedAsync(async () => {
          answer = await ask(url, query, variablesOf(at));
        });
        // On a busy machine the server may refuse: that is another question than how long it takes.
        if (answer === undefined) await sleep(REFUSED_MS);
        else if (at >= WARM_UP) times.push(time);
      }
      const used = (processorMsOf(pid) ?? Number.NaN) - (processor ?? Number.NaN);
      rows.push({
        what: `ESCO, embedded: ${what}, over HTTP: p99`,
        figure: quantile(times, 0.99),
        unit: "ms",
        goal: GOAL,
        note: `median ${quantile(times, 0.5).toFixed(1)} ms, ${(used / times.length).toFixed(1)} ms of the processor; ${times.length} asked, none before`,
      });
    }
    rows.push({
      what: "ESCO, embedded: peak memory of the server that answered them",
      figure: megabytesOf(pid, "VmHWM"),
      unit: "MB",
      goal: { atMost: 1_000, aim: 500 },
    });
    return rows;
  } finally {
    await stop();
  }
}

function questions(roles: readonly string[], names: readonly string[]): Question[] {
  const name = (at: number) => names[(at * 47) % names.length]!;
  const role = (at: number) => roles[(at * 31) % roles.length]!;
  return [
    {
      what: "a page of skills in which a word occurs, by name",
      query: `query ($text: String!) { skills(first: 50, filter: { text: $text }) { totalCount nodes { slug name hours summary } } }`,
      variablesOf: (at) => ({ text: name(at).split(" ").at(-1)! }),
    },
    {
      what: "a page of skills by a figure, of those between bounds of another",
      query: `query ($min: Int!) { skills(first: 50, orderBy: { field: BETWEENNESS, direction: DESC }, filter: { metrics: { structuralComplexity: { min: 1 }, dependents: { max: $min } } }) { totalCount nodes { slug name metrics { betweenness } } } }`,
      variablesOf: (at) => ({ min: at }),
    },
    {
      what: "a search",
      query: `query ($text: String!) { search(query: $text, first: 10) { totalCount nodes { slug name kind matched } } }`,
      variablesOf: (at) => ({ text: name(at) }),
    },
    {
      what: "a comparison of two roles",
      query: `query ($roles: [String!]!) { compareRoles(roles: $roles) { ... on RoleComparison { pairs { necessary { bySkills shared { slug name } } } } ... on Error { message } } }`,
      variablesOf: (at) => ({ roles: [role(at), role(at + 1)] }),
    },
    {
      what: "the gap from a role to another",
      query: `query ($from: StandingInput!, $role: String!) { skillGap(from: $from, to: { role: $role }) { ... on SkillGap { missingHours path { steps { skill { slug name } } } } ... on Error { message } } }`,
      variablesOf: (at) => ({ from: { roles: [role(at)] }, role: role(at + 7) }),
    },
  ];
}

async function slugsOf(url: string, nouns: string): Promise<string[]> {
  const slugs: string[] = [];
  for (let after: string | null = null; ; ) {
    const page = await ask(
      url,
      `query ($after: String) { ${nouns}(first: 100, after: $after) { pageInfo { endCursor hasNextPage } nodes { slug } } }`,
      { after },
    );
    if (page === undefined) {
      await sleep(REFUSED_MS);
      continue;
    }
    const { nodes, pageInfo } = page[nouns];
    slugs.push(...nodes.map(({ slug }: { slug: string }) => slug));
    if (!pageInfo.hasNextPage) return slugs;
    after = pageInfo.endCursor;
  }
}

async function ask(url: string, query: string, variables: object) {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  if (response.status === 503) return undefined;
  const { data, errors } = await response.json();
  if (errors !== undefined)
    throw new Error(`expected an answer, got ${JSON.stringify(errors).slice(0, 500)}`);
  return data;
}
