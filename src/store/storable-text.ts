/**
 * Whether the database can store a text, and so can be asked for it. PostgreSQL does not allow U+0000, and UTF-8
 * cannot encode halves of surrogate pairs.
 */
export function isStorable(text: string): boolean {
  return !text.includes("\0") && !/\p{Cs}/u.test(text);
}

/** An id as the database can be asked for it: of what it cannot store, it has nothing. */
export function askable(id: string): string {
  return isStorable(id) ? id : "";
}

/** The same of texts in JSON as `JSON.stringify` writes it, which escapes what cannot be stored. */
export function isStorableJson(json: string): boolean {
  return !/(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/i.test(json);
}
