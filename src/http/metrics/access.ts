import { type Address, type Front, openFront } from "../front.ts";
import { jsonPage, type Page, sendPage } from "../page.ts";
import { identify } from "../request-id.ts";
import type { Metrics } from "./metrics.ts";

/** Where metrics are. */
export const METRICS_PATH = "/metrics";

/** The answer to who brings no token, or another one. */
export function tokenWanted(): Page {
  const message = "Expected the token of the metrics: Authorization: Bearer ….";
  return jsonPage(401, { message }, ["www-authenticate", "Bearer", "cache-control", "no-store"]);
}

/** Serves metrics, and nothing else, at an address that strangers do not reach. Rejects as `openFront` does. */
export async function openMetricsFront(metrics: Metrics, address: Address): Promise<Front> {
  const front = await openFront(address);
  front.answerBy((request, response) => {
    identify(request);
    const path = request.url?.split("?", 1)[0];
    const isGet = request.method === "GET" || request.method === "HEAD";
    if (!isGet || path !== METRICS_PATH) {
      const message = `No ${request.method} ${path} here. There is GET ${METRICS_PATH}.`;
      return sendPage(request, response, jsonPage(404, { message }));
    }
    metrics.page().then(
      (page) => void sendPage(request, response, page),
      () => response.destroy(),
    );
  });
  return front;
}
