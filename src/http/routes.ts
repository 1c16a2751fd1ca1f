import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { atOneRevision, type createContext } from "../api/context.ts";
import { PLAN_FILES } from "../api/path/link.ts";
import type { Store } from "../store/store.ts";
import { Audience } from "./audience.ts";
import { EXPORT_PATH, exportPage } from "./exports.ts";
import type { Gate } from "./gate.ts";
import { type Encoding, encodingFor } from "./graphql/media-types.ts";
import { isReady } from "./health.ts";
import { type KeptPage, keptPage, unlessHeld } from "./kept-page.ts";
import { PLAN_FILE_COST } from "./limits.ts";
import { jsonPage, type SentPage } from "./page.ts";
import { planFile } from "./plan/files.ts";
import { priceOfPlan, usedOf } from "./plan/price.ts";
import { playgroundPage } from "./playground/page.ts";

/** Where the API answers. */
export const GRAPHQL_PATH = "/graphql";

/** The schema as it is published, which is the one that is served: to print it would hold the thread for 40 ms. */
const SCHEMA_FILE = new URL("../../schema/schema.graphql", import.meta.url);

export type Route = (request: IncomingMessage, response: ServerResponse) => SentPage | Promise<SentPage>;

/** The pages beside the endpoint, each for GET and HEAD. */
export function routesOver(
  store: Store,
  contextOf: typeof createContext,
  gate: Gate,
  hasSchema: boolean,
  hasPlayground: boolean,
): Readonly<Record<string, Route>> {
  const playground: Route = (request) => playgroundPage(request, GRAPHQL_PATH);
  const plan =
    (file: keyof typeof PLAN_FILES): Route =>
    async (request, response) => {
      const { searchParams } = new URL(request.url ?? "", "http://localhost");
      const price = priceOfPlan(searchParams, PLAN_FILE_COST);
      const since = await gate.charge(request, price);
      const audience = new Audience(response);
      const spent = { work: 0 };
      const asked = { headers: request.headers, work: audience.work, since, spent };
      const page = await atOneRevision(
        store,
        () => contextOf(store, asked),
        (context) => planFile(context, file, { request, response, audience }),
      );
      gate.settle(request, price, usedOf(price, PLAN_FILE_COST, spent));
      return page;
    };
  /** The schema as text, by encoding: made once, since it is the same for everybody. */
  const schemas = new Map<Encoding | undefined, Promise<KeptPage>>();
  const schema: Route = async (request) => {
    const encoding = encodingFor(request.headers["accept-encoding"]);
    let kept = schemas.get(encoding);
    if (kept === undefined) {
      kept = schemaPage(encoding);
      schemas.set(encoding, kept);
      // A file that could not be read is read again for the next who asks.
      kept.catch(() => schemas.delete(encoding));
    }
    return unlessHeld(request, await kept);
  };
  return {
    ...(hasPlayground && { "/playground": playground, [GRAPHQL_PATH]: playground }),
    ...(hasSchema && { "/schema.graphql": schema }),
    [PLAN_FILES.calendar]: plan("calendar"),
    [PLAN_FILES.checklist]: plan("checklist"),
    [EXPORT_PATH]: (request) => exportPage(store, request, gate),
    "/health": () => jsonPage(200, { status: "live" }),
    "/ready": async () => {
      const state = await isReady(store);
      return jsonPage(state.status === "ready" ? 200 : 503, state);
    },
  };
}

async function schemaPage(encoding: Encoding | undefined): Promise<KeptPage> {
  const text = await readFile(SCHEMA_FILE, "utf8");
  return keptPage(0, encoding, { status: 200, type: "text/plain; charset=utf-8", text });
}

/** The page at a path; one whose path ends in a slash stands for all below it. */
export function routeOf(routes: Readonly<Record<string, Route>>, path: string): Route | undefined {
  const known = path.startsWith(EXPORT_PATH) ? EXPORT_PATH : path;
  return Object.hasOwn(routes, known) ? routes[known] : undefined;
}

/** Whether the page at a path is a plan or an export. */
export function isFile(path: string): boolean {
  return path.startsWith(EXPORT_PATH) || Object.values<string>(PLAN_FILES).includes(path);
}
