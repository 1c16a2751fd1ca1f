import { type GraphQLSchema, lexicographicSortSchema, printSchema } from "graphql";
import { builder } from "./builder.ts";
import "./types/citation-subject.ts";
import "./types/disagreement.ts";
import "./types/document.ts";
import "./types/document-citations.ts";
import "./types/entity-provenance.ts";
import "./types/compare-roles.ts";
import "./types/explanation.ts";
import "./types/graph.ts";
import "./types/learning-path.ts";
import "./types/node.ts";
import "./types/part-of.ts";
import "./types/path-choices.ts";
import "./types/path-files.ts";
import "./types/path-projects.ts";
import "./types/path-resources.ts";
import "./types/path-schedule.ts";
import "./types/path-stages.ts";
import "./types/project.ts";
import "./types/readiness.ts";
import "./types/ready-to-learn.ts";
import "./types/resource.ts";
import "./types/roadmap.ts";
import "./types/role.ts";
import "./types/search.ts";
import "./types/skill-gap.ts";
import "./types/skill-graph.ts";
import "./types/skill-note.ts";
import "./types/skill-queries.ts";
import "./types/skill-relation.ts";
import "./types/skill-relations.ts";
import "./types/subgraph.ts";
import "./types/transitions.ts";
import "./types/unreachable-goal.ts";
import "./types/what-if.ts";

let schema: GraphQLSchema | undefined;

/** The executable schema; built once for each process. */
export function buildSchema(): GraphQLSchema {
  schema ??= builder.toSchema({ sortSchema: true });
  return schema;
}

/** The schema in GraphQL's own language, in alphabetical order: the same text for the same schema. */
export function printSdl(): string {
  return `${printSchema(lexicographicSortSchema(buildSchema()))}\n`;
}
