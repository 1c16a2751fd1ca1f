import fc from "fast-check";
import { expect, it } from "vitest";
import { stretchesOf } from "../../../src/store/snapshot/stretches.ts";
import { TextList } from "../../../src/store/snapshot/text-list.ts";

const words = fc.uniqueArray(fc.string({ maxLength: 2 }), { maxLength: 20 });

it("merges what comes into what stays, in order", () => {
  fc.assert(
    fc.property(words, words, fc.func(fc.boolean()), (some, others, goes) => {
      const before = some.toSorted();
      const coming = others.filter((word) => !before.includes(word)).sort();
      const goneAt = [...before.keys()].filter((at) => goes(at));
      const list = TextList.of(before);
      const comingAt = coming.map((word) => list.firstNotBefore(word));
      const after = stretchesOf(before.length, comingAt, goneAt).flatMap(({ from, to, row }) => [
        ...before.slice(from, to),
        ...(row === undefined ? [] : [coming[row]]),
      ]);
      expect(after).toEqual([...before.filter((_, at) => !goneAt.includes(at)), ...coming].sort());
    }),
  );
});
