/**
 * The text of bytes in an encoding that people's programs write: UTF-8 or UTF-16 by their byte order marks, UTF-8 without
 * one, otherwise Windows-1252, which is what spreadsheets in Europe and America save. O(length).
 */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
