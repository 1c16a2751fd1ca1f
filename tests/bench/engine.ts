import pg from "pg";
import { ownerOfUse } from "../../src/graph/model/fold.ts";
import { NONE, type PrerequisiteGraph } from "../../src/graph/model/prerequisite-graph.ts";
import { requirementTree } from "../../src/graph/model/requirement.ts";
import { learnable } from "../../src/graph/walk/chaining.ts";
import { possiblePrerequisites } from "../../src/graph/walk/closure.ts";
import { type LearningOrder, learningOrder } from "../../src/graph/walk/learning-order.ts";
import { startPostgresql } from "../support/postgresql-server.ts";
import { isMet } from "../support/random-graph.ts";
import { syntheticGraph, topSkills } from "../support/synthetic-graph.ts";
import { median, timed, timedAsync } from "./measure.ts";
import type { Row } from "./report.ts";
import { untilStopped } from "./running.ts";

/** How many different goals are asked in turn, so that no single answer stays in the caches alone. */
const GOALS = 32;
/** How far the size of an answer may be from 200 skills. */
const SIZES = { least: 180, most: 220 };
/** How often ours answers all goals in one round: long enough to be timed. */
const REPEATS = 50;

/**
 * The cheapest order that SQL can give: every skill stores its stage, so that the statement only has to find the
 * closure and sort it.
 */
const STORED_STAGE = `
  WITH RECURSIVE behind(id) AS (
    SELECT $1::int UNION SELECT prerequisite FROM behind JOIN needs ON dependent = id
  ) SELECT id FROM behind JOIN skill USING (id) ORDER BY stage, id`;

/** The same without help from stored stages: the longest way to each skill is found on the walk. */
const COMPUTED_STAGE = `
  WITH RECURSIVE behind(id, distance) AS (
    SELECT $1::int, 0 UNION SELECT prerequisite, distance + 1 FROM behind JOIN needs ON dependent = id
  ) SELECT id FROM behind GROUP BY id ORDER BY max(distance) DESC, id`;

/** Closure and order of some 200 skills: ours beside PostgreSQL, and in a graph a hundred times as large. */
export async function benchEngine({ rounds }: { readonly rounds: number }): Promise<Row[]> {
  const small = syntheticGraph({ skills: 10_000 });
  const goals = goalsIn(small, 10_000, GOALS);
  return [...(await besideSql(small, goals, rounds)), ...besideLarge(small, goals, rounds)];
}

async function besideSql(graph: PrerequisiteGraph, goals: readonly number[], rounds: number): Promise<Row[]> {
  const postgres = await startPostgresql();
  const stop = untilStopped(() => postgres.stop());
  try {
    const client = new pg.Client(await postgres.createDatabase("engine"));
    // Stopping the server in the midst of a run ends the connection, too.
    client.on("error", () => {});
    await client.connect();
    await loadGraph(client, graph);
    const ask = async (name: string, text: string, goal: number): Promise<number[]> => {
      const { rows } = await client.query({ name, text, values: [goal], rowMode: "array" });
      return rows.map(([id]) => Number(id));
    };
    for (const goal of goals) {
      const ours = closureInOrder(graph, goal).skills;
      for (const theirs of [await ask("stored", STORED_STAGE, goal), await ask("walk", COMPUTED_STAGE, goal)])
        checkSame(graph, ours, theirs);
    }
    const stored: number[] = [];
    const computed: number[] = [];
    const ours: number[] = [];
    const each = async (name: string, text: string) =>
      (await timedAsync(async () => {
        for (const goal of goals) await ask(name, text, goal);
      })) / goals.length;
    for (let round = 0; round < rounds; round++) {
      stored.push(await each("stored", STORED_STAGE));
      computed.push(await each("walk", COMPUTED_STAGE));
      ours.push(perGoal(graph, goals));
    }
    await client.end();
    const ratio = (times: readonly number[]) => median(times.map((time, round) => time / ours[round]!));
    return [
      {
        what: "closure and order of 200 skills, PostgreSQL's time ÷ ours",
        figure: ratio(stored),
        unit: "×",
        goal: { atLeast: 50, aim: 200 },
        note: `recursive CTE, prepared, one warm connection, stage stored with each skill: ${median(stored).toFixed(2)} ms`,
      },
      {
        what: "the same, the CTE finding the order itself",
        figure: ratio(computed),
        unit: "×",
        note: `${median(computed).toFixed(2)} ms`,
      },
      { what: "closure and order of 200 skills", figure: median(ours) * 1000, unit: "µs" },
    ];
  } finally {
    await stop();
  }
}

async function loadGraph(client: pg.Client, graph: PrerequisiteGraph): Promise<void> {
  await client.query(`CREATE TABLE skill (id int PRIMARY KEY, stage int NOT NULL);
    CREATE TABLE needs (dependent int, prerequisite int, PRIMARY KEY (dependent, prerequisite))`);
  await client.query(
    "INSERT INTO skill SELECT (row_number() OVER ())::int - 1, stage FROM unnest($1::int[]) AS stage",
    [[...learnable(graph).stage]],
  );
  const dependents: number[] = [];
  const prerequisites: number[] = [];
  for (let skill = 0; skill < graph.skillCount; skill++)
    for (let u = graph.usedByStart[skill]!; graph.usedBy[u] !== NONE; u++) {
      dependents.push(ownerOfUse(graph, graph.usedBy[u]!));
      prerequisites.push(skill);
    }
  await client.query("INSERT INTO needs SELECT DISTINCT * FROM unnest($1::int[], $2::int[])", [
    dependents,
    prerequisites,
  ]);
  await client.query("VACUUM ANALYZE");
}

/** The same skills, each after what its requirement needs. */
function checkSame(graph: PrerequisiteGraph, ours: Iterable<number>, theirs: readonly number[]): void {
  const expected = new Set(ours);
  const before = new Set<number>();
  for (const skill of theirs) {
    if (!expected.has(skill) || !isMet(requirementTree(graph, skill), before))
      throw new Error(`expected PostgreSQL to give our closure in learning order, got ${theirs.join(" ")}`);
    before.add(skill);
  }
  if (before.size !== expected.size)
    throw new Error(`expected ${expected.size} skills, PostgreSQL gave ${before.size}`);
}

function besideLarge(small: PrerequisiteGraph, goals: readonly number[], rounds: number): Row[] {
  const large = syntheticGraph({ skills: 1_000_000 });
  const goalsInLarge = goalsIn(large, 1_000_000, GOALS);
  const spread = goalsIn(large, 1_000_000, 3_000);
  const inTurn: number[] = [];
  const alone: number[] = [];
  const cold: number[] = [];
  for (let round = -1; round < rounds; round++) {
    const ratioAlone = perSkillAlone(large, goalsInLarge) / perSkillAlone(small, goals);
    const ratioInTurn = perSkill(large, goalsInLarge) / perSkill(small, goals);
    const untouched = perGoal(large, spread, 1);
    // The first round warms up.
    if (round < 0) continue;
    alone.push(ratioAlone);
    inTurn.push(ratioInTurn);
    cold.push(untouched);
  }
  const goal = { atMost: 1.5, aim: 1.1 };
  const what = "the same closure size in a graph of 10⁶ skills ÷ in one of 10⁴";
  return [
    {
      what,
      figure: median(alone),
      unit: "",
      goal,
      note: `${GOALS} goals, each ${REPEATS} times before the next; time per skill of the answer`,
    },
    {
      what: `${what}, in turn`,
      figure: median(inTurn),
      unit: "",
      goal,
      note: "one goal after the other: the small graph stays in the processor's caches as a whole",
    },
    {
      what: "closure and order at 10⁶ skills, memory not touched lately",
      figure: median(cold) * 1000,
      unit: "µs",
      note: `${spread.length} goals in turn`,
    },
  ];
}

/** A skill and all its possible prerequisites in learning order, by the two walks that the server has for it. */
function closureInOrder(graph: PrerequisiteGraph, goal: number): LearningOrder {
  const { skills } = possiblePrerequisites(graph, [goal]);
  const set = new Int32Array(skills.length + 1);
  set[0] = goal;
  set.set(skills, 1);
  return learningOrder(graph, set, { towards: [goal] });
}

/** Milliseconds for each skill of the answers, the goals asked in turn. */
function perSkill(graph: PrerequisiteGraph, goals: readonly number[]): number {
  return perGoal(graph, goals) / meanSize(graph, goals);
}

/** The same, each goal asked again and again before the next. */
function perSkillAlone(graph: PrerequisiteGraph, goals: readonly number[]): number {
  return median(goals.map((goal) => perSkill(graph, [goal])));
}

/** Milliseconds for each goal. */
function perGoal(graph: PrerequisiteGraph, goals: readonly number[], repeats = REPEATS): number {
  let found = 0;
  const time = timed(() => {
    for (let repeat = 0; repeat < repeats; repeat++)
      for (const goal of goals) found += closureInOrder(graph, goal).skills.length;
  });
  if (found < goals.length) throw new Error(`expected an answer for each of ${goals.length} goals`);
  return time / repeats / goals.length;
}

function meanSize(graph: PrerequisiteGraph, goals: readonly number[]): number {
  const total = goals.reduce((sum, goal) => sum + closureInOrder(graph, goal).skills.length, 0);
  return total / goals.length;
}

/** Skills behind which, themselves included, there are about 200. */
function goalsIn(graph: PrerequisiteGraph, skills: number, count: number): number[] {
  const goals = topSkills({ skills }, count * 4).filter((goal) => {
    const { length } = closureInOrder(graph, goal).skills;
    return length >= SIZES.least && length <= SIZES.most;
  });
  // The small graph has no more than 41 subjects.
  if (goals.length < Math.min(count, 24)) throw new Error(`expected ${count} goals, found ${goals.length}`);
  return goals.slice(0, count);
}
