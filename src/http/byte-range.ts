/** A range of bytes: from the first to the last, both included. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/**
 * The one range that a `Range` header asks for (RFC 9110 §14.1.2), such as `bytes=0-99` or `bytes=-8`. `undefined`: all of
 * it, since several ranges and other units may be ignored. `null`: there is nothing there, which is 416.
 */
export function readByteRange(header: string | undefined, length: number): ByteRange | undefined | null {
  const [, from = "", to = ""] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? "") ?? [];
  if (from === "" && to === "") return undefined;
  if (from === "")
    return Number(to) === 0 ? null : { first: Math.max(0, length - Number(to)), last: length - 1 };
  if (to !== "" && Number(to) < Number(from)) return undefined;
  if (Number(from) >= length) return null;
  return { first: Number(from), last: to === "" ? length - 1 : Math.min(Number(to), length - 1) };
}
