/**
 * Whether the database can store a text, and so can be asked for it. PostgreSQL does not allow U+0000, and UTF-8
 * cannot encode halves of surrogate pairs.
 */
export function isStorable(text: string): boolean {
  return !text.includes("\0") && !/\p{Cs}/u.test(text);
}
