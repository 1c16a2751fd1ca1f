import type { Place, TextFault } from "./place.ts";

/** NUL, which PostgreSQL keeps in no text, and halves of characters, which UTF-8 cannot write. */
const UNSTORABLE = /\0|\p{Surrogate}/u;

/**
 * Finds texts and keys that no database could give back as they are. Iterative, O(size of the value).
 */
export function unstorableText(value: unknown, place: Place): TextFault[] {
  const faults: TextFault[] = [];
  const check = (text: string, line: number) => {
    if (!UNSTORABLE.test(text)) return;
    const what = text.includes("\0") ? "a NUL character" : "half of a surrogate pair";
    faults.push({
      line,
      code: "unstorable-text",
      message: `expected text that can be stored, got ${what} in it`,
    });
  };
  const stack: { value: unknown; place: Place }[] = [{ value, place }];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    if (typeof top.value === "string") check(top.value, top.place.line);
    else if (Array.isArray(top.value)) {
      const { items } = top.place;
      top.value.forEach((item: unknown, i) => {
        if (items?.[i] !== undefined) stack.push({ value: item, place: items[i] });
      });
    } else if (typeof top.value === "object" && top.value !== null) {
      for (const [key, item] of Object.entries(top.value)) {
        const at = top.place.keys?.get(key);
        if (at === undefined) continue;
        check(key, at.line);
        stack.push({ value: item, place: at.value });
      }
    }
  }
  return faults;
}
