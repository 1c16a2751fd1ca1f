/** Characters that make a word; `+` and `#` continue one they follow: "C" is not what "C++" names. */
const WORD = "\\p{L}\\p{N}\\p{M}_";
const BEGINS_WORD = new RegExp(`^[${WORD}]`, "u");
const ENDS_WORD = new RegExp(`[${WORD}]$`, "u");

/**
 * A pattern of the places where `mention` stands literally, letter case aside, on word boundaries: neither end
 * may cut a word in two. Words are Unicode letters, digits, marks and `_`.
 */
function mentionPattern(mention: string): RegExp {
  const sought = mention.trim();
  const before = BEGINS_WORD.test(sought) ? `(?<![${WORD}])` : "";
  const after = ENDS_WORD.test(sought) ? `(?![${WORD}+#])` : "";
  return new RegExp(before + sought.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&") + after, "iu");
}

/** Whether `mention` stands on `line`, in the sense of `mentionPattern`. An empty mention stands nowhere. */
export function standsOnLine(mention: string, line: string): boolean {
  return mention.trim() !== "" && mentionPattern(mention).test(line);
}
