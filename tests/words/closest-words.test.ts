import { describe, expect, test } from "vitest";
import { closestWord, didYouMean, type Spelled, Spellings } from "../../src/words/closest-words.ts";

describe("the word that was meant", () => {
  test.each([
    ["pyhton", ["ruby", "python", "php"], "python"],
    ["Requires", ["requires", "relations"], "requires"],
    ["postgre", ["mysql", "postgresql-tuning", "postgresql"], "postgresql"],
    ["cobol", ["python", "go"], undefined],
    ["q", ["a"], undefined],
    ["", ["a"], undefined],
    ["-", ["a"], undefined],
    ["C", ["a", "c"], "c"],
    ["SQL", ["mysql", "sql"], "sql"],
    ["java-script", ["java", "javascript"], "javascript"],
    ["éclair", ["eclair"], "eclair"],
  ])("by %j among %j is %j", (wrong, known, expected) => {
    expect(closestWord(wrong, known)).toBe(expected);
  });

  test("is offered as a question", () => {
    expect(didYouMean("gti", ["git"])).toBe('; did you mean "git"?');
    expect(didYouMean("svn", ["git"])).toBe("");
  });
});

describe("the words that were meant", () => {
  const spellings = new Spellings([
    ["json", "JSON"],
    ["javascript", "JavaScript", "JS", "ECMAScript"],
    ["node-js", "Node.js", "Node", "NodeJS"],
    ["c-plus-plus", "C++"],
    ["c", "C"],
    ["java", "Java"],
    ["javb"],
    ["jax"],
  ]);

  test.each([
    ["js", ["javascript"]],
    ["NODE JS", ["node-js"]],
    ["c++", ["c-plus-plus"]],
    ["C", ["c"]],
    ["ecmascrpt", ["javascript"]],
  ])("by %j are %j, whatever else begins so", (wrong, expected) => {
    expect(spellings.closest(wrong, 3)).toEqual(expected);
  });

  test("are a few, the beginnings first, then the nearest, then the shortest, each once", () => {
    expect(spellings.closest("jav", 3)).toEqual(["java", "javb", "javascript"]);
    expect(spellings.closest("jav", 9)).toEqual(["java", "javb", "javascript", "jax"]);
  });

  test("that are the same but for letter case, accents and separators are found without comparing", () => {
    const many = Array.from({ length: 50_000 }, (_, at): Spelled => [`skill-${at}`, `Skill ${at}`]);
    const large = new Spellings(many);
    expect(large.size).toBe(50_000);
    expect(large.same("SKILL_17")).toEqual(["skill-17"]);
    expect(large.same("skil-17")).toEqual([]);
  });
});
