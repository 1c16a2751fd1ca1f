import fc from "fast-check";
import { expect, it } from "vitest";
import { formatDate, mondayOf, parseDate } from "../../../src/planning/time/calendar-date.ts";
import type { PlanStep } from "../../../src/planning/time/milestones.ts";
import { replan } from "../../../src/planning/time/replan.ts";
import { schedule } from "../../../src/planning/time/schedule.ts";
import { choiceQuestion } from "../../support/choice-questions.ts";
import { django } from "../../support/graphs.ts";
import { solveLearningPath } from "../../support/solve.ts";

function planned(steps: readonly PlanStep[], weekly: number) {
  const made = schedule(steps, { startOn: "2027-01-04", effort: { weekly } });
  if (made.kind === "refused") throw new Error(made.message);
  return made;
}
const skillStep = (owner: number, cost: number): PlanStep => ({ kind: "SKILL", owner, cost });

/** Whether the steps of a list can be learned one after the other, by chaining forward a step at a time. */
function canBeLearned(
  graph: Parameters<typeof solveLearningPath>[0],
  known: number[],
  order: number[],
): boolean {
  const had = [...known];
  return order.every((skill) => {
    const path = solveLearningPath(graph, { goals: [skill], known: had, choose: [], avoid: [] });
    had.push(skill);
    return path.kind === "path" && path.skills.length === 1;
  });
}

it("leaves out what is done and nothing else, keeps this week's first, and puts no step before what it needs", () => {
  fc.assert(
    fc.property(
      choiceQuestion(8),
      fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
      fc.integer({ min: 0, max: 40 }),
      fc.integer({ min: 1, max: 30 }),
      ({ graph, question }, isDone, day, weekly) => {
        const path = solveLearningPath(graph, question);
        if (path.kind === "unreachable") return;
        const steps = path.skills.map((owner) => skillStep(owner, graph.cost[owner]!));
        const plan = planned(steps, weekly);
        const done = new Set(path.skills.filter((_, at) => isDone[at]));
        const on = formatDate(parseDate("2027-01-04")! + day);
        const left = replan(graph, steps, plan, { on, known: question.known, done });
        const order = left.steps.map(({ owner }) => owner);
        expect([...order].sort()).toEqual(path.skills.filter((skill) => !done.has(skill)).sort());
        expect(canBeLearned(graph, [...question.known, ...done], order)).toBe(true);
        const week = plan.weeks.find(({ startsOn }) => startsOn === formatDate(mondayOf(parseDate(on)!)));
        const ofWeek = new Set(week?.items.map(({ item }) => steps[item]!.owner));
        const kept = order.slice(0, left.kept);
        expect(kept.filter((skill) => !ofWeek.has(skill))).toEqual([]);
        // Whichever of this week waits could not have been begun.
        for (const skill of order.slice(left.kept))
          if (ofWeek.has(skill))
            expect(canBeLearned(graph, [...question.known, ...done, ...kept], [skill])).toBe(false);
        // Both parts are in the order of the plan.
        for (const part of [kept, order.slice(left.kept)]) {
          const places = part.map((skill) => path.skills.indexOf(skill));
          expect(places).toEqual([...places].sort((a, b) => a - b));
        }
      },
    ),
  );
});

it("keeps what can be begun, and has what is late go before what needs it", () => {
  const { graph, index } = django();
  const steps = ["http", "python", "git"].map((slug) => skillStep(index(slug), 1_000));
  const plan = planned(steps, 1_000);
  const late = replan(graph, steps, plan, { on: "2027-01-12", known: [], done: new Set() });
  expect(late.steps.map(({ owner }) => owner)).toEqual(["python", "http", "git"].map(index));
  expect(late.kept).toBe(1);
  const needing = ["sql", "mysql"].map((slug) => skillStep(index(slug), 1_000));
  const waiting = replan(graph, needing, planned(needing, 1_000), {
    on: "2027-01-12",
    known: [],
    done: new Set(),
  });
  expect(waiting).toEqual({ steps: needing, kept: 0 });
});
