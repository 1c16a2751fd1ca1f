import {
  type EdgeKind,
  type ExportedEdge,
  type ExportedGraph,
  type ExportedNode,
  type NodeKind,
  noteOf,
} from "./exported-graph.ts";
import { iriOf } from "./iri.ts";

const reference = (id: string) => ({ "@id": id, "@type": "@id" });

const CONTEXT = {
  dcterms: "http://purl.org/dc/terms/",
  schema: "https://schema.org/",
  skos: "http://www.w3.org/2004/02/skos/core#",
  prefLabel: "skos:prefLabel",
  altLabel: "skos:altLabel",
  definition: "skos:definition",
  name: "schema:name",
  description: "schema:description",
  alternateName: "schema:alternateName",
  timeRequired: "schema:timeRequired",
  url: reference("schema:url"),
  inScheme: reference("skos:inScheme"),
  requires: reference("dcterms:requires"),
  broader: reference("skos:broader"),
  related: reference("skos:related"),
  teaches: reference("schema:teaches"),
  about: reference("schema:about"),
  skills: reference("schema:skills"),
};

/** What each kind of node is. */
const TYPES: Readonly<Record<NodeKind, readonly string[]>> = {
  skill: ["skos:Concept", "schema:DefinedTerm"],
  project: ["schema:LearningResource"],
  role: ["schema:Occupation"],
  roadmap: ["schema:ItemList"],
  resource: ["schema:LearningResource"],
};

/** Which end of an edge says what of the other. Relations between skills have no closer word than `related`. */
const PROPERTIES: Readonly<Partial<Record<EdgeKind, Property>>> = {
  PREREQUISITE: { of: "target", as: "requires" },
  OPTIONAL: { of: "target", as: "skills" },
  PART_OF: { of: "source", as: "broader" },
  TEACHES: { of: "source", as: "teaches" },
  PRACTISES: { of: "source", as: "about" },
};

interface Property {
  readonly of: "source" | "target";
  readonly as: string;
}

const RELATED: Property = { of: "source", as: "related" };
const propertyOf = ({ kind }: ExportedEdge) => PROPERTIES[kind] ?? RELATED;

/** What the format leaves out. */
const SKOS_LACKS =
  "which prerequisites are alternatives and how many are needed (`projection=cheapest` has no alternatives), what skills that are related have to do with one another, reasons, notes, claims and citations";

/**
 * The graph as linked data (JSON-LD): skills are concepts of SKOS and terms of schema.org, prerequisites
 * `dcterms:requires`, from dependent to prerequisite. O(nodes + edges).
 */
export function* exportSkos(graph: ExportedGraph): Generator<string> {
  /** The places of edges, by the node that says something of another. */
  const said = new Map<ExportedNode, number[]>();
  let place = 0;
  for (const edge of graph.edges) {
    const subject = edge[propertyOf(edge).of];
    const places = said.get(subject);
    if (places === undefined) said.set(subject, [place]);
    else places.push(place);
    place++;
  }
  const scheme = {
    "@id": iriOf("scheme", "whole"),
    "@type": "skos:ConceptScheme",
    prefLabel: "Skills graph",
    definition: noteOf(graph, SKOS_LACKS),
  };
  yield `{"@context":${JSON.stringify(CONTEXT)},"@graph":[\n${JSON.stringify(scheme)}`;
  for (const node of graph.nodes) {
    const edges = (said.get(node) ?? []).map((at) => graph.edges.at(at)!);
    yield `,\n${JSON.stringify({ ...nodeOf(node), ...linksOf(edges) })}`;
  }
  yield "\n]}\n";
}

const idOf = ({ kind, slug }: ExportedNode) => iriOf(kind, slug);

function nodeOf(node: ExportedNode) {
  const { kind, name, summary, aliases, hours, url } = node;
  const isConcept = kind === "skill";
  return {
    "@id": idOf(node),
    "@type": TYPES[kind],
    [isConcept ? "prefLabel" : "name"]: name,
    [isConcept ? "definition" : "description"]: summary || undefined,
    [isConcept ? "altLabel" : "alternateName"]: aliases.length === 0 ? undefined : aliases,
    timeRequired: hours === null ? undefined : `PT${hours}H`,
    url: url ?? undefined,
    inScheme: isConcept ? iriOf("scheme", "whole") : undefined,
  };
}

/** A skill that a requirement names twice is said once. */
function linksOf(edges: readonly ExportedEdge[]) {
  const properties = new Map<string, Set<string>>();
  for (const edge of edges) {
    const { of, as } = propertyOf(edge);
    const objects = properties.get(as) ?? new Set();
    properties.set(as, objects.add(idOf(of === "source" ? edge.target : edge.source)));
  }
  return Object.fromEntries(Array.from(properties, ([name, objects]) => [name, [...objects]]));
}
