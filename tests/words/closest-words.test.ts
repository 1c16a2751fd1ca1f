import { describe, expect, test } from "vitest";
import { closestWord, closestWords, didYouMean } from "../../src/words/closest-words.ts";

describe("the word that was meant", () => {
  test.each([
    ["pyhton", ["ruby", "python", "php"], "python"],
    ["Requires", ["requires", "relations"], "requires"],
    ["postgre", ["mysql", "postgresql-tuning", "postgresql"], "postgresql"],
    ["cobol", ["python", "go"], undefined],
    ["q", ["a"], undefined],
    ["", ["a"], undefined],
    ["C", ["a", "c"], "c"],
    ["SQL", ["mysql", "sql"], "sql"],
  ])("by %j among %j is %j", (wrong, known, expected) => {
    expect(closestWord(wrong, known)).toBe(expected);
  });

  test("is one of a few, the beginnings first, then in the order given", () => {
    const known = ["jax", "jav-tools", "javascript", "java", "python"];
    expect(closestWords("jav", known, 3)).toEqual(["jav-tools", "javascript", "java"]);
    expect(closestWords("jav", known, 9)).toEqual(["jav-tools", "javascript", "java", "jax"]);
  });

  test("is offered as a question", () => {
    expect(didYouMean("gti", ["git"])).toBe('; did you mean "git"?');
    expect(didYouMean("svn", ["git"])).toBe("");
  });
});
