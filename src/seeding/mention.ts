/** Characters of words. `+` and `#` belong to the word before them: "C" does not occur in "C++". */
const BEGINS_WORD = /^[\p{L}\p{N}\p{M}_]/u;
const CONTINUES_WORD = /^[\p{L}\p{N}\p{M}_+#]/u;
const ENDS_WORD = /[\p{L}\p{N}\p{M}_]$/u;

/**
 * Whether `mention` occurs literally on `line`, letter case aside, as whole words: neither end may be inside a
 * word. Words are made of Unicode letters, digits, marks and `_`. An empty mention occurs nowhere.
 */
export function standsOnLine(mention: string, line: string): boolean {
  const sought = mention.trim().toLowerCase();
  if (sought === "") return false;
  const text = line.toLowerCase();
  const beginsWord = BEGINS_WORD.test(sought);
  const endsWord = ENDS_WORD.test(sought);
  for (let at = text.indexOf(sought); at !== -1; at = text.indexOf(sought, at + 1)) {
    const end = at + sought.length;
    // Two code units, because a character outside the basic plane has two.
    const cutsBefore = beginsWord && ENDS_WORD.test(text.slice(Math.max(0, at - 2), at));
    const cutsAfter = endsWord && CONTINUES_WORD.test(text.slice(end, end + 2));
    if (!cutsBefore && !cutsAfter) return true;
  }
  return false;
}
