import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { useExplorer } from "../support/explorer.ts";

/** How far something may move that is on the screen while a node is expanded, in pixels. */
const MAX_MOVE = 8;

const explorer = useExplorer();
const { onPage } = explorer;

type Places = Record<string, { x: number; y: number; width: number; isSeen: boolean }>;

/** Where the nodes are on the screen. */
const placesOf = (page: Page) =>
  page.evaluate(`(() => {
    const seen = document.querySelector(".canvas").getBoundingClientRect();
    return Object.fromEntries([...document.querySelectorAll("a.node")].map((node) => {
      const { x, y, right, bottom, width } = node.querySelector("rect").getBoundingClientRect();
      const isSeen = right > seen.left && x < seen.right && bottom > seen.top && y < seen.bottom;
      return [node.dataset.id, { x, y, width, isSeen }];
    }));
  })()`) as Promise<Places>;

function farthest(before: Places, after: Places): number {
  const moves = Object.entries(before).flatMap(([id, { x, y, isSeen }]) =>
    isSeen ? Math.max(Math.abs(after[id]!.x - x), Math.abs(after[id]!.y - y)) : [],
  );
  expect(moves.length).toBeGreaterThan(1);
  return Math.max(...moves);
}

const node = (page: Page, name: string) =>
  page.locator("a.node", { has: page.locator(`title:text-matches("^${name},")`) });

describe("expanding a node moves nothing that is seen", () => {
  test.each([
    ["in a small picture", "/skills/http", "Client and server", 1200],
    ["in a large one, scrolled", "/path?role=backend-developer&view=graph", "HTTP", 1200],
    ["on a phone", "/skills/django?depth=3", "Python", 360],
  ])("%s", (_what, path, name, width) =>
    onPage({ viewport: { width, height: 800 } }, async (page) => {
      await page.goto(explorer.url + path);
      const first = node(page, name).first();
      await first.focus();
      await first.scrollIntoViewIfNeeded();
      const before = await placesOf(page);
      await page.keyboard.press("Space");
      await page.waitForURL(/expand=/);
      await page.locator(".bar").waitFor();
      const after = await placesOf(page);
      expect(farthest(before, after)).toBeLessThanOrEqual(MAX_MOVE);
      expect(Object.keys(after).length).toBeGreaterThanOrEqual(Object.keys(before).length);
      // The focus is on the node, so that one goes on from there.
      expect(await page.evaluate("document.activeElement.classList.contains('node')")).toBe(true);
      await page.goBack();
      await expect.poll(() => page.locator("a.node").count()).toBe(Object.keys(before).length);
    }),
  );

  test("after zooming, by pointer, twice, with more on the left than there was room", () =>
    onPage({ viewport: { width: 1200, height: 900 } }, async (page) => {
      await page.goto(`${explorer.url}/skills/django?depth=1`);
      await page.getByRole("button", { name: "Larger" }).click();
      for (let times = 0; times < 2; times++) {
        const shown = page.locator("a.node").nth(1 + times);
        await shown.scrollIntoViewIfNeeded();
        await shown.hover();
        const before = await placesOf(page);
        await shown.evaluate((each) =>
          each.nextElementSibling?.dispatchEvent(
            new MouseEvent("click", { bubbles: true, cancelable: true }),
          ),
        );
        await page.waitForURL(
          (url) =>
            (url.searchParams.get("expand") ?? "").split(",").length === times + 1 &&
            url.search.includes("expand"),
        );
        const after = await placesOf(page);
        expect(farthest(before, after)).toBeLessThanOrEqual(MAX_MOVE);
        expect(Object.keys(after).length).toBeGreaterThan(Object.keys(before).length);
      }
    }));
});

test("a picture zooms by buttons, keys and wheel, shows its whole, and is dragged", () =>
  onPage({ viewport: { width: 1000, height: 800 } }, async (page) => {
    await page.goto(`${explorer.url}/path?role=backend-developer&view=graph`);
    const canvas = page.locator(".canvas");
    await canvas.scrollIntoViewIfNeeded();
    const widthOf = () => canvas.locator("svg").evaluate((svg) => svg.getBoundingClientRect().width);
    const scrolled = () => canvas.evaluate((each) => [each.scrollLeft, each.scrollTop]);
    const natural = await widthOf();
    await page.getByRole("button", { name: "Larger" }).click();
    expect(await widthOf()).toBeCloseTo(natural * 1.25, 0);
    await canvas.focus();
    await page.keyboard.press("-");
    expect(await widthOf()).toBeCloseTo(natural, 0);
    await page.keyboard.press("0");
    expect(await widthOf()).toBeLessThanOrEqual(await canvas.evaluate((each) => each.clientWidth));
    await page.keyboard.press("0");
    expect(await widthOf()).toBeCloseTo(natural, 0);
    const box = (await canvas.boundingBox())!;
    const [x, y] = [box.x + box.width / 2, box.y + Math.min(box.height, 500) / 2];
    await page.mouse.move(x, y);
    await page.keyboard.down("Control");
    await page.mouse.wheel(0, -200);
    await page.keyboard.up("Control");
    await expect.poll(widthOf).toBeGreaterThan(natural * 1.5);
    const [left, top] = await scrolled();
    // From a corner, where there is no node.
    await page.evaluate(
      "document.querySelectorAll('.canvas a').forEach((link) => { link.style.pointerEvents = 'none'; })",
    );
    await page.mouse.down();
    await page.mouse.move(x - 60, y - 40, { steps: 4 });
    await page.mouse.up();
    expect(await scrolled()).toEqual([left! + 60, top! + 40]);
  }));

test("a picture is panned by one finger, and zoomed by two", () =>
  onPage({ viewport: { width: 390, height: 800 }, isMobile: true, hasTouch: true }, async (page) => {
    await page.goto(`${explorer.url}/path?role=designer&view=graph`);
    const canvas = page.locator(".canvas");
    await canvas.scrollIntoViewIfNeeded();
    // The browser itself scrolls by one finger, here and no further.
    expect(await canvas.evaluate((each) => getComputedStyle(each).touchAction)).toBe("pan-x pan-y");
    const widthOf = () => canvas.locator("svg").evaluate((svg) => svg.getBoundingClientRect().width);
    const natural = await widthOf();
    const { x, y } = (await canvas.boundingBox())!;
    const devTools = await page.context().newCDPSession(page);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", far?: number) =>
      devTools.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: far === undefined ? [] : [100 - far, 100 + far].map((at) => ({ x: x + at, y: y + 100 })),
      });
    await touch("touchStart", 20);
    for (const far of [20, 30, 40]) await touch("touchMove", far);
    await touch("touchEnd");
    await expect.poll(widthOf).toBeGreaterThan(natural * 1.2);
  }));

test("arrow keys follow the edges, and light up what belongs together", () =>
  onPage({}, async (page) => {
    await page.goto(`${explorer.url}/skills/django`);
    const focused = () => page.evaluate("document.activeElement.querySelector('title')?.textContent");
    await node(page, "Django").focus();
    expect(await page.locator("[data-picture]").getAttribute("class")).toContain("lit");
    await page.keyboard.press("ArrowLeft");
    const prerequisite = String(await focused());
    expect(prerequisite).not.toContain("Django");
    // What is neither before nor after it is not lit.
    expect(await page.locator("a.node:not(.on)").count()).toBeGreaterThan(0);
    expect(await node(page, "Django").getAttribute("class")).toContain("on");
    await page.keyboard.press("ArrowRight");
    expect(await focused()).not.toBe(prerequisite);
  }));

test("states are told apart in forced colours, and nothing moves by itself where motion is reduced", () =>
  onPage({ forcedColors: "active", reducedMotion: "reduce" }, async (page) => {
    await page.goto(`${explorer.url}/path?role=python-developer&known=git&view=graph`);
    const style = (state: string) =>
      page
        .locator(`a.node.${state} rect`)
        .first()
        .evaluate((rect) => {
          const { strokeDasharray, strokeWidth, fill, stroke } = getComputedStyle(rect);
          return { strokeDasharray, strokeWidth, fill, stroke };
        });
    const [ready, locked] = [await style("ready"), await style("locked")];
    expect(ready.strokeWidth).not.toBe(locked.strokeWidth);
    expect(ready.stroke).not.toBe(ready.fill);
    const transitions = await page.evaluate(
      "[...document.querySelectorAll('.canvas *')].map((each) => getComputedStyle(each).transitionDuration).filter((time) => time !== '0s').length",
    );
    expect(transitions).toBe(0);
  }));
