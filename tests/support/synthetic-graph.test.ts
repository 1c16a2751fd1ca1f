import { expect, it } from "vitest";
import { graphMetrics } from "../../src/graph/facts/metrics.ts";
import { possiblePrerequisites } from "../../src/graph/walk/closure.ts";
import { syntheticGraph, topSkills } from "./synthetic-graph.ts";

it("is the same for the same options, and as asked: five leaves each, some alternatives, deep, all learnable", () => {
  const options = { skills: 10_000, loops: true };
  const graph = syntheticGraph(options);
  expect(syntheticGraph(options)).toEqual(graph);
  expect(syntheticGraph({ ...options, seed: 2 })).not.toEqual(graph);
  const { edges, alternatives, maxDepth } = graphMetrics(graph);
  expect(edges / options.skills).toBeGreaterThan(4.5);
  expect(edges / options.skills).toBeLessThan(5.5);
  expect(alternatives / options.skills).toBeGreaterThan(0.3);
  expect(maxDepth).toBeGreaterThanOrEqual(15);
});

it("has as much behind a skill in a large graph as in a small one", () => {
  const mean = (skills: number) => {
    const graph = syntheticGraph({ skills });
    const tops = topSkills({ skills }, 20);
    return (
      tops.reduce((sum, top) => sum + possiblePrerequisites(graph, [top]).skills.length, 0) / tops.length
    );
  };
  expect(mean(50_000) / mean(5_000)).toBeCloseTo(1, 1);
});
