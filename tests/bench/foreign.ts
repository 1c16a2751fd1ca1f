import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { GraphFile } from "../../src/seeding/graph-file.ts";
import { randomNumbers } from "../support/synthetic-graph.ts";
import { distinctQuestions, learner } from "./core-query.ts";
import type { HttpOptions } from "./http.ts";
import { type Contender, interleaved, type Spawned, spawnServer } from "./load.ts";
import { median } from "./measure.ts";
import type { Row } from "./report.ts";

/** A graph that nobody tuned for: no alternatives, and each skill has resources. */
const SKILLS = 2_000;
const RESOURCES_PER_SKILL = 3;
/** The lengths of the paths that are asked for. */
const LENGTHS = [60, 300];
/** How far back in its path a skill finds what it requires, and how much at most. */
const REACH = 20;
const MOST_REQUIRED = 3;

const QUERY = `query Path($input: LearningPathInput!) {
  learningPath(input: $input) {
    __typename
    ... on LearningPath {
      revision totalHours isOptimal lowerBoundHours
      steps {
        position stage hours
        skill { slug name taughtBy { resource { slug name url hours } } }
      }
    }
    ... on Error { message }
  }
}`;

/**
 * Paths with resources on foreign data, another question each time: this server against Mercurius with its JIT over
 * typed arrays, by processor time, the sides in turn.
 */
export async function benchForeign({ rounds, seconds }: HttpOptions): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "skills-graph-bench-"));
  const servers: Spawned[] = [];
  try {
    writeFileSync(join(folder, "graph.yaml"), JSON.stringify(foreignGraph()));
    for (const file of ["ours.ts", "mercurius.ts"]) servers.push(await spawnServer(file, { GRAPH: folder }));
    const rows: Row[] = [];
    for (const length of LENGTHS) rows.push(await compare(servers, length, rounds, seconds));
    return rows;
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compare(
  servers: readonly Spawned[],
  length: number,
  rounds: number,
  seconds: number,
): Promise<Row> {
  const body = (known: readonly string[]) =>
    JSON.stringify({
      query: QUERY,
      variables: { input: { goals: [{ role: roleOf(length) }], ...learner(known) } },
    });
  const path = Array.from({ length }, (_, at) => slugOf(length, at));
  const answers = await Promise.all(servers.map(({ url }) => answerTo(url, body([]))));
  const [ours, theirs] = answers.map((text) => text.match(/"position"/g)?.length);
  if (ours !== length || theirs !== length)
    throw new Error(`expected ${length} steps from each side, got ${ours} and ${theirs}: ${answers[0]}`);
  const contenders = ["ours", "Mercurius"].map(
    (name, at): Contender => ({
      name,
      server: servers[at]!,
      nextBody: (round) => distinctQuestions(path, round + 1, body),
    }),
  );
  const results = await interleaved(contenders, rounds, seconds);
  const cpu = (name: string) => results.get(name)!.map(({ cpuMs }) => cpuMs);
  return {
    what: `cold, foreign data, ${length} steps with resources ÷ Mercurius with JIT, by processor time`,
    figure: median(cpu("ours").map((ms, round) => cpu("Mercurius")[round]! / ms)),
    unit: "",
    goal: { atLeast: 1, aim: 1.5 },
    note: `${median(cpu("ours")).toPrecision(2)} and ${median(cpu("Mercurius")).toPrecision(2)} ms a request, ${answers[0]!.length} bytes`,
  };
}

async function answerTo(url: string, body: string): Promise<string> {
  const answer = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body });
  return answer.text();
}

const roleOf = (length: number) => `role-of-${length}`;
const slugOf = (length: number, at: number) => `skill-${length}-${String(at).padStart(4, "0")}`;

/** Blocks of skills, each of which a role requires whole, and skills that no role requires. */
function foreignGraph(): GraphFile {
  const random = randomNumbers(1);
  const blocks = [...LENGTHS, SKILLS - LENGTHS.reduce((sum, length) => sum + length, 0)];
  const skills = blocks.flatMap((length) =>
    Array.from({ length }, (_, at) => {
      const needed = new Set<string>();
      for (let n = Math.min(at, 1 + Math.floor(random() * MOST_REQUIRED)); n > 0; n--)
        needed.add(slugOf(length, at - 1 - Math.floor(random() * Math.min(at, REACH))));
      const slug = slugOf(length, at);
      const requires =
        needed.size === 0 ? {} : { requires: { allOf: [...needed].map((skill) => ({ skill })) } };
      return {
        slug,
        name: `Skill ${at} of ${length}`,
        kind: "CONCEPT" as const,
        hours: 1 + Math.floor(random() * 40),
        ...requires,
      };
    }),
  );
  return {
    skills,
    resources: skills.flatMap(({ slug, name }) =>
      Array.from({ length: RESOURCES_PER_SKILL }, (_, nth) => ({
        slug: `${slug}-resource-${nth}`,
        name: `${name}: resource ${nth}`,
        kind: "COURSE" as const,
        url: `https://example.org/${slug}/${nth}`,
        hours: 1 + Math.floor(random() * 20),
        teaches: [slug],
      })),
    ),
    roles: LENGTHS.map((length) => ({
      slug: roleOf(length),
      name: `Role of ${length}`,
      requires: {
        allOf: Array.from({ length }, (_, at) => ({ skill: slugOf(length, at) })),
      },
    })),
  };
}
