import fc from "fast-check";
import jsonld from "jsonld";
import { expect, test } from "vitest";
import { isGroup, type Requirement } from "../../src/graph/model/requirement.ts";
import type { ExportFormatName } from "../../src/interchange/export-format-names.ts";
import { type ExportedGraph, requirementTrees } from "../../src/interchange/exported-graph.ts";
import { exportOf, randomGraph, textOf, writtenOf } from "./exported-graphs.ts";

/** What others read of the exports in JSON-LD. */

/** As the linked data of the web would be found; nothing is fetched. */
const documentLoader = async (documentUrl: string) => {
  if (documentUrl !== "https://credreg.net/ctdl/schema/context/json")
    throw new Error(`fetched ${documentUrl}`);
  const document: jsonld.NodeObject = {
    "@context": {
      ceterms: "https://purl.org/ctdl/terms/",
      schema: "https://schema.org/",
      "ceterms:targetComponent": { "@type": "@id" },
      "ceterms:name": { "@container": "@language" },
      "ceterms:description": { "@container": "@language" },
    },
  };
  return { documentUrl, document };
};
const expanded = async (name: ExportFormatName, graph: ExportedGraph): Promise<Map<string, Expanded>> => {
  const all = await jsonld.expand(JSON.parse(textOf(name, graph)), { documentLoader });
  return new Map(all.map((node) => [String(node["@id"]), node]));
};
type Expanded = Awaited<ReturnType<typeof jsonld.expand>>[number];
const iri = (id: string) => `https://skills-graph.invalid/${id.replace(":", "/")}`;

test("SKOS has the names, and each edge once", async () => {
  await fc.assert(
    fc.asyncProperty(randomGraph, async (random) => {
      const graph = exportOf(random);
      const nodes = await expanded("skos", graph);
      expect(nodes.size).toBe(graph.nodes.length + 1);
      for (const { id, kind, name } of graph.nodes) {
        const property =
          kind === "skill" ? "http://www.w3.org/2004/02/skos/core#prefLabel" : "https://schema.org/name";
        expect(nodes.get(iri(id))?.[property]).toEqual([{ "@value": name }]);
      }
      const links = (property: string) =>
        [...nodes].flatMap(([from, node]) => {
          const objects = node[property];
          return Array.isArray(objects) ? objects.map((to) => `${from} ${Object(to)["@id"]}`) : [];
        });
      const wanted = (kind: string) =>
        [...graph.edges].flatMap((edge) =>
          edge.kind === kind
            ? [
                kind === "PREREQUISITE"
                  ? `${iri(edge.target.id)} ${iri(edge.source.id)}`
                  : `${iri(edge.source.id)} ${iri(edge.target.id)}`,
              ]
            : [],
        );
      expect(links("http://purl.org/dc/terms/requires").sort()).toEqual(
        [...new Set(wanted("PREREQUISITE"))].sort(),
      );
      expect(links("http://www.w3.org/2004/02/skos/core#broader")).toEqual(wanted("PART_OF"));
    }),
    { numRuns: 50 },
  );
});

test("CTDL has every requirement as conditions", async () => {
  const ceterms = (name: string) => `https://purl.org/ctdl/terms/${name}`;
  const list = (node: unknown, name: string): Expanded[] => Object(node)[ceterms(name)] ?? [];
  const written = (condition: unknown): string => {
    const targets = list(condition, "targetComponent").map((target) => `${target["@id"]}`);
    const parts = list(condition, "hasCondition").map(written);
    const needed = list(condition, "requiredNumber").map((number) => number["@value"]);
    return targets.length === 1 && parts.length === 0 ? targets[0]! : `${needed}(${[...targets, ...parts]})`;
  };
  const wanted = (requirement: Requirement<string>): string => {
    if (!isGroup(requirement)) return iri(`skill:${requirement.skill}`);
    const parts = requirement.of.map(wanted);
    // A group of one skill is the skill.
    const [only] = requirement.of;
    return parts.length === 1 && only !== undefined && !isGroup(only)
      ? parts[0]!
      : `${requirement.atLeast}(${parts})`;
  };
  await fc.assert(
    fc.asyncProperty(randomGraph, async (random) => {
      const graph = exportOf(random);
      const nodes = await expanded("ctdl", graph);
      const trees = requirementTrees(graph);
      for (const node of graph.nodes) {
        const [condition] = list(nodes.get(iri(node.id)), "hasCondition");
        const tree = trees.get(node);
        expect(condition && written(condition)).toBe(tree && wanted(writtenOf(tree)));
      }
    }),
    { numRuns: 50 },
  );
});
