import { z } from "zod";
import { openApi, type TestApi } from "../support/api.ts";
import { chain, tablesOf } from "../support/chain.ts";
import type { Row } from "./report.ts";
import { untilStopped } from "./running.ts";

const LENGTHS = [5, 50, 500];

/** The core query with all the rows that a page may want of each step. */
const QUERY = `query ($slug: String!) {
  learningPath(input: { goals: [{ skill: $slug }] }) {
    ... on LearningPath {
      revision totalHours isOptimal lowerBoundHours
      steps {
        position stage hours
        skill {
          slug name kind summary
          resources { slug name cost } projects { slug name } roles { slug name }
          citations { line mention document { slug } }
        }
        because { goals { slug } requiredBy { slug } }
        alternatives { skill { slug } extraHours }
      }
    }
  }
}`;

const answerShape = z.object({ learningPath: z.object({ steps: z.array(z.unknown()) }) });

/**
 * How many SQL statements each kind of row takes, for longer and longer paths: each needs rows that none before it
 * has read.
 */
export async function benchStatements(): Promise<Row[]> {
  const api = await openApi(chain);
  const close = untilStopped(() => api.close());
  try {
    const rows: Row[] = [];
    for (const length of LENGTHS) rows.push(await statementsFor(api, length));
    return rows;
  } finally {
    await close();
  }
}

async function statementsFor(api: TestApi, length: number): Promise<Row> {
  const { answer, statements } = await api.record(QUERY, { slug: `skill-${length}` });
  if (answer.errors.length > 0) throw new Error(`expected no errors, got ${JSON.stringify(answer.errors)}`);
  const { steps } = answerShape.parse(answer.data).learningPath;
  if (steps.length !== length) throw new Error(`expected a path of ${length} steps, got ${steps.length}`);
  const perKind = new Map<string, number>();
  for (const kind of statements.map(tablesOf)) perKind.set(kind, (perKind.get(kind) ?? 0) + 1);
  return {
    what: `SQL statements for each kind of row, path of ${length} steps`,
    figure: Math.max(0, ...perKind.values()),
    unit: "",
    goal: { atMost: 1, aim: 1 },
    note: `${statements.length} in all: ${[...perKind.keys()].sort().join(", ")}`,
  };
}
