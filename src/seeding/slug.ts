import { MAX_SLUG_LENGTH } from "./graph-file.ts";

/**
 * The slug that a name suggests: compatibility forms folded (NFKC), accents dropped, lower case, everything
 * else a hyphen; `C++` and `C#` keep what tells them apart. Empty when the name holds no letter or digit of
 * the Latin alphabet. O(length).
 */
export function slugOf(name: string): string {
  return name
    .normalize("NFKC")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/(?<=\bc)\+\+/g, "pp")
    .replace(/(?<=\b[a-z])#/g, "sharp")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, MAX_SLUG_LENGTH)
    .replace(/^-+|-+$/g, "");
}
