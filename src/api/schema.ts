import { type GraphQLSchema, lexicographicSortSchema, printSchema } from "graphql";
import { builder } from "./builder.ts";
import "./provenance/disagreement.ts";
import "./provenance/provenance.ts";
import "./provenance/subject.ts";
import "./skill/relations.ts";
import "./document/document.ts";
import "./question/compare-roles.ts";
import "./path/explanation.ts";
import "./question/graph.ts";
import "./path/learning-path-type.ts";
import "./core/node.ts";
import "./path/path-choices.ts";
import "./path/path-files.ts";
import "./path/path-projects-type.ts";
import "./path/path-resources-type.ts";
import "./path/path-schedule.ts";
import "./path/path-stages.ts";
import "./project/project.ts";
import "./question/readiness.ts";
import "./question/ready-to-learn.ts";
import "./resource/resource.ts";
import "./roadmap/roadmap.ts";
import "./role/role.ts";
import "./question/search.ts";
import "./question/skill-gap.ts";
import "./skill/graph.ts";
import "./question/subgraph.ts";
import "./question/transitions.ts";
import "./path/unreachable-goal.ts";
import "./question/what-if.ts";

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
