import {
  type ExportedGraph,
  type ExportedNode,
  type ExportedRequirement,
  isBranch,
  type NodeKind,
  noteOf,
  requirementTrees,
} from "./exported-graph.ts";
import { iriOf } from "./iri.ts";

/** The context that tools of CTDL look for. */
const CTDL_CONTEXT = "https://credreg.net/ctdl/schema/context/json";

/** The components of a pathway that stand for each kind. Resources are no components. */
const COMPONENTS: Readonly<Record<Exclude<NodeKind, "resource">, string>> = {
  skill: "ceterms:CompetencyComponent",
  project: "ceterms:BasicComponent",
  role: "ceterms:JobComponent",
  roadmap: "ceterms:BasicComponent",
};

/** What the format leaves out. */
const CTDL_LACKS =
  "resources, relations between skills, optional skills, reasons, notes, claims and citations";

/**
 * The graph as a Pathway of the Credential Transparency Description Language (JSON-LD), the one standard that says *all of*,
 * *any of* and *at least k of*: a requirement is a `ComponentCondition` with a `requiredNumber` of its target components.
 * Where groups nest, it has conditions instead, one for each member, and `logicalOperator` says how they join: `And`,
 * `Or`, or the `requiredNumber` between. O(nodes + edges).
 */
export function* exportCtdl(graph: ExportedGraph): Generator<string> {
  const trees = requirementTrees(graph);
  const components = graph.nodes.filter(({ kind }) => kind !== "resource");
  const pathway = {
    "@id": iriOf("pathway", "whole"),
    "@type": "ceterms:Pathway",
    "ceterms:name": text("Skills graph"),
    "ceterms:description": text(noteOf(graph, CTDL_LACKS)),
    "ceterms:hasDestinationComponent": components.filter(({ kind }) => kind === "role").map(idOf),
    "ceterms:hasPart": components.map(idOf),
  };
  yield `{"@context":${JSON.stringify(CTDL_CONTEXT)},"@graph":[\n${JSON.stringify(pathway)}`;
  for (const node of components) yield `,\n${JSON.stringify(componentOf(node, trees.get(node)))}`;
  yield "\n]}\n";
}

const idOf = ({ kind, slug }: ExportedNode) => iriOf(kind, slug);

/** Texts are maps by language; ours do not say which they are in. */
const text = (value: string) => ({ und: value });

function componentOf(node: ExportedNode, requirement: ExportedRequirement | undefined) {
  const { kind, name, summary, hours } = node;
  return {
    "@id": idOf(node),
    "@type": kind === "resource" ? undefined : COMPONENTS[kind],
    "ceterms:name": text(name),
    "ceterms:description": summary === "" ? undefined : text(summary),
    "ceterms:creditValue":
      hours === null
        ? undefined
        : [
            {
              "@type": "ceterms:ValueProfile",
              "schema:value": hours,
              "ceterms:creditUnitType": [
                {
                  "@type": "ceterms:CredentialAlignmentObject",
                  "ceterms:targetNode": "creditUnit:ClockHour",
                },
              ],
            },
          ],
    "ceterms:isPartOf": [iriOf("pathway", "whole")],
    "ceterms:hasCondition": requirement === undefined ? undefined : [conditionOf(requirement)],
  };
}

interface Condition {
  readonly "@type": "ceterms:ComponentCondition";
  readonly "ceterms:requiredNumber": number;
  readonly "ceterms:targetComponent"?: readonly string[];
  readonly "ceterms:logicalOperator"?: string;
  readonly "ceterms:hasCondition"?: readonly Condition[];
}

/** Recursive: requirements have a bounded depth. */
function conditionOf(requirement: ExportedRequirement): Condition {
  const type = "ceterms:ComponentCondition";
  if (!isBranch(requirement))
    return {
      "@type": type,
      "ceterms:requiredNumber": 1,
      "ceterms:targetComponent": [idOf(requirement.source)],
    };
  const { group, of } = requirement;
  const counted = { "@type": type, "ceterms:requiredNumber": group.atLeast } as const;
  const leaves = of.flatMap((member) => (isBranch(member) ? [] : [idOf(member.source)]));
  if (leaves.length === of.length) return { ...counted, "ceterms:targetComponent": leaves };
  const operator = group.atLeast === group.size ? "And" : group.atLeast === 1 ? "Or" : undefined;
  return {
    ...counted,
    ...(operator === undefined ? {} : { "ceterms:logicalOperator": `logicOp:${operator}` }),
    "ceterms:hasCondition": of.map(conditionOf),
  };
}
