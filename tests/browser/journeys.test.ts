import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApi, type TestApi, type WrittenFile } from "../support/api.ts";
import {
  type ForeignSite,
  onPage as onPageOf,
  openBrowser,
  openForeignSite,
  tabTo,
} from "../support/browser.ts";
import { buildSource } from "../support/built.ts";
import { escoAbsent } from "../support/esco.ts";
import { escoCut } from "../support/esco-cut.ts";
import { startTestServer, type TestServer } from "../support/http.ts";

/** What people come for, from the first page to the last: by pointer, without script, and by keyboard alone. */

let server: TestServer;
let browser: Browser;
beforeAll(async () => {
  buildSource();
  server = await startTestServer();
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

const onPage = (options: BrowserContextOptions, use: (page: Page) => Promise<void>) =>
  onPageOf(browser, options, use);
const WITHOUT_SCRIPT = { javaScriptEnabled: false };
const WITH_CLIPBOARD = { permissions: ["clipboard-read", "clipboard-write"] };

const hoursOf = async (page: Page) =>
  Number.parseFloat((await page.locator(".total strong").innerText()).replace(",", ""));
/** What taking Java instead costs, as the page says it. */
const priceOfJava = async (page: Page) => {
  const text = await page.locator("a.choice", { hasText: /^Java \+/ }).innerText();
  return Number(text.match(/\+([\d.]+) h/)?.[1]);
};
const finishOf = (page: Page) => page.locator(".finish time").getAttribute("datetime");

/** A newcomer's path with Git known and Java chosen: what all three ways lead to. */
async function expectPath(page: Page, hours: number, finish: string | null): Promise<void> {
  expect(page.url()).toContain("known=git");
  expect(page.url()).toContain("choose=java");
  expect(await hoursOf(page)).toBe(hours);
  expect(await finishOf(page)).toBe(finish);
  expect(await page.getByLabel("I know Git", { exact: true }).isChecked()).toBe(true);
}

describe("a newcomer finds a path, ticks Git, chooses Java, plans, opens a citation and reloads", () => {
  test("with script, days off and undo, and goes on where they were another day", () =>
    onPage({}, async (page) => {
      await page.goto(`${server.url}/roles/backend-developer`);
      await page.getByRole("link", { name: "Make it my path" }).click();
      const all = await hoursOf(page);
      await page.getByLabel("I know Git", { exact: true }).check();
      await page.waitForURL(/known=git/);
      const ticked = await hoursOf(page);
      expect(ticked).toBeLessThan(all);
      const price = await priceOfJava(page);
      await page.locator("a.choice", { hasText: /^Java \+/ }).click();
      await page.waitForURL(/choose=java/);
      const withJava = await hoursOf(page);
      expect(withJava).toBe(ticked + price);
      expect(await page.locator("#java .name").count()).toBe(1);

      await page.getByRole("button", { name: "Undo" }).click();
      await page.waitForURL((url) => !url.search.includes("java"));
      await expect.poll(() => page.locator("#java .name").count()).toBe(0);
      await page.goForward();
      await expect.poll(() => page.locator("#java .name").count()).toBe(1);

      await page.getByLabel("Hours a week").fill("10");
      await page.getByLabel("Hours a week").press("Tab");
      await page.waitForURL(/weeklyHours=10/);
      await page.getByLabel("Start on").fill("2027-01-04");
      await page.getByLabel("Start on").press("Tab");
      await page.waitForURL(/startOn/);
      const without = String(await finishOf(page));
      await page.getByText("Days off", { exact: true }).first().click();
      await page.getByLabel("From", { exact: true }).fill("2027-02-01");
      await page.getByLabel("Through").fill("2027-02-28");
      await page.getByLabel("Through").press("Tab");
      await page.waitForURL(/daysOff=2027-02-01\.\.2027-02-28/);
      const finish = String(await finishOf(page));
      expect(finish > without).toBe(true);
      await page.locator(".milestones summary").click();
      expect(await page.locator(".milestones li").first().innerText()).toMatch(
        /after step \d+, \d+ \w+ \d{4}/,
      );

      await page.locator(".step", { hasText: "documents" }).getByText("Who says so").first().click();
      expect(await page.locator("details.who[open] .sources li").first().innerText()).toMatch(/line \d+/);
      await page.reload();
      await expectPath(page, withJava, finish);

      // Another day: from the start, and with another goal.
      const href = new URL(page.url()).search;
      await page.goto(server.url);
      await page.getByRole("link", { name: "Go on" }).click();
      await page.waitForURL(/choose=java/);
      expect(new URL(page.url()).search).toBe(href);
      await page.goto(`${server.url}/roles/designer`);
      await page.getByRole("link", { name: "Make it my path" }).click();
      await page.waitForURL(/role=designer&known=git/);
    }));

  test("without script", () =>
    onPage(WITHOUT_SCRIPT, async (page) => {
      await page.goto(server.url);
      await page.getByLabel("A role, a skill or a project").fill("backend developer");
      await page.getByRole("button", { name: "Find the way" }).click();
      await page.getByRole("link", { name: "Backend developer", exact: true }).first().click();
      await page.getByRole("link", { name: "Make it my path" }).click();
      const all = await hoursOf(page);
      await page.getByLabel("I know Git", { exact: true }).check();
      await page.getByLabel("Hours a week").fill("10");
      await page.getByLabel("Start on").fill("2027-01-04");
      await page.getByRole("button", { name: "Update the path" }).click();
      const ticked = await hoursOf(page);
      expect(ticked).toBeLessThan(all);
      const price = await priceOfJava(page);
      await page.locator("a.choice", { hasText: /^Java \+/ }).click();
      const [withJava, after] = [await hoursOf(page), String(await finishOf(page))];
      expect(withJava).toBe(ticked + price);
      expect(await page.locator("#java .name").count()).toBe(1);
      await page.getByText("Days off", { exact: true }).first().click();
      await page.getByLabel("From", { exact: true }).fill("2027-02-01");
      await page.getByLabel("Through").fill("2027-02-28");
      await page.getByRole("button", { name: "Update the path" }).click();
      const finish = String(await finishOf(page));
      expect(finish > after).toBe(true);
      expect(await page.getByRole("link", { name: /Days off, 1 Feb 2027 to 28 Feb 2027/ }).count()).toBe(1);
      await page.locator(".step", { hasText: "documents" }).getByText("Who says so").first().click();
      expect(await page.locator("details.who[open] .sources li").first().innerText()).toMatch(/line \d+/);
      await page.reload();
      await expectPath(page, withJava, finish);
    }));

  test("by keyboard alone", () =>
    onPage({}, async (page) => {
      const { keyboard } = page;
      await page.goto(server.url);
      await tabTo(page, /^A role, a skill or a project$/);
      await keyboard.type("backend devel");
      await page.locator('.hero [role="option"]').first().waitFor();
      await keyboard.press("ArrowDown");
      await keyboard.press("Enter");
      await page.waitForURL(/\/roles\/backend-developer/);
      await tabTo(page, /^Make it my path$/);
      await keyboard.press("Enter");
      await page.waitForURL(/\/path\?/);
      await tabTo(page, /^Hours a week$/);
      await keyboard.type("10");
      await keyboard.press("Enter");
      await page.waitForURL(/weeklyHours=10/);
      await tabTo(page, /^Start on$/);
      await keyboard.type("01042027");
      await keyboard.press("Enter");
      await page.locator(".finish time").waitFor();
      const [all, late] = [await hoursOf(page), String(await finishOf(page))];
      await tabTo(page, /^I know Git$/);
      await keyboard.press("Space");
      await page.waitForURL(/known=git/);
      await expect.poll(() => hoursOf(page)).toBeLessThan(all);
      expect(String(await finishOf(page)) < late).toBe(true);
      // The focus stays where it was, so that the way on is short.
      expect(await page.evaluate("document.activeElement.value")).toBe("git");
      await tabTo(page, /^Java \+/);
      await keyboard.press("Enter");
      await page.waitForURL(/choose=java/);
      await expect.poll(() => page.locator("#java .name").count()).toBe(1);
      await tabTo(page, /^Who says so \d/);
      await keyboard.press("Enter");
      expect(await page.locator("details.who[open] .sources li").first().innerText()).toMatch(/line \d+/);
      const [hours, finish] = [await hoursOf(page), await finishOf(page)];
      await page.reload();
      await expectPath(page, hours, finish);
    }));
});

describe("an integrator copies the embed, and a foreign page shows it", () => {
  let foreign: ForeignSite;
  beforeAll(async () => {
    foreign = await openForeignSite(server.url);
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
    expect(origin).toBe(server.url);
    expect(await page.locator("iframe").getAttribute("height")).toBe(String(height));
    // The page around has less room: the frame is told to be higher.
    await page.locator("iframe").evaluate((frame) => frame.setAttribute("width", "220"));
    await expect.poll(() => page.evaluate("heights.at(-1)[1]")).toBeGreaterThan(height);
  }

  test("with script: it resizes, tells what happens, and has the colours of the page", () =>
    onPage(WITH_CLIPBOARD, async (page) => {
      await page.goto(`${server.url}/embed?role=designer`);
      await page.locator('select[name="theme"]').selectOption("light");
      await page.getByRole("button", { name: "Show" }).click();
      await page.waitForURL(/theme=light/);
      const frame = await page.getByLabel("Code of the frame").inputValue();
      const element = await page.getByLabel("Code of the element").inputValue();
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

  test("without script: the frame shows the steps, the element what stands inside it", () =>
    onPage(WITHOUT_SCRIPT, async (page) => {
      await page.goto(server.url);
      await page.getByRole("link", { name: "Embed a roadmap" }).click();
      await page.locator('select[name="role"]').selectOption("designer");
      await page.locator('select[name="theme"]').selectOption("dark");
      await page.getByRole("button", { name: "Show" }).click();
      const frame = await page.getByLabel("Code of the frame").inputValue();
      const element = await page.getByLabel("Code of the element").inputValue();
      foreign.body = frame.replace('width="100%"', 'width="700"') + element;
      await page.goto(foreign.origin);
      expect(await page.frameLocator("iframe").locator("ol li").count()).toBeGreaterThan(3);
      expect(await page.frameLocator("iframe").locator("html").getAttribute("data-theme")).toBe("dark");
      expect(await page.getByRole("link", { name: "Roadmap: Designer" }).isVisible()).toBe(true);
    }));

  test("by keyboard alone", () =>
    onPage(WITH_CLIPBOARD, async (page) => {
      const { keyboard } = page;
      await page.goto(`${server.url}/embed`);
      await tabTo(page, /^Theme/);
      await keyboard.type("dark");
      await keyboard.press("Tab");
      await tabTo(page, /^Show$/);
      await keyboard.press("Enter");
      await page.waitForURL(/theme=dark/);
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

describe.skipIf(escoAbsent !== undefined)(
  "an analyst opens ESCO, searches, narrows, and copies a link",
  () => {
    let api: TestApi;
    /** A skill of ESCO that needs another. */
    let name: string;
    beforeAll(async () => {
      const cut: WrittenFile = escoCut("web");
      name = cut.skills?.find(({ requires }) => requires !== undefined)?.name ?? "";
      api = await openApi(cut);
    });
    afterAll(() => api.close());

    const nodesOf = (page: Page) => page.locator("a.node").count();

    test("with script", () =>
      onPage(WITH_CLIPBOARD, async (page) => {
        await page.goto(api.url);
        await page.getByLabel("A role, a skill or a project").fill(name);
        await page.getByRole("button", { name: "Find the way" }).click();
        await page.getByRole("link", { name: "Skills", exact: true }).click();
        await page.getByRole("link", { name, exact: true }).first().click();
        await page.getByRole("link", { name: "What it needs" }).click();
        await page.waitForURL(/depth=1/);
        const few = await nodesOf(page);
        expect(few).toBeGreaterThan(1);
        await page.locator("a.node").last().focus();
        await page.keyboard.press("Space");
        await page.waitForURL(/expand=/);
        const nodes = await nodesOf(page);
        await page.getByRole("button", { name: "Copy link to this view" }).click();
        await page.getByText("The link is copied").waitFor();
        const link = String(await page.evaluate("navigator.clipboard.readText()"));
        expect(link).toBe(page.url());
        await page.goto(link);
        expect(await nodesOf(page)).toBe(nodes);
      }));

    test("without script", () =>
      onPage(WITHOUT_SCRIPT, async (page) => {
        await page.goto(`${api.url}/search?q=${encodeURIComponent(name)}&kind=skill`);
        await page.getByRole("link", { name, exact: true }).first().click();
        await page.getByRole("link", { name: "What it needs" }).click();
        await page.getByText("The picture as a list").click();
        await page.locator("a.more-around").first().click();
        expect(page.url()).toContain("expand=");
        const nodes = await nodesOf(page);
        const link = await page.getByRole("link", { name: "Link to this view" }).getAttribute("href");
        await page.goto(api.url + link);
        expect(await nodesOf(page)).toBe(nodes);
      }));

    test("by keyboard alone", () =>
      onPage(WITH_CLIPBOARD, async (page) => {
        const { keyboard } = page;
        await page.goto(api.url);
        await tabTo(page, /^Search skills/);
        await keyboard.type(name);
        await keyboard.press("Enter");
        await page.waitForURL(/\/search/);
        await tabTo(page, /^Skills$/);
        await keyboard.press("Enter");
        await page.waitForURL(/kind=skill/);
        await tabTo(page, new RegExp(`^${name}$`));
        await keyboard.press("Enter");
        await page.waitForURL(/\/skills\//);
        await tabTo(page, /^What it needs$/);
        await keyboard.press("Enter");
        await page.waitForURL(/depth=1/);
        await tabTo(page, /^Copy link/);
        await keyboard.press("Enter");
        await page.getByText("The link is copied").waitFor();
        expect(await page.evaluate("navigator.clipboard.readText()")).toBe(page.url());
      }));
  },
);
