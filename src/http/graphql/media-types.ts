/** What the headers of a request say about media types and encodings (RFC 9110 §8.3 and §12.5). */

export const JSON_TYPE = "application/json";
/** Answers of this type have the status that GraphQL over HTTP gives to faulty requests; with plain JSON it is 200. */
export const RESPONSE_TYPE = "application/graphql-response+json";

const EVENTS_TYPE = "text/event-stream";

/** The ranges of an `Accept` or `Accept-Encoding` header in lower case with their qualities, the highest first. */
function rangesOf(header: string): { readonly name: string; readonly quality: number }[] {
  const ranges = header.split(",").map((range) => {
    const [name = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
    const quality = parameters.find((parameter) => parameter.startsWith("q="));
    return { name, quality: quality === undefined ? 1 : Number(quality.slice(2)) };
  });
  return ranges.sort((a, b) => b.quality - a.quality);
}

/**
 * The media type of an answer for an `Accept` header: the first supported one of the highest quality. `undefined`: none,
 * and Yoga says so.
 */
export function negotiate(accept: string | undefined): string | undefined {
  if (accept === undefined || accept === "*/*" || accept === JSON_TYPE) return JSON_TYPE;
  for (const { name, quality } of rangesOf(accept)) {
    if (quality === 0) continue;
    if (name === RESPONSE_TYPE) return RESPONSE_TYPE;
    if (name === JSON_TYPE || name === "application/*" || name === "*/*") return JSON_TYPE;
  }
  return undefined;
}

/** Whether an answer may be a stream of events. */
export function acceptsEvents(accept = ""): boolean {
  return rangesOf(accept).some(({ name, quality }) => name === EVENTS_TYPE && quality > 0);
}

/** Whether a page is wanted rather than JSON, as in the address bar of a browser. */
export function prefersHtml(accept: string | undefined): boolean {
  if (!accept?.includes("html")) return false;
  const first = rangesOf(accept).find(({ name }) => name.endsWith("/html") || name.endsWith("json"));
  return first?.name === "text/html" && first.quality > 0;
}

/** Whether JSON is asked for by name and no page is. */
export function prefersJson(accept: string | undefined): boolean {
  return accept?.includes("json") === true && !accept.includes("html");
}

export type Encoding = "br" | "gzip";

/** The encoding to answer in for an `Accept-Encoding` header; `undefined`: none. */
export function encodingFor(accept: string | undefined): Encoding | undefined {
  if (accept === undefined || accept === "identity") return undefined;
  const wanted = new Map(rangesOf(accept).map(({ name, quality }) => [name, quality]));
  if ((wanted.get("br") ?? 0) > 0) return "br";
  return (wanted.get("gzip") ?? wanted.get("*") ?? 0) > 0 ? "gzip" : undefined;
}

/** Whether a body is JSON in UTF-8. Names do not depend on letter case, and a parameter may be quoted. */
export function isJson(contentType: string | undefined): boolean {
  return /^application\/json\s*(;\s*charset\s*=\s*("utf-?8"|utf-?8)\s*)?$/i.test(contentType ?? "");
}

/** Whether a form of a page can send such a body to another origin without being asked first: never executed. */
export function isSimpleForm(contentType: string | undefined): boolean {
  return /^\s*(application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)\b/i.test(
    contentType ?? "",
  );
}
