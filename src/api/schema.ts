import { type GraphQLSchema, lexicographicSortSchema, printSchema } from "graphql";
import { builder } from "./builder.ts";
import "./core/error-types.ts";
import "./document/document.ts";
import "./learner/me.ts";
import "./learner/progress.ts";
import "./learner/replanned.ts";
import "./learner/saved-plan.ts";
import "./path/choices.ts";
import "./path/explanation.ts";
import "./path/link.ts";
import "./path/offer.ts";
import "./path/path.ts";
import "./path/preferred.ts";
import "./path/projects.ts";
import "./path/resources.ts";
import "./path/schedule.ts";
import "./path/sections.ts";
import "./path/sensitivity.ts";
import "./path/stages.ts";
import "./project/project.ts";
import "./proposal/decide.ts";
import "./proposal/proposal.ts";
import "./proposal/propose.ts";
import "./provenance/agreement.ts";
import "./provenance/disagreement.ts";
import "./provenance/provenance.ts";
import "./provenance/subject.ts";
import "./question/compare-roles.ts";
import "./question/edges.ts";
import "./question/graph.ts";
import "./question/graph-then.ts";
import "./question/node.ts";
import "./question/ready-to-learn.ts";
import "./question/search.ts";
import "./question/skill-gap.ts";
import "./question/subgraph.ts";
import "./question/transitions.ts";
import "./question/what-if.ts";
import "./resource/resource.ts";
import "./roadmap/order.ts";
import "./roadmap/roadmap.ts";
import "./role/role.ts";
import "./skill/graph.ts";
import "./skill/metrics.ts";
import "./skill/relations.ts";
import "./skill/spent-hours.ts";
import "./write/apply-changes.ts";
import "./write/changes.ts";
import "./write/diff.ts";
import "./write/entity-mutations.ts";
import "./write/graph-changed.ts";
import "./write/import-graph.ts";
import "./write/revert.ts";
import "./write/skill-mutations.ts";
import "./write/version.ts";

let schema: GraphQLSchema | undefined;

/** The executable schema; built once for each process. */
export function buildSchema(): GraphQLSchema {
  schema ??= builder.toSchema({ sortSchema: true });
  return schema;
}

/** The schema in GraphQL's own language, in alphabetical order: the same text for the same schema. Takes 40 ms. */
export function printSdl(): string {
  return `${printSchema(lexicographicSortSchema(buildSchema()))}\n`;
}
