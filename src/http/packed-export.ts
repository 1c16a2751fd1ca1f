import { createHash, hash } from "node:crypto";
import { once } from "node:events";
import { Readable } from "node:stream";
import { constants, createBrotliCompress, createBrotliDecompress, createGzip } from "node:zlib";
import { ExportPartError } from "../interchange/export-part.ts";
import { inSlices, inTurn } from "../workers/slices.ts";
import type { Encoding } from "./graphql/media-types.ts";
import { MAX_EXPORT_BYTES } from "./limits.ts";
import type { StreamedBody } from "./page.ts";

/** An export as it is kept: text is compressed, which takes a tenth of the memory, and sent to most clients as it is. */
export interface PackedExport {
  readonly bytes: Buffer;
  /** How they are compressed; absent for formats that are compressed by themselves. */
  readonly encoding?: Encoding;
  /** Of the export itself, before it was compressed. */
  readonly length: number;
  /** Its SHA-256 in base64url. */
  readonly digest: string;
}

/** How much text is compressed at a time: less than a millisecond of writing. */
const CHUNK = 64 * 1024;

/** A fifth larger than at 5, and three times as fast: 60 MB of node-link JSON become 5.8 MB in 0.4 s of another thread. */
const QUALITY = 3;

/**
 * Writes an export while it is compressed, so that never more than a few chunks of it are in memory. Others can use the
 * thread meanwhile. Rejects with an `ExportPartError` for more than `MAX_EXPORT_BYTES`.
 */
export async function packText(pieces: Iterable<string | Uint8Array>): Promise<PackedExport> {
  const compressor = createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY } });
  const packed: Buffer[] = [];
  compressor.on("data", (bytes: Buffer) => packed.push(bytes));
  const ended = once(compressor, "end");
  const iterator = pieces[Symbol.iterator]();
  const digest = createHash("sha256");
  let length = 0;
  for (;;) {
    const chunk = await inTurn(() => nextChunk(iterator));
    if (chunk.length === 0) break;
    length += chunk.length;
    if (length > MAX_EXPORT_BYTES) {
      compressor.destroy();
      throw tooLarge();
    }
    digest.update(chunk);
    if (!compressor.write(chunk)) await once(compressor, "drain");
  }
  compressor.end();
  await ended;
  return { bytes: Buffer.concat(packed), encoding: "br", length, digest: digest.digest("base64url") };
}

/** Keeps an export as it is. It comes in large pieces, between which others can use the thread. */
export async function keepBytes(pieces: Iterable<string | Uint8Array>): Promise<PackedExport> {
  const bytes = Buffer.concat(await inSlices(gathered(pieces)));
  if (bytes.length > MAX_EXPORT_BYTES) throw tooLarge();
  return { bytes, length: bytes.length, digest: hash("sha256", bytes, "base64url") };
}

/** The export as a client takes it. */
export function bodyFor(
  { bytes, encoding: packedAs, length }: PackedExport,
  wanted: Encoding | undefined,
): Buffer | StreamedBody {
  if (packedAs === wanted) return bytes;
  const plain = () => Readable.from([bytes]).pipe(createBrotliDecompress());
  if (wanted === undefined) return { length, open: plain };
  return { open: () => plain().pipe(createGzip({ level: constants.Z_BEST_SPEED })) };
}

function tooLarge(): ExportPartError {
  return new ExportPartError(
    `Expected an export of at most ${MAX_EXPORT_BYTES} bytes, got more: ask for a part with roots, or use the command line.`,
  );
}

/** The next pieces, together about as long as a chunk; empty at the end. */
function nextChunk(pieces: Iterator<string | Uint8Array>): Buffer {
  let text = "";
  while (text.length < CHUNK) {
    const { value, done } = pieces.next();
    if (done) break;
    text += value;
  }
  return Buffer.from(text);
}

function* gathered(pieces: Iterable<string | Uint8Array>): Generator<void, Uint8Array[]> {
  const all: Uint8Array[] = [];
  for (const piece of pieces) {
    all.push(typeof piece === "string" ? Buffer.from(piece) : piece);
    yield;
  }
  return all;
}
