import { mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import axe from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApi, type TestApi } from "../support/api.ts";
import { type ForeignSite, onPage as onPageOf, openBrowser, openForeignSite } from "../support/browser.ts";
import { buildSource } from "../support/built.ts";
import { startTestServer, type TestServer } from "../support/http.ts";

/** The explorer as people use it, in a real browser: with script and without, by keyboard, on foreign pages. */

/** Where pictures of the views are left for those who look at a run. */
const SHOTS = join(tmpdir(), "skills-graph-explorer");
/** The script of a first view may be this large, compressed. */
const MAX_SCRIPT_BYTES = 60_000;

let server: TestServer;
let browser: Browser;
beforeAll(async () => {
  buildSource();
  mkdirSync(SHOTS, { recursive: true });
  server = await startTestServer();
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

const onPage = (options: BrowserContextOptions, use: (page: Page) => Promise<void>) =>
  onPageOf(browser, options, use);

const hoursOf = async (page: Page) => Number.parseFloat(await page.locator(".total strong").innerText());

describe("a newcomer", () => {
  test("finds a path, ticks Git, chooses Java, plans, opens a citation, reloads and is where they were", () =>
    onPage({}, async (page) => {
      await page.goto(server.url);
      await page.getByRole("link", { name: "Backend developer" }).first().click();
      await page.getByRole("link", { name: "Make it my path" }).click();
      const before = await hoursOf(page);
      await page.evaluate("window.stays = true");

      await page.getByLabel("I know Git", { exact: true }).check();
      await page.waitForURL(/known=git/);
      const ticked = await hoursOf(page);
      expect(ticked).toBeLessThan(before);
      expect(await page.getByLabel("I know Git", { exact: true }).isChecked()).toBe(true);
      // The focus is where it was, for those who go on by keyboard.
      expect(await page.evaluate("document.activeElement.value")).toBe("git");

      const java = page.locator("a.choice", { hasText: /^Java \+/ });
      const price = Number((await java.innerText()).match(/\+([\d.]+) h/)?.[1]);
      await java.click();
      await page.waitForURL(/choose=java/);
      expect(await hoursOf(page)).toBe(ticked + price);
      expect(await page.getByRole("link", { name: "java: take it back" }).count()).toBe(1);

      await page.getByLabel("Start on").fill("2027-01-04");
      await page.getByLabel("Hours a week").fill("10");
      await page.getByLabel("Hours a week").press("Enter");
      const finish = page.locator(".finish time");
      await finish.waitFor();
      const slow = await finish.getAttribute("datetime");
      await page.getByLabel("Hours a week").fill("20");
      await page.getByLabel("Hours a week").press("Enter");
      await page.waitForURL(/weeklyHours=20/);
      const fast = await finish.getAttribute("datetime");
      expect(String(fast) < String(slow)).toBe(true);
      // All of that happened on one page.
      expect(await page.evaluate("window.stays")).toBe(true);

      await page.locator(".step", { hasText: "documents" }).getByText("Who says so").first().click();
      expect(await page.locator("details[open] .sources li").first().innerText()).toMatch(/line \d+/);

      const shown = await page.locator(".path-list").innerText();
      await page.reload();
      expect(await page.getByLabel("Hours a week").inputValue()).toBe("20");
      expect((await page.locator(".path-list").innerText()).length).toBeLessThanOrEqual(shown.length);
      await page.goBack();
      await page.waitForURL(/weeklyHours=10/);
    }));

  test("searches by keyboard alone", () =>
    onPage({}, async (page) => {
      await page.goto(server.url);
      await page.getByLabel("A role, a skill or a project").focus();
      await page.keyboard.type("pyth");
      await page.locator('.hero [role="option"]').first().waitFor();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/(skills|roles)\/python/);
    }));
});

const VIEWS: readonly [name: string, path: string][] = [
  ["start", "/"],
  ["search", "/search?q=data"],
  ["path", "/path?role=backend-developer&known=git&choose=python&weeklyHours=10&startOn=2027-01-04"],
  ["graph", "/path?role=python-developer&known=git&view=graph"],
  ["skill", "/skills/django"],
  ["role", "/roles/backend-developer"],
  ["roadmap", "/roadmaps/eleven-steps"],
  ["compare", "/compare?from=backend-developer&to=frontend-developer"],
  ["builder", "/embed"],
  ["embed", "/embed/roles/designer?view=graph"],
  ["missing", "/skills/djang"],
];

describe.each(["light", "dark"] as const)("in %s colours", (colorScheme) => {
  test.each(VIEWS)("%s has nothing that axe finds", async (name, path) => {
    const context = await browser.newContext({ colorScheme });
    const page = await context.newPage();
    await page.goto(server.url + path);
    await page.screenshot({ path: join(SHOTS, `${name}-${colorScheme}.png`) });
    await page.evaluate(axe.source);
    const found = await page.evaluate(
      "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, ...nodes.slice(0, 3).map(({ html }) => html)]))",
    );
    expect(found).toEqual([]);
    await context.close();
  });
});

test.each(VIEWS)("%s fits a screen of 320 pixels", (name, path) =>
  onPage(
    { viewport: { width: 320, height: 640 }, isMobile: true, javaScriptEnabled: false },
    async (page) => {
      await page.goto(server.url + path).catch(() => undefined);
      await page.screenshot({ path: join(SHOTS, `${name}-phone.png`) });
    },
  ).catch((error: unknown) => {
    // A missing page is a fault of the console, and meant to be.
    if (name !== "missing") throw error;
  }),
);

test("little script travels for a first view, and nothing shifts", () =>
  onPage({}, async (page) => {
    let bytes = 0;
    page.on("requestfinished", async (request) => {
      if (request.resourceType() === "script") bytes += (await request.sizes()).responseBodySize;
    });
    await page.addInitScript(
      "window.shift = 0; new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.shift += entry.value; }).observe({ type: 'layout-shift', buffered: true });",
    );
    await page.goto(`${server.url}/path?role=backend-developer`, { waitUntil: "networkidle" });
    expect(bytes).toBeGreaterThan(500);
    expect(bytes).toBeLessThan(MAX_SCRIPT_BYTES);
    expect(await page.evaluate("window.shift")).toBeLessThan(0.02);
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
  }));

test.each(["/embed/roles/backend-developer", "/embed/roles/designer?view=graph&theme=dark&known=creativity"])(
  "nothing at all shifts in the frame %s",
  (path) =>
    onPage({ viewport: { width: 500, height: 600 } }, async (page) => {
      await page.addInitScript(
        "window.shift = 0; new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.shift += entry.value; }).observe({ type: 'layout-shift', buffered: true });",
      );
      await page.goto(server.url + path, { waitUntil: "networkidle" });
      expect(await page.evaluate("window.shift")).toBe(0);
    }),
);

describe("an integrator", () => {
  let foreign: ForeignSite;
  beforeAll(async () => {
    foreign = await openForeignSite(server.url);
  });
  afterAll(() => foreign.close());

  test("shows a roadmap as an element on a foreign page, hears events, and themes it", () =>
    onPage({}, async (page) => {
      const builder = await (await fetch(`${server.url}/embed?role=designer&theme=dark`)).text();
      const snippet =
        builder.match(/<textarea[^>]*Code of the element[^>]*>([\s\S]*?)<\/textarea>/)?.[1] ?? "";
      const code = snippet
        .replaceAll("&lt;", "<")
        .replaceAll("&gt;", ">")
        .replaceAll("&quot;", '"')
        .replaceAll("&#39;", "'")
        .replaceAll("&amp;", "&");
      foreign.body = `${code}
<script nonce="own">window.heard = []; for (const type of ["skill-select", "path-change", "progress-change"]) addEventListener(type, (event) => { heard.push([type, event.detail]); if (type === "skill-select") event.preventDefault(); });</script>`;
      await page.goto(foreign.origin);
      const element = page.locator("skill-roadmap");
      await element.locator("li").first().waitFor();
      expect(await element.locator("h2").innerText()).toBe("Designer");
      const count = await element.locator("li:not(.known)").count();
      await element.locator("input").first().check();
      await element.locator("li.known").waitFor();
      expect(await element.locator("li:not(.known)").count()).toBe(count - 1);
      await element.locator("li a").first().click();
      const heard = (await page.evaluate("window.heard")) as [string, { known?: string[]; slug?: string }][];
      const types = heard.map(([type]) => type);
      expect(types).toEqual(["path-change", "progress-change", "path-change", "skill-select"]);
      expect(heard[1]?.[1].known).toHaveLength(1);
      expect(
        await page.evaluate("getComputedStyle(document.querySelector('skill-roadmap')).backgroundColor"),
      ).toBe("rgb(19, 23, 22)");
    }));

  test("shows what stands inside the element where there is no script", () =>
    onPage({ javaScriptEnabled: false }, async (page) => {
      foreign.body = `<skill-roadmap role="designer"><a href="${server.url}/roles/designer">Designer</a></skill-roadmap>`;
      await page.goto(foreign.origin);
      expect(await page.getByRole("link", { name: "Designer" }).isVisible()).toBe(true);
    }));

  test("shows a roadmap in a frame, which tells its height to the page around it alone", () =>
    onPage({}, async (page) => {
      foreign.body = `<script nonce="own">window.sizes = []; addEventListener("message", ({ data, origin }) => { sizes.push({ ...data, origin }); document.querySelector("iframe").height = data.height; });</script>
<iframe src="${server.url}/embed/roles/designer?known=creativity&theme=light" title="Designer" height="50" width="500"></iframe>`;
      await page.goto(foreign.origin);
      await expect.poll(() => page.evaluate("window.sizes.length")).toBeGreaterThan(0);
      const [size] = (await page.evaluate("window.sizes")) as {
        type: string;
        height: number;
        origin: string;
      }[];
      expect(size).toMatchObject({ type: "skills-graph:resize", origin: server.url });
      expect(size!.height).toBeGreaterThan(150);
      expect(await page.frameLocator("iframe").locator("li.known").innerText()).toContain("Creativity");
    }));
});

test("a skill called <img onerror> and a resource of javascript: do nothing", async () => {
  const name = "<img src=x onerror=alert(1)>";
  const api: TestApi = await openApi({
    skills: [{ slug: "evil", name, hours: 1, summary: name }],
    resources: [{ slug: "bad", name, kind: "BOOK", teaches: ["evil"], url: "https://example.org" }],
    roles: [{ slug: "victim", name, requires: "evil" }],
  });
  try {
    // No file may say so: only somebody with the database can.
    await api.store.prisma.resource.updateMany({ data: { url: "javascript:alert(1)" } });
    for (const path of [
      "/",
      "/skills/evil",
      "/roles/victim",
      "/path?role=victim&view=graph",
      "/embed/roles/victim?view=graph",
      "/roles/victim.svg",
      "/search?q=img",
      "/skills/evil?expand=evil",
      "/path?role=victim&known=evil",
      "/compare?from=victim&to=victim",
      "/embed?role=victim",
    ])
      await onPage({}, async (page) => {
        const answer = await page.goto(api.url + path);
        expect(answer?.status(), `${path}: ${await answer?.text()}`).toBe(200);
        expect(await page.locator("img").count(), path).toBe(0);
        expect(await page.locator('a[href^="javascript"]').count(), path).toBe(0);
      });
    await harmlessElsewhere(api.url, name);
  } finally {
    await api.close();
  }
});

/** The same name in the element and in the code of oEmbed, on a page that would run whatever becomes markup. */
async function harmlessElsewhere(url: string, name: string): Promise<void> {
  const site = await openForeignSite(url);
  try {
    const oembed = await (
      await fetch(`${url}/oembed?url=${encodeURIComponent(`${url}/roles/victim`)}`)
    ).json();
    expect(oembed.title).toBe(name);
    site.body = `${oembed.html}<script type="module" src="${url}/embed/v1.js"></script><skill-roadmap role="victim"></skill-roadmap>`;
    await onPage({}, async (page) => {
      await page.goto(site.origin);
      const element = page.locator("skill-roadmap");
      await element.locator("li").first().waitFor();
      expect(await element.locator("h2").innerText()).toBe(name);
      expect(await element.locator("img").count()).toBe(0);
      expect(await page.locator("img").count()).toBe(0);
      expect(await page.locator("iframe").getAttribute("title")).toBe(name);
      expect(await page.frameLocator("iframe").locator("img").count()).toBe(0);
    });
  } finally {
    site.close();
  }
}
