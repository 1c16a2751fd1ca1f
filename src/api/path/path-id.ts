import { GraphQLError } from "graphql";
import { z } from "zod";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { encodeGlobalId } from "../core/global-id.ts";
import { planQuery, readPlanQuery } from "./link.ts";
import { PlanLinkError } from "./link-formats.ts";
import { pathKey } from "./part-id.ts";
import { type AnsweredPath, answerRequest, LearningPath } from "./path.ts";
import { parsePlanRequest } from "./request.ts";
import { SlugReader } from "./slugs.ts";

/**
 * The id of a path: its key, the revision and all that was asked. So `node` finds the path again in any process and
 * without a memory of answers, by asking once more; the key tells whether what it finds is the same path.
 */

const pathId = z.tuple([
  z.string().describe("the key"),
  z.number().describe("the revision"),
  z.boolean().describe("whether the path is one of several in another answer"),
  z.array(z.string()).describe("the optional skills among those chosen"),
  z.array(z.string()).describe("the optional skills left out"),
  z.string().describe("everything else that was asked, as the query of a link"),
]);

type PathId = z.infer<typeof pathId>;

function writePathId(path: AnsweredPath, context: Context): string {
  const { snapshot } = context;
  const { optional, optionalLeftOut } = path.request;
  const slugs = (skills: readonly number[]) => skills.map((skill) => snapshot.skills.slugs.at(skill)!);
  const id: PathId = [
    pathKey(path, context),
    snapshot.revision,
    path.isListed ?? false,
    slugs(optional),
    slugs(optionalLeftOut),
    planQuery(snapshot, path.request),
  ];
  return JSON.stringify(id);
}

/** The path of an id without its type; `undefined` for a text that is no such id. See `findPath`. */
export function pathOfId(context: Context, text: string): Promise<AnsweredPath | null> | undefined {
  const id = readPathId(text);
  return id && findPath(context, id);
}

function readPathId(text: string): PathId | undefined {
  try {
    return pathId.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Asks again. Null when the graph has been written to, and when what is found is not the same path. */
async function findPath(context: Context, id: PathId): Promise<AnsweredPath | null> {
  const [key, revision, isListed, optional, optionalLeftOut, query] = id;
  const { snapshot } = context;
  if (revision !== snapshot.revision) return null;
  try {
    // What is unknown makes another path, which the key tells.
    const slugs = new SlugReader(context, { ignores: true });
    const request = await parsePlanRequest(context, readPlanQuery(new URLSearchParams(query)).input);
    const answered = await answerRequest(context, {
      ...request,
      optional: slugs.skills(optional, "id"),
      optionalLeftOut: slugs.skills(optionalLeftOut, "id"),
    });
    const path = isListed ? { ...answered, isListed } : answered;
    return pathKey(path, context) === key ? path : null;
  } catch (error) {
    // What cannot be done at the moment has a status. Beside that, no id that this server has given out is refused.
    if (error instanceof GraphQLError && error.extensions.http !== undefined) throw error;
    if (error instanceof GraphQLError || error instanceof PlanLinkError) return null;
    throw error;
  }
}

builder.objectField(LearningPath, "id", (t) =>
  t.id({
    description:
      "The id for `node`, which finds the path again until the graph is written to. It holds the revision and the whole question, so it is about as long as the input.",
    resolve: (path, _args, context) => encodeGlobalId("LearningPath", writePathId(path, context)),
  }),
);
