import { describe, expect, test } from "vitest";
import { html, jsonData, safeHref } from "../../src/explorer/html.ts";

const ATTACK = `<img src=x onerror=alert(1)>"'&`;

describe("html", () => {
  test("escapes texts in contents and attributes", () => {
    expect(html`<p title="${ATTACK}">${ATTACK}</p>`.text).toBe(
      '<p title="&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;">&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;</p>',
    );
  });

  test("keeps markup made by itself, joins lists, and leaves out what is not there", () => {
    const items = ["a", "<b>"].map((text) => html`<li>${text}</li>`);
    expect(html`<ul>${items}${false}${null}${undefined}${0}</ul>`.text).toBe(
      "<ul><li>a</li><li>&lt;b&gt;</li>0</ul>",
    );
  });

  test("links only to the web and to this site", () => {
    expect(html`<a href="${"/skills/a&b"}">a</a>`.text).toBe('<a href="/skills/a&amp;b">a</a>');
    for (const link of [
      "javascript:alert(1)",
      " javascript:alert(1)",
      "data:text/html,x",
      "//evil.example",
      "/\\evil.example",
      "vbscript:x",
    ])
      expect(html`<a href="${link}">a</a>`.text, link).toBe('<a href="#">a</a>');
    expect(safeHref("https://example.org/a b")).toBe("https://example.org/a%20b");
    expect(safeHref("ftp://example.org")).toBeUndefined();
  });
});

test("data in a script element cannot end it", () => {
  const text = jsonData({ name: "</script><script>alert(1)</script>" }).text;
  expect(text).not.toContain("<");
  expect(JSON.parse(text)).toEqual({ name: "</script><script>alert(1)</script>" });
});
