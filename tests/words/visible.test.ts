import { describe, expect, test } from "vitest";
import { visible, visibleLine } from "../../src/words/visible.ts";

describe("visible", () => {
  test.each([
    ["\x1b[31mred\x1b[0m", "\\u001b[31mred\\u001b[0m"],
    ["\x9b2J", "\\u009b2J"],
    ["a\rb\0", "a\\u000db\\u0000"],
    ["evil\u202Egnp.exe", "evil\\u202egnp.exe"],
    ["\u2066a\u2069\u200F\u061C", "\\u2066a\\u2069\\u200f\\u061c"],
  ])("shows %j", (text, shown) => {
    expect(visible(text)).toBe(shown);
    expect(JSON.parse(`"${shown}"`)).toBe(text);
  });

  test("leaves ordinary text, lines and tabs", () => {
    const text = 'Žluťoučký kůň\n\t学习 👩‍💻 עברית \\ "';
    expect(visible(text)).toBe(text);
  });

  test("keeps a name on its line", () => {
    expect(visibleLine("a\nerror: b\t")).toBe("a\\u000aerror: b\\u0009");
  });
});
