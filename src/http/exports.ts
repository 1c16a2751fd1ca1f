import type { IncomingMessage } from "node:http";
import { LRUCache } from "lru-cache";
import { memo } from "../api/core/run.ts";
import { metricsOf } from "../api/skill/figures.ts";
import { EXPORT_FORMATS, type ExportFormat } from "../interchange/export-formats.ts";
import { exportedGraph } from "../interchange/export-graph.ts";
import { type ExportLink, readExportLink } from "../interchange/export-link.ts";
import { ExportPartError, ownersOfPart } from "../interchange/export-part.ts";
import type { ExportedGraph } from "../interchange/exported-graph.ts";
import { readDetails } from "../store/rows/read-details.ts";
import type { GraphSnapshot } from "../store/snapshot/graph-snapshot.ts";
import type { Store } from "../store/store.ts";
import { inSlices } from "../workers/slices.ts";
import { readByteRange } from "./byte-range.ts";
import type { Gate } from "./gate.ts";
import { shortened } from "./graphql/errors.ts";
import { encodingFor } from "./graphql/media-types.ts";
import { cachingBy, matches } from "./graphql/stored-answers.ts";
import { EXPORT_COST_PER_OWNER, MAX_KEPT_EXPORTS_BYTES } from "./limits.ts";
import { bodyFor, keepBytes, type PackedExport, packText } from "./packed-export.ts";
import { jsonPage, type Page, type SentPage } from "./page.ts";

/** Where exports are: `/export/edges.csv`. */
export const EXPORT_PATH = "/export/";

/** An export as everybody gets it who follows the same link. */
interface ExportFile {
  readonly packed: PackedExport;
  readonly revision: number;
}

/** The exports of a revision by their links, with those that are being written, so that none is written twice at once. */
const filesOf = memo(
  (_snapshot: GraphSnapshot) =>
    new LRUCache<string, Promise<ExportFile>>({ maxSize: MAX_KEPT_EXPORTS_BYTES }),
);

/**
 * The graph, or a part of it, in another format: `/export/graphml?roots=role:backend-developer&depth=2`. Faults of the
 * client are answered with 400 or 404 and a message; 304 where the client has the file already; 206 where it asks for a
 * range of bytes, as readers of Parquet do. One that has to be written is paid for: rejects as `Gate.charge` does.
 */
export async function exportPage(store: Store, request: IncomingMessage, gate: Gate): Promise<SentPage> {
  const { pathname, searchParams } = new URL(request.url ?? "", "http://localhost");
  const name = pathname.slice(EXPORT_PATH.length);
  if (!isFormat(name)) {
    const message = `Expected /export/ and a format, got ${shortened(pathname)}: formats are ${Object.keys(EXPORT_FORMATS).join(", ")}.`;
    return jsonPage(404, { message });
  }
  const format: ExportFormat = EXPORT_FORMATS[name];
  try {
    const choice = readExportLink(searchParams);
    const key = JSON.stringify([name, choice]);
    const cost = EXPORT_COST_PER_OWNER * store.snapshot().graph.ownerCount;
    if (!filesOf(store.snapshot()).has(key)) await gate.charge(request, cost);
    return pageOf(request, format, await keptFile(store, key, format, choice));
  } catch (error) {
    if (error instanceof ExportPartError) return jsonPage(400, { message: shortened(error.message) });
    throw error;
  }
}

function isFormat(name: string): name is keyof typeof EXPORT_FORMATS {
  return Object.hasOwn(EXPORT_FORMATS, name);
}

function keptFile(store: Store, key: string, format: ExportFormat, link: ExportLink): Promise<ExportFile> {
  const files = filesOf(store.snapshot());
  const kept = files.get(key);
  if (kept !== undefined) return kept;
  const written = fileOf(store, format, link);
  files.set(key, written, { size: 1 });
  written.then(
    ({ packed }) => files.set(key, written, { size: key.length + packed.bytes.length }),
    () => files.delete(key),
  );
  return written;
}

async function fileOf(store: Store, format: ExportFormat, link: ExportLink): Promise<ExportFile> {
  const graph = await graphOf(store, format, link);
  const pieces = format.write(graph);
  return { packed: await (format.isBinary ? keepBytes(pieces) : packText(pieces)), revision: graph.revision };
}

/** Apart from writing it, so that the rows that it is made of are gone by then. */
async function graphOf(store: Store, format: ExportFormat, link: ExportLink): Promise<ExportedGraph> {
  const { snapshot, details } = await store.readAtOneRevision(async (snapshot, rows) => ({
    snapshot,
    details: await readDetails(rows, { hasAliases: format.hasAliases === true }),
  }));
  const owners = link.roots.length === 0 ? undefined : ownersOfPart(snapshot, link);
  const metrics = format.hasMetrics && (await metricsOf(snapshot));
  return inSlices(exportedGraph(snapshot, details, { projection: link.projection, owners, metrics }));
}

async function pageOf(
  request: IncomingMessage,
  { mediaType: type, ending, isBinary }: ExportFormat,
  { packed, revision }: ExportFile,
): Promise<SentPage> {
  const encoding = isBinary ? undefined : encodingFor(request.headers["accept-encoding"]);
  const { etag, headers: caching } = cachingBy(revision, packed.digest, encoding);
  const headers = [
    ...caching,
    "content-disposition",
    `attachment; filename="skills-graph-r${revision}${ending}"`,
  ];
  if (matches(request.headers["if-none-match"], etag)) return { status: 304, type, body: "", headers };
  if (isBinary) return rangeOf(request, { status: 200, type, body: packed.bytes, headers }, etag);
  if (encoding !== undefined) headers.push("content-encoding", encoding);
  return { status: 200, type, body: await bodyFor(packed, encoding), headers };
}

/** The bytes that a GET asks for of a page: readers of Parquet take the end first, then the columns that they want. */
function rangeOf(
  { method, headers }: IncomingMessage,
  page: Page & { readonly body: Buffer },
  etag: string,
): Page {
  const { body } = page;
  const accepting = [...(page.headers ?? []), "accept-ranges", "bytes"];
  // A range of a file that the client has in another state would not fit.
  const isSame = headers["if-range"] === undefined || headers["if-range"] === etag;
  const range = isSame && method === "GET" ? readByteRange(headers.range, body.length) : undefined;
  if (range === undefined) return { ...page, headers: accepting };
  const place = (at: string) => [...accepting, "content-range", `bytes ${at}/${body.length}`];
  if (range === null) return { ...page, status: 416, body: "", headers: place("*") };
  const { first, last } = range;
  return { ...page, status: 206, body: body.subarray(first, last + 1), headers: place(`${first}-${last}`) };
}
