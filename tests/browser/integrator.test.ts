import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ForeignSite, openForeignSite, tabTo } from "../support/browser.ts";
import { useExplorer } from "../support/explorer.ts";

/** What an integrator comes for, from the builder to somebody else's page: by pointer, without script, and by keyboard alone. */

const explorer = useExplorer();
const { onPage } = explorer;
const WITHOUT_SCRIPT = { javaScriptEnabled: false };
const WITH_CLIPBOARD = { permissions: ["clipboard-read", "clipboard-write"] };

describe("an integrator copies the embed, and a foreign page shows it", () => {
  let foreign: ForeignSite;
  beforeAll(async () => {
    foreign = await openForeignSite(explorer.url);
  });
  afterAll(() => foreign.close());

  /** Resizes the frame as the builder says that hosts can, and tells what was heard. */
  const host = `<style nonce="own">skill-roadmap { --skill-accent: rgb(200, 0, 100); --skill-paper: rgb(1, 2, 3); }</style>
<script nonce="own">window.heard = []; window.heights = [];
addEventListener("message", ({ data, origin }) => { if (data.type !== "skills-graph:resize") return; heights.push([origin, data.height]); document.querySelector("iframe").height = data.height; });
for (const type of ["skill-select", "path-change", "progress-change"]) addEventListener(type, (event) => { heard.push(type); if (type === "skill-select") event.preventDefault(); });</script>`;

  async function expectFrame(page: Page): Promise<void> {
    await expect.poll(() => page.evaluate("heights.length")).toBeGreaterThan(0);
    const [[origin, height]] = (await page.evaluate("heights")) as [[string, number]];
    expect(origin).toBe(explorer.url);
    expect(await page.locator("iframe").getAttribute("height")).toBe(String(height));
    // The page around has less room: the frame is told to be higher.
    await page.locator("iframe").evaluate((frame) => frame.setAttribute("width", "220"));
    await expect.poll(() => page.evaluate("heights.at(-1)[1]")).toBeGreaterThan(height);
  }

  test("with script: it resizes, tells what happens, and has the colours of the page", () =>
    onPage(WITH_CLIPBOARD, async (page) => {
      await page.goto(`${explorer.url}/embed?role=designer`);
      // What is chosen is shown at once, on the same page.
      await page.locator('select[name="theme"]').selectOption("light");
      await page.waitForURL(/theme=light/);
      expect(await page.locator("iframe.preview").getAttribute("src")).toContain("theme=light");
      await page.getByRole("button", { name: "Copy the code of the frame" }).click();
      await page.getByText("The code is copied").waitFor();
      const frame = String(await page.evaluate("navigator.clipboard.readText()"));
      expect(frame).toBe(await page.getByLabel("Code of the frame", { exact: true }).inputValue());
      const element = await page.getByLabel("Code of the element", { exact: true }).inputValue();
      foreign.body = host + frame.replace('width="100%"', 'width="700"') + element;
      await page.goto(foreign.origin);
      await expectFrame(page);
      const roadmap = page.locator("skill-roadmap");
      await roadmap.locator("li").first().waitFor();
      await roadmap.locator("input").first().check();
      await roadmap.locator("li.known").waitFor();
      await roadmap.locator("li a").first().click();
      expect(await page.evaluate("heard")).toEqual([
        "path-change",
        "progress-change",
        "path-change",
        "skill-select",
      ]);
      expect(await roadmap.evaluate((each) => getComputedStyle(each).backgroundColor)).toBe("rgb(1, 2, 3)");
      // The theme of the frame is that of its link.
      expect(await page.frameLocator("iframe").locator("html").getAttribute("data-theme")).toBe("light");
    }));

  test("nothing on the page shifts while frame and element load, when they come into sight, over a slow network", () =>
    onPage({ viewport: { width: 800, height: 600 } }, async (page) => {
      const devTools = await page.context().newCDPSession(page);
      const slow = { latency: 200, downloadThroughput: 50_000, uploadThroughput: 50_000 };
      await devTools.send("Network.emulateNetworkConditions", { offline: false, ...slow });
      foreign.body = `<style nonce="own">skill-roadmap { display: block; height: 250px }</style>
<script nonce="own">window.shift = 0; new PerformanceObserver((list) => { for (const entry of list.getEntries()) shift += entry.value; }).observe({ type: "layout-shift", buffered: true });</script>
${"<p>What the page is about.</p>".repeat(40)}<iframe src="${explorer.url}/embed/roles/designer?view=graph" title="Designer" width="500" height="200" loading="lazy"></iframe>
<script type="module" src="${explorer.url}/embed/v1.js"></script><skill-roadmap role="designer"><a href="${explorer.url}">Designer</a></skill-roadmap><p>What comes after.</p>`;
      await page.goto(foreign.origin);
      expect(await page.locator("skill-roadmap li").count()).toBe(0);
      await page.evaluate("scrollTo(0, document.body.scrollHeight)");
      await page.locator("skill-roadmap li").first().waitFor();
      await page.frameLocator("iframe").locator("li").first().waitFor();
      await page.evaluate("new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 100)))");
      expect(await page.evaluate("shift")).toBe(0);
    }));

  test("without script: the frame shows the steps, the element what stands inside it", () =>
    onPage(WITHOUT_SCRIPT, async (page) => {
      await page.goto(explorer.url);
      await page.getByRole("link", { name: "Embed a roadmap" }).click();
      await page.locator('select[name="role"]').selectOption("designer");
      await page.locator('select[name="theme"]').selectOption("dark");
      await page.getByRole("button", { name: "Show" }).click();
      const frame = await page.getByLabel("Code of the frame", { exact: true }).inputValue();
      const element = await page.getByLabel("Code of the element", { exact: true }).inputValue();
      foreign.body = frame.replace('width="100%"', 'width="700"') + element;
      await page.goto(foreign.origin);
      expect(await page.frameLocator("iframe").locator("ol li").count()).toBeGreaterThan(3);
      expect(await page.frameLocator("iframe").locator("html").getAttribute("data-theme")).toBe("dark");
      expect(await page.getByRole("link", { name: "Roadmap: Designer" }).isVisible()).toBe(true);
    }));

  test("by keyboard alone", () =>
    onPage(WITH_CLIPBOARD, async (page) => {
      const { keyboard } = page;
      await page.goto(`${explorer.url}/embed`);
      await tabTo(page, /^Theme/);
      await keyboard.type("dark");
      await keyboard.press("Tab");
      await page.waitForURL(/theme=dark/);
      // What is chosen shows at once; the button asks for the page all the same.
      await tabTo(page, /^Show$/);
      const shown = page.waitForEvent("load");
      await keyboard.press("Enter");
      await shown;
      await tabTo(page, /^Code of the element$/);
      await keyboard.press("Control+a");
      await keyboard.press("Control+c");
      const copied = String(await page.evaluate("navigator.clipboard.readText()"));
      expect(copied).toContain('theme="dark"');
      foreign.body = host + copied;
      await page.goto(foreign.origin);
      await page.locator("skill-roadmap li").first().waitFor();
      await tabTo(page, /^I know /);
      await keyboard.press("Space");
      await page.locator("skill-roadmap li.known").waitFor();
      await keyboard.press("Tab");
      await keyboard.press("Enter");
      expect(await page.evaluate("heard")).toEqual([
        "path-change",
        "progress-change",
        "path-change",
        "skill-select",
      ]);
    }));
});
