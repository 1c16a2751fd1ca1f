import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { notReady } from "../../../src/planning/scenarios/not-ready.ts";
import { readyToLearn } from "../../../src/planning/scenarios/ready-to-learn.ts";
import { isMet } from "../../support/brute-force-path.ts";
import { anyOf, graphOf } from "../../support/graphs.ts";
import { askedGraph } from "../../support/random-questions.ts";

describe("notReady", () => {
  it("lists what lacks least first, goals included, and nothing off the way", () => {
    const { graph, indices, slugsOf } = graphOf(
      {
        sql: [],
        mysql: "sql",
        http: [],
        web: ["http", anyOf("mysql", "mongo"), "git"],
        mongo: [],
        git: [],
        css: [],
        sass: "css",
      },
      { others: { backend: "web" } },
    );
    const answer = notReady(graph, { known: indices("git"), goals: indices("backend") });
    expect(answer.map(({ owner, missing }) => `${slugsOf([owner])}: ${slugsOf(missing)}`)).toEqual([
      "mysql: sql",
      "backend: web",
      "web: http,mongo,mysql",
    ]);
  });

  it("without goals splits what is not known with what is ready", () => {
    fc.assert(
      fc.property(askedGraph(8), ({ graph, question: { known }, owners, skillCount }) => {
        const waiting = notReady(graph, { known, goals: [] });
        const ready = readyToLearn(graph, { known, goals: [] }).map(({ skill }) => skill);
        const all = [...waiting.map(({ owner }) => owner), ...ready, ...new Set(known)];
        expect(all.sort((a, b) => a - b)).toEqual(Array.from({ length: skillCount }, (_, skill) => skill));
        for (const { owner, missing } of waiting) {
          expect(isMet(owners[owner]!.requirement, (skill) => known.includes(skill))).toBe(false);
          expect(
            isMet(owners[owner]!.requirement, (skill) => known.includes(skill) || missing.includes(skill)),
          ).toBe(true);
          expect(missing.filter((skill) => known.includes(skill))).toEqual([]);
        }
      }),
    );
  });
});
