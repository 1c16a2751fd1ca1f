import { createHash, hash } from "node:crypto";
import { once } from "node:events";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { constants, createBrotliCompress, createBrotliDecompress, createGzip } from "node:zlib";
import { LRUCache } from "lru-cache";
import { ExportPartError } from "../interchange/export-part.ts";
import { inSlices, inTurn } from "../workers/slices.ts";
import type { Encoding } from "./graphql/media-types.ts";
import { MAX_EXPORT_BYTES, MAX_UNPACKED_EXPORT_BYTES, MAX_UNPACKED_EXPORTS_BYTES } from "./limits.ts";
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
/** The most bytes that UTF-8 takes for one unit of a text. */
const BYTES_PER_UNIT = 3;

/** A fifth larger than at 5, and three times as fast: 60 MB of node-link JSON become 5.8 MB in 0.4 s of another thread. */
const QUALITY = 3;
/** How far back it looks, as a power of two: both ends keep twice that in memory, and at 22, the default, gain little. */
const WINDOW = 18;

/**
 * Writes an export while it is compressed, so that never more than a few chunks of it are in memory. Others can use the
 * thread meanwhile. Rejects with an `ExportPartError` for more than `MAX_EXPORT_BYTES`.
 */
export async function packText(pieces: Iterable<string | Uint8Array>): Promise<PackedExport> {
  const compressor = createBrotliCompress({
    params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY, [constants.BROTLI_PARAM_LGWIN]: WINDOW },
  });
  const packed: Buffer[] = [];
  compressor.on("data", (bytes: Buffer) => packed.push(bytes));
  const ended = once(compressor, "end");
  const writer = new ChunkWriter(pieces[Symbol.iterator]());
  const digest = createHash("sha256");
  let length = 0;
  for (;;) {
    const chunk = await inTurn(() => writer.next());
    if (chunk.length === 0) break;
    length += chunk.length;
    if (length > MAX_EXPORT_BYTES) {
      compressor.destroy();
      throw tooLarge();
    }
    digest.update(chunk);
    // The next chunk is written where this one stands.
    await new Promise<void>((resolve, reject) => {
      compressor.write(chunk, (error) => (error == null ? resolve() : reject(error)));
    });
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

/** Exports as they are for who does not take brotli: the same bytes for all of them, since streams take much more memory. */
const unpacked = new LRUCache<string, Promise<Buffer>>({ maxSize: MAX_UNPACKED_EXPORTS_BYTES });

/** The export as a client takes it. One that is too large to be kept is unpacked while it is sent. */
export async function bodyFor(
  packed: PackedExport,
  wanted: Encoding | undefined,
): Promise<Buffer | StreamedBody> {
  const { bytes, encoding, length, digest } = packed;
  if (encoding === wanted) return bytes;
  const plain = () => Readable.from([bytes]).pipe(createBrotliDecompress());
  const open =
    wanted === undefined ? plain : () => plain().pipe(createGzip({ level: constants.Z_BEST_SPEED }));
  if (length > MAX_UNPACKED_EXPORT_BYTES) return { length, isExact: wanted === undefined, open };
  const key = `${digest} ${wanted}`;
  const body = unpacked.get(key) ?? buffer(open());
  unpacked.set(key, body, { size: length });
  return body;
}

function tooLarge(): ExportPartError {
  return new ExportPartError(
    `Expected an export of at most ${MAX_EXPORT_BYTES} bytes, got more: ask for a part with roots, or use the command line.`,
  );
}

/** Writes pieces into chunks, all in the same memory: as texts, 60 MB would go through the heap three times. */
class ChunkWriter {
  readonly #pieces: Iterator<string | Uint8Array>;
  readonly #chunk = Buffer.allocUnsafe(CHUNK);
  /** What the last chunk had no room for. */
  #rest: string | Uint8Array | undefined;

  constructor(pieces: Iterator<string | Uint8Array>) {
    this.#pieces = pieces;
  }

  /** The next pieces, together at most about as long as a chunk, unless one alone is longer; empty at the end. */
  next(): Buffer {
    let length = 0;
    for (;;) {
      const piece = this.#rest ?? this.#taken();
      this.#rest = undefined;
      if (piece === undefined) return this.#chunk.subarray(0, length);
      const isText = typeof piece === "string";
      if (length + piece.length * (isText ? BYTES_PER_UNIT : 1) > CHUNK) {
        if (length === 0) return Buffer.from(piece);
        this.#rest = piece;
        return this.#chunk.subarray(0, length);
      }
      if (isText) length += this.#chunk.write(piece, length);
      else {
        this.#chunk.set(piece, length);
        length += piece.length;
      }
    }
  }

  #taken(): string | Uint8Array | undefined {
    for (;;) {
      const { value, done } = this.#pieces.next();
      if (done) return undefined;
      if (value.length > 0) return value;
    }
  }
}

function* gathered(pieces: Iterable<string | Uint8Array>): Generator<void, Uint8Array[]> {
  const all: Uint8Array[] = [];
  for (const piece of pieces) {
    all.push(typeof piece === "string" ? Buffer.from(piece) : piece);
    yield;
  }
  return all;
}
