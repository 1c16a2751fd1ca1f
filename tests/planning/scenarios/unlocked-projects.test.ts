import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { unlockedProjectsSearch } from "../../../src/planning/scenarios/unlocked-projects.ts";
import { isMet } from "../../support/brute-force-path.ts";
import { anyOf, graphOf } from "../../support/graphs.ts";
import { askedGraph } from "../../support/random-questions.ts";
import { runToEnd } from "../../support/run-to-end.ts";

describe("unlockedProjectsSearch", () => {
  it("tells what is feasible at once from what is helped towards, and leaves out what is feasible already", () => {
    const { graph, indices, slugsOf } = graphOf(
      { git: [], python: [], django: "python", rails: [] },
      { others: { blog: ["git", anyOf("django", "rails")], script: "python", readme: "git", role: "rails" } },
    );
    const projects = new Set(indices("blog", "script", "readme"));
    const answer = runToEnd(
      unlockedProjectsSearch(graph, indices("python", "rails"), indices("git"), (owner) =>
        projects.has(owner),
      ),
    );
    expect(
      answer.map(({ feasible, towards }) => ({ feasible: slugsOf(feasible), towards: slugsOf(towards) })),
    ).toEqual([
      { feasible: ["script"], towards: ["blog", "script"] },
      { feasible: ["blog"], towards: ["blog"] },
    ]);
  });

  it("calls feasible exactly what the skill completes", () => {
    fc.assert(
      fc.property(askedGraph(7), ({ graph, owners, skillCount, question: { known } }) => {
        const skills = Array.from({ length: skillCount }, (_, skill) => skill);
        const answer = runToEnd(unlockedProjectsSearch(graph, skills, known, () => true));
        answer.forEach(({ feasible, towards }, learned) => {
          const completed = owners.flatMap(({ requirement }, owner) => {
            const before = isMet(requirement, (skill) => known.includes(skill));
            const after = isMet(requirement, (skill) => skill === learned || known.includes(skill));
            return owner >= skillCount && !before && after ? [owner] : [];
          });
          expect(feasible).toEqual(completed);
          for (const owner of feasible) expect(towards).toContain(owner);
        });
      }),
    );
  });
});
