import { describe, expect, it } from "vitest";
import { graphFile } from "../../src/seeding/graph-file.ts";
import { COURSE_COST, quatalog, quatalogAbsent, quatalogGraphFile } from "../support/quatalog.ts";
import { solveLearningPath } from "../support/solve.ts";

describe.skipIf(quatalogAbsent !== undefined)(
  `course catalogue${quatalogAbsent ? `: ${quatalogAbsent}` : ""}`,
  () => {
    it("every target's path is optimal and costs what an independent solver found", () => {
      const { graph, targets } = quatalog();
      expect(targets).toHaveLength(1001);
      const wrong = targets.filter(({ skill, minimum }) => {
        const answer = solveLearningPath(graph, { goals: [skill], known: [], choose: [], avoid: [] });
        return (
          answer.kind !== "path" ||
          !answer.isOptimal ||
          answer.cost !== (minimum + 1) * COURSE_COST ||
          answer.lowerBound !== answer.cost ||
          answer.skills.length !== minimum + 1
        );
      });
      expect(wrong).toEqual([]);
    });

    it("converts into a valid graph file", () => {
      const parsed = graphFile.parse(quatalogGraphFile());
      expect(parsed.skills!.length).toBeGreaterThan(6_500);
      expect(parsed.skills!.filter((skill) => skill.requires !== undefined)).toHaveLength(1001);
    });
  },
);
