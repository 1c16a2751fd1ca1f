import fc from "fast-check";
import { expect, it } from "vitest";
import { LongList } from "../../../src/store/snapshot/long-list.ts";
import { stretchesOf } from "../../../src/store/snapshot/stretches.ts";

const words = fc.uniqueArray(fc.string({ maxLength: 2 }), { maxLength: 20 });

it("merges what comes into what stays, in order", () => {
  fc.assert(
    fc.property(words, words, fc.func(fc.boolean()), (some, others, goes) => {
      const before = some.toSorted();
      const coming = others.filter((word) => !before.includes(word)).sort();
      const goneAt = [...before.keys()].filter((at) => goes(at));
      const list = LongList.of(before);
      const comingAt = coming.map((word) => list.firstNot((other) => other < word));
      const after = stretchesOf(before.length, comingAt, goneAt).flatMap(({ from, to, row }) => [
        ...before.slice(from, to),
        ...(row === undefined ? [] : [coming[row]]),
      ]);
      expect(after).toEqual([...before.filter((_, at) => !goneAt.includes(at)), ...coming].sort());
    }),
  );
});
