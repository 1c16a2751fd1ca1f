import fc from "fast-check";
import { expect, test } from "vitest";
import { relevantProblem } from "../../../src/planning/problem/relevant.ts";
import { isMet, reachable } from "../../support/random-graph.ts";
import { askedGraph } from "../../support/random-questions.ts";

test("there is a relevant problem exactly where the goals can be reached, and all of it can be met", () => {
  let found = 0;
  let loops = 0;
  fc.assert(
    fc.property(askedGraph(8), ({ graph, owners, skillCount, question }) => {
      const { goals, known, choose, avoid } = question;
      const allowed = (skill: number) => !avoid.includes(skill);
      const reached = reachable({ skillCount, owners }, known, allowed);
      const isReached = (owner: number) =>
        owner < skillCount ? reached.has(owner) : isMet(owners[owner]!.requirement, reached);
      const relevant = relevantProblem(graph, question);
      expect(relevant !== undefined).toBe([...goals, ...choose].every(isReached));
      if (relevant === undefined) return;
      found++;
      if (relevant.hasLoop) loops++;
      const { nodeCount, origin, need, memberStart, memberEnd, members, userStart, users } = relevant;
      for (let node = 0; node < nodeCount; node++) {
        const own = members.slice(memberStart[node]!, memberEnd[node]!);
        for (const member of own) {
          // Nothing leads to what cannot be met, or is known already.
          if (origin[member]! >= 0) {
            expect(isReached(origin[member]!)).toBe(true);
            expect(known).not.toContain(origin[member]!);
          }
          expect(users.slice(userStart[member]!, userStart[member + 1]!)).toContain(node);
        }
        if (need[node] === 0) expect(own).toHaveLength(0);
        else if (origin[node]! >= 0 && isReached(origin[node]!))
          expect(own.length).toBeGreaterThanOrEqual(need[node]!);
      }
    }),
    { numRuns: 2_000 },
  );
  expect(found).toBeGreaterThan(300);
  expect(loops).toBeGreaterThan(30);
});
