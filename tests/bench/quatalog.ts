import { performance } from "node:perf_hooks";
import { solveLearningPath } from "../../src/planning/learning-path.ts";
import { COURSE_COST, quatalog, quatalogAbsent } from "../support/quatalog.ts";

if (quatalogAbsent !== undefined) throw new Error(quatalogAbsent);
const { graph, targets } = quatalog();
for (let round = 0; round < 3; round++) {
  const times: number[] = [];
  let wrong = 0;
  const begin = performance.now();
  for (const { skill, minimum } of targets) {
    const start = performance.now();
    const answer = solveLearningPath(graph, { goals: [skill], known: [], choose: [], avoid: [] });
    times.push(performance.now() - start);
    if (answer.kind !== "path" || !answer.isOptimal || answer.cost !== (minimum + 1) * COURSE_COST) wrong++;
  }
  const total = performance.now() - begin;
  times.sort((a, b) => a - b);
  console.log({ total, wrong, p50: times[500], p99: times[990], worst: times[1000] });
}
