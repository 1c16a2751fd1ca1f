import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { tabTo } from "../support/browser.ts";
import { useExplorer } from "../support/explorer.ts";

/** What a newcomer comes for, from the first page to the last: by pointer, without script, and by keyboard alone. */

const explorer = useExplorer();
const { onPage } = explorer;
const WITHOUT_SCRIPT = { javaScriptEnabled: false };

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
      await page.goto(`${explorer.url}/roles/backend-developer`);
      await page.getByRole("link", { name: "Make it my path" }).click();
      // A page is read while it arrives: of a slow server, the steps come after the hours.
      await page.locator("#skill-docker").waitFor();
      const all = await hoursOf(page);
      // Marks that are gone if the page is another, or made anew; and something that a reader has opened.
      await page.evaluate("window.stays = document.querySelector('#skill-docker').stays = true");
      await page.locator("#skill-docker .who summary").click();
      await page.getByLabel("I know Git", { exact: true }).check();
      await page.waitForURL(/known=git/);
      const ticked = await hoursOf(page);
      expect(ticked).toBeLessThan(all);
      expect(await page.evaluate("document.activeElement.value")).toBe("git");
      expect(await page.evaluate("document.querySelector('#skill-docker').stays")).toBe(true);
      expect(await page.locator("#skill-docker details[open]").count()).toBe(1);
      const price = await priceOfJava(page);
      await page.locator("a.choice", { hasText: /^Java \+/ }).click();
      await page.waitForURL(/choose=java/);
      const withJava = await hoursOf(page);
      expect(withJava).toBe(ticked + price);
      expect(await page.locator("#skill-java .name").count()).toBe(1);

      await page.getByRole("button", { name: "Undo" }).click();
      await page.waitForURL((url) => !url.search.includes("java"));
      await expect.poll(() => page.locator("#skill-java .name").count()).toBe(0);
      await page.goForward();
      await expect.poll(() => page.locator("#skill-java .name").count()).toBe(1);

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

      // All of that happened on one page.
      expect(await page.evaluate("window.stays")).toBe(true);

      await page.locator(".step", { hasText: "documents" }).getByText("Who says so").first().click();
      expect(await page.locator("details.who[open] .sources li").first().innerText()).toMatch(/line \d+/);
      await page.reload();
      await expectPath(page, withJava, finish);

      // Another day: from the start, and with another goal.
      const href = new URL(page.url()).search;
      await page.goto(explorer.url);
      await page.getByRole("link", { name: "Go on" }).click();
      await page.waitForURL(/choose=java/);
      expect(new URL(page.url()).search).toBe(href);
      await page.goto(`${explorer.url}/roles/designer`);
      await page.getByRole("link", { name: "Make it my path" }).click();
      await page.waitForURL(/role=designer&known=git/);
    }));

  test("without script", () =>
    onPage(WITHOUT_SCRIPT, async (page) => {
      await page.goto(explorer.url);
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
      expect(await page.locator("#skill-java .name").count()).toBe(1);
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
      await page.goto(explorer.url);
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
      await expect.poll(() => page.locator("#skill-java .name").count()).toBe(1);
      await tabTo(page, /^Who says so \d/);
      await keyboard.press("Enter");
      expect(await page.locator("details.who[open] .sources li").first().innerText()).toMatch(/line \d+/);
      const [hours, finish] = [await hoursOf(page), await finishOf(page)];
      await page.reload();
      await expectPath(page, hours, finish);
    }));
});

describe("a learner sees what is taken as known, and disagrees", () => {
  test.each([
    ["with script", {}],
    ["without script", WITHOUT_SCRIPT],
    ["on a phone", { viewport: { width: 360, height: 700 } }],
  ])("%s, with a skill, by keyboard, and with all", (_, options) =>
    onPage(options, async (page) => {
      await page.goto(`${explorer.url}/path?role=backend-developer&known=django`);
      const all = await hoursOf(page);
      await page.getByRole("heading", { name: /^Taken as known \d+ skills$/ }).waitFor();
      await page.getByText(/^covers \d+ skills, \d+ h$/).waitFor();
      const denial = page.getByRole("link", { name: "Python: I do not know it" });
      await denial.focus();
      await page.keyboard.press("Enter");
      await page.waitForURL(/notKnown=python/);
      await page.locator("#skill-python").waitFor();
      expect(await hoursOf(page)).toBeGreaterThan(all);
      expect(await denial.count()).toBe(0);
      await page.getByRole("link", { name: "Not to know python: take it back" }).click();
      await page.waitForURL((url) => !url.search.includes("notKnown"));
      await expect.poll(() => hoursOf(page)).toBe(all);
      await page.locator(".offer a").click();
      await page.waitForURL(/knownImplies=PARTS/);
      await page.locator("#skill-coding").waitFor();
    }),
  );
});
