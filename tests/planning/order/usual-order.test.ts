import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildPrerequisiteGraph } from "../../../src/graph/model/graph-builder.ts";
import { usedPrerequisites } from "../../../src/planning/order/used-prerequisites.ts";
import { inUsualOrder } from "../../../src/planning/order/usual-order.ts";
import { runToEnd } from "../../support/run-to-end.ts";
import { expectLearnable } from "../../support/step-graph.ts";

const SKILLS = 40;

describe("the steps of a path in the order of all skills", () => {
  test("are all there, and each comes after what it needs", () => {
    const needs = fc.array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: SKILLS, maxLength: SKILLS });
    const isKnown = fc.array(fc.boolean(), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(needs, isKnown, (needs, isKnown) => {
        const owners = needs.map((list, skill) => {
          const of = [...new Set(skill === 0 ? [] : list.map((n) => n % skill))].map((skill) => ({ skill }));
          return {
            cost: 100 + (skill % 7),
            requirement: of.length === 0 ? undefined : { atLeast: of.length, of },
          };
        });
        const graph = buildPrerequisiteGraph(SKILLS, owners);
        const path = [...owners.keys()].filter((skill) => isKnown[skill] !== true);
        const steps = usedPrerequisites(graph, path);
        expectLearnable(steps, runToEnd(inUsualOrder(graph, path, steps, [...path.keys()])));
      }),
    );
  });

  test("stay as they are where alternatives are used the other way round", () => {
    const [a, b, firstOfA, firstOfB] = [0, 1, 2, 3];
    const either = (...skills: number[]) => ({ atLeast: 1, of: skills.map((skill) => ({ skill })) });
    const owners = Array.from({ length: SKILLS }, (_, skill) => ({
      cost: 100,
      requirement: skill === a ? either(b, firstOfA) : skill === b ? either(a, firstOfB) : undefined,
    }));
    const graph = buildPrerequisiteGraph(SKILLS, owners);
    const others = [...owners.keys()].slice(4);
    for (const path of [
      [firstOfA, a, b, ...others],
      [firstOfB, b, a, ...others],
    ]) {
      const steps = usedPrerequisites(graph, path);
      expectLearnable(steps, runToEnd(inUsualOrder(graph, path, steps, [...path.keys()])));
    }
  });

  test("are all there where some can only be learned by who knows one of them", () => {
    const [known, other] = [0, 1];
    const needs = (skill: number) => ({ atLeast: 1, of: [{ skill }] });
    const owners = Array.from({ length: SKILLS }, (_, skill) => ({
      cost: 100,
      requirement: skill === known ? needs(other) : skill === other ? needs(known) : undefined,
    }));
    const graph = buildPrerequisiteGraph(SKILLS, owners);
    const path = [...owners.keys()].filter((skill) => skill !== known);
    const steps = usedPrerequisites(graph, path);
    expectLearnable(steps, runToEnd(inUsualOrder(graph, path, steps, [...path.keys()])));
  });

  test("a question that is given up has not searched in vain: the next goes on", () => {
    const many = 600;
    const owners = Array.from({ length: many }, (_, skill) => ({
      cost: 100 + ((skill * 37) % 90),
      requirement: skill < 3 ? undefined : { atLeast: 1, of: [{ skill: Math.floor(skill / 3) }] },
    }));
    const question = () => {
      const graph = buildPrerequisiteGraph(many, owners);
      const path = [...owners.keys()];
      const steps = usedPrerequisites(graph, path);
      return () => inUsualOrder(graph, path, steps, path);
    };
    const whole = slicesOf(question()());
    expect(whole).toBeGreaterThan(2);
    const ask = question();
    const given = ask();
    for (let slice = 0; slice < whole - 1; slice++) given.next();
    expect(slicesOf(ask())).toBe(1);
  });
});

/** How often a search pauses until it ends. */
function slicesOf(search: Generator<void, unknown>): number {
  let slices = 0;
  while (!search.next().done) slices++;
  return slices;
}
