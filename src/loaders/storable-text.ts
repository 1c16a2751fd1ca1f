/**
 * Whether the database can hold a text, and so whether it can be compared with one: PostgreSQL has no letter
 * U+0000, and halves of surrogate pairs are no text in UTF-8.
 */
export function isStorable(text: string): boolean {
  return !text.includes("\0") && !/\p{Cs}/u.test(text);
}
