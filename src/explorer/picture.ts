import { edgesFrom, edgesOf, goalNode, MAX_DEPENDENTS, type Node, stateOf } from "./drawn.ts";
import { expanded } from "./expansion.ts";
import type { PathPictureQuery } from "./generated/path-picture.ts";
import { valuesOf } from "./links.ts";
import { pageOf } from "./parts.ts";
import { AskFault, type Picture, type PlanQuestion, type Site } from "./site.ts";

/** How far back a picture of a skill goes, unless its link says so. */
export const DEFAULT_DEPTH = 2;
export const MAX_DEPTH = 3;

/** A path as a picture: its steps with their numbers, what is known, the goals, and what needs what. */
async function pathPicture({ ask }: Site, { input }: PlanQuestion): Promise<Picture> {
  const { learningPath, subgraph } = await ask("PathPicture", { input, roots: input.goals });
  if (learningPath.__typename !== "LearningPath") throw faultOf(learningPath);
  if (subgraph.__typename !== "Subgraph") throw faultOf(subgraph);
  const nodes = pathNodes(learningPath);
  const shown = new Set(nodes.map(({ id }) => id));
  const edges = edgesOf(subgraph.edges).filter(
    ({ prerequisite, dependent }) => shown.has(prerequisite) && shown.has(dependent),
  );
  const used = new Set(edges.flatMap(({ prerequisite, dependent }) => [prerequisite, dependent]));
  const names = learningPath.goals.map(({ name }) => name).join(" and ");
  return {
    title: `The path to ${names}: ${learningPath.totalSteps} steps, ${learningPath.totalHours} h`,
    // What is known and needed by nothing here would only stand about.
    nodes: nodes.filter(({ id, state }) => state !== "known" || used.has(id)),
    edges,
  };
}

type Path = Extract<PathPictureQuery["learningPath"], { readonly __typename: "LearningPath" }>;

function pathNodes({ steps, known, goals }: Path): Node[] {
  const skills = steps.map(
    ({ skill, position, stage, hours, because }): Node => ({
      id: skill.id,
      label: skill.name,
      number: position,
      hours,
      state: because.isGoal ? "goal" : stage === 0 ? "ready" : "locked",
      href: pageOf("Skill", skill.slug),
    }),
  );
  const had = known.map(
    ({ id, name, slug, hours }): Node => ({
      id,
      label: name,
      hours,
      state: "known",
      href: pageOf("Skill", slug),
    }),
  );
  const ends = goals
    .filter(({ id }) => ![...skills, ...had].some((node) => node.id === id))
    .map((goal): Node => goalNode(goal, "goal"));
  return [...skills, ...had, ...ends];
}

/** A skill with what it needs, `depth` requirements back, and what needs it. */
async function skillPicture({ ask }: Site, slug: string, query: URLSearchParams): Promise<Picture> {
  const depth = depthOf(query.get("depth"));
  const { needs, beyond, unlocks } = await ask("SkillPicture", {
    roots: [{ skill: slug }],
    depth,
    deeper: depth + 1,
  });
  if (needs.__typename !== "Subgraph") throw faultOf(needs);
  if (unlocks.__typename !== "Subgraph") throw faultOf(unlocks);
  const root = needs.nodes[0]!.goal;
  const later = unlocks.nodes.filter(({ depth }) => depth > 0);
  const shown = later.length <= MAX_DEPENDENTS ? later : [];
  const goals = new Map([...needs.nodes, ...shown].map(({ goal }) => [goal.id, goal]));
  const edges = new Map([...needs.edges, ...edgesFrom(unlocks, root.id)].map((edge) => [edge.id, edge]));
  const left = later.length - shown.length;
  const unlocked = left > 0 ? `; ${left} that need it are left out` : shown.length > 0 ? " and unlocks" : "";
  return {
    title: `What ${root.name} needs${unlocked}`,
    nodes: [...goals.values()].map((goal) =>
      goalNode(goal, goal.id === root.id ? "goal" : stateOf(goal.id, needs, beyond)),
    ),
    edges: edgesOf([...edges.values()]).filter((edge) => goals.has(edge.dependent)),
  };
}

function depthOf(text: string | null): number {
  if (text === null || text === "") return DEFAULT_DEPTH;
  const depth = Number(text);
  if (Number.isInteger(depth) && depth >= 1 && depth <= MAX_DEPTH) return depth;
  throw new AskFault(
    `Expected depth to be 1, 2 or ${MAX_DEPTH}, got ${JSON.stringify(text.slice(0, 20))}.`,
    "BAD_USER_INPUT",
  );
}

function faultOf({
  __typename,
  message,
}: {
  readonly __typename: string;
  readonly message: string;
}): AskFault {
  return new AskFault(
    message.replaceAll("input.", ""),
    __typename === "NotFoundError" ? "NOT_FOUND" : "BAD_USER_INPUT",
  );
}

/** The kinds of things that have a picture. */
export type Pictured = "roles" | "skills" | "roadmaps";

/** The picture of something, or of the path that a link asks for, with what the link expands. Throws an `AskFault`. */
export async function pictureOf(
  site: Site,
  kind: Pictured | "path",
  slug: string,
  query: URLSearchParams,
): Promise<Picture> {
  return expanded(site, await firstPicture(site, kind, slug, query), valuesOf(query, "expand"));
}

function firstPicture(
  site: Site,
  kind: Pictured | "path",
  slug: string,
  query: URLSearchParams,
): Promise<Picture> {
  if (kind === "skills") return skillPicture(site, slug, query);
  const asked = new URLSearchParams(query);
  if (kind !== "path") asked.append(kind === "roles" ? "role" : "roadmap", slug);
  const question = site.readPlan(asked);
  if (question.input.goals.length > 0) return pathPicture(site, question);
  throw new AskFault("Expected a goal, such as role=backend-developer, got none.", "BAD_USER_INPUT");
}
