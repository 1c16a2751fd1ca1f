import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApi, type TestApi, type WrittenFile } from "../support/api.ts";
import { onPage as onPageOf, openBrowser, tabTo } from "../support/browser.ts";
import { buildSource } from "../support/built.ts";
import { escoAbsent } from "../support/esco.ts";
import { escoCut } from "../support/esco-cut.ts";

/** What an analyst comes for, on a graph of somebody else: by pointer, without script, and by keyboard alone. */

const WITHOUT_SCRIPT = { javaScriptEnabled: false };
const WITH_CLIPBOARD = { permissions: ["clipboard-read", "clipboard-write"] };

describe.skipIf(escoAbsent !== undefined)(
  "an analyst opens ESCO, searches, narrows, and copies a link",
  () => {
    let api: TestApi;
    let browser: Browser;
    const onPage = (options: BrowserContextOptions, use: (page: Page) => Promise<void>) =>
      onPageOf(browser, options, use);
    /** A skill of ESCO that needs another. */
    let name: string;
    beforeAll(async () => {
      const cut: WrittenFile = escoCut("web");
      name = cut.skills?.find(({ requires }) => requires !== undefined)?.name ?? "";
      buildSource();
      api = await openApi(cut);
      browser = await openBrowser();
    });
    afterAll(async () => {
      await browser.close();
      await api.close();
    });

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
