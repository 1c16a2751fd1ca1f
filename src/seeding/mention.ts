/** Characters that make a word; `+` and `#` continue one they follow: "C" is not what "C++" names. */
const BEGINS_WORD = /^[\p{L}\p{N}\p{M}_]/u;
const CONTINUES_WORD = /^[\p{L}\p{N}\p{M}_+#]/u;
const ENDS_WORD = /[\p{L}\p{N}\p{M}_]$/u;

/**
 * Whether `mention` stands literally on `line`, letter case aside, on word boundaries: neither end may cut a
 * word in two. Words are Unicode letters, digits, marks and `_`. An empty mention stands nowhere.
 */
export function standsOnLine(mention: string, line: string): boolean {
  const sought = mention.trim().toLowerCase();
  if (sought === "") return false;
  const text = line.toLowerCase();
  const beginsWord = BEGINS_WORD.test(sought);
  const endsWord = ENDS_WORD.test(sought);
  for (let at = text.indexOf(sought); at !== -1; at = text.indexOf(sought, at + 1)) {
    const end = at + sought.length;
    // Two units, as a character beyond the basic plane has two.
    const cutsBefore = beginsWord && ENDS_WORD.test(text.slice(Math.max(0, at - 2), at));
    const cutsAfter = endsWord && CONTINUES_WORD.test(text.slice(end, end + 2));
    if (!cutsBefore && !cutsAfter) return true;
  }
  return false;
}
