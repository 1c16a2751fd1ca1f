import { fold } from "../words/fold.ts";
import { MAX_SLUG_LENGTH } from "./graph-file-parts.ts";

/**
 * The slug that a name suggests: its Latin letters in lower case without accents, its digits, and a hyphen for
 * everything between; `C++` becomes `cpp`, `C#` becomes `csharp`. Empty when the name has no Latin letter and no
 * digit. O(length).
 */
export function slugOf(name: string): string {
  return fold(name)
    .replace(/(?<=\bc)\+\+/g, "pp")
    .replace(/(?<=\b[a-z])#/g, "sharp")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, MAX_SLUG_LENGTH)
    .replace(/^-+|-+$/g, "");
}
