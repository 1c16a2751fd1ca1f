import { expect, test } from "vitest";
import { fold } from "../../src/words/fold.ts";

test.each([
  ["Ünïcode", "unicode"],
  ["ﬁle Ｗide", "file wide"],
  ["C++ & Node.js", "c++ & node.js"],
])("%s folds to %s", (text, folded) => {
  expect(fold(text)).toBe(folded);
});
