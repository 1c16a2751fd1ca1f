import { mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import axe from "axe-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApi, type TestApi } from "../support/api.ts";
import { type ForeignSite, openForeignSite } from "../support/browser.ts";
import { useExplorer } from "../support/explorer.ts";

/** The explorer as people use it, in a real browser: with script and without, by keyboard, on foreign pages. */

/** Where pictures of the views are left for those who look at a run. */
const SHOTS = join(tmpdir(), "skills-graph-explorer");
/** The script of a first view may be this large, compressed. */
const MAX_SCRIPT_BYTES = 60_000;

const explorer = useExplorer();
const { onPage } = explorer;
beforeAll(() => {
  mkdirSync(SHOTS, { recursive: true });
});

test("searches by keyboard alone", () =>
  onPage({}, async (page) => {
    await page.goto(explorer.url);
    await page.getByLabel("A role, a skill or a project").focus();
    await page.keyboard.type("pyth");
    await page.locator('.hero [role="option"]').first().waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/(skills|roles)\/python/);
  }));

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

/** All of what axe knows in light; what other colours can break is the contrast. */
const RULES = { light: "{}", dark: '{ runOnly: ["color-contrast", "link-in-text-block"] }' } as const;

describe.each(["light", "dark"] as const)("in %s colours", (colorScheme) => {
  test.each(VIEWS)("%s has nothing that axe finds", (name, path) =>
    onPage({ colorScheme }, async (page) => {
      await page.goto(explorer.url + path);
      await page.screenshot({ path: join(SHOTS, `${name}-${colorScheme}.png`) });
      await page.evaluate(axe.source);
      const found = await page.evaluate(
        `axe.run(${RULES[colorScheme]}).then(({ violations, passes }) => ({ checked: passes.length, violations: violations.map(({ id, nodes }) => [id, ...nodes.slice(0, 3).map(({ html }) => html)]) }))`,
      );
      expect(found).toEqual({ checked: expect.toSatisfy((rules) => rules > 0), violations: [] });
    }),
  );
});

/** What is too small for a finger: less than 24 pixels, and no link in a line of text. Labels are part of what they name. */
const TOO_SMALL = `[...document.querySelectorAll("a[href], button, input, select, summary, textarea")].flatMap((each) => {
  const target = each.closest("label") ?? each;
  const { width, height } = target.getBoundingClientRect();
  const isInText = getComputedStyle(target).display === "inline";
  const isDrawn = each.closest("svg, .skip, .visually-hidden") !== null;
  return width === 0 || isInText || isDrawn || (width >= 24 && height >= 24) ? [] : [each.outerHTML.slice(0, 120)];
})`;

test.each(VIEWS)("%s fits a screen of 320 pixels, fingers, and text of twice the size", (name, path) =>
  onPage(
    { viewport: { width: 320, height: 640 }, isMobile: true, javaScriptEnabled: false },
    async (page) => {
      await page.goto(explorer.url + path);
      await page.screenshot({ path: join(SHOTS, `${name}-phone.png`) });
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(320);
      expect(await page.evaluate(TOO_SMALL)).toEqual([]);
      await page.setViewportSize({ width: 640, height: 640 });
      await page.evaluate("document.documentElement.style.fontSize = '200%'");
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(640);
    },
  ),
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
    await page.goto(`${explorer.url}/path?role=backend-developer`, { waitUntil: "networkidle" });
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
      await page.goto(explorer.url + path, { waitUntil: "networkidle" });
      expect(await page.evaluate("window.shift")).toBe(0);
    }),
);

describe("an integrator", () => {
  let foreign: ForeignSite;
  beforeAll(async () => {
    foreign = await openForeignSite(explorer.url);
  });
  afterAll(() => foreign.close());

  test("shows what stands inside the element where there is no script", () =>
    onPage({ javaScriptEnabled: false }, async (page) => {
      foreign.body = `<skill-roadmap role="designer"><a href="${explorer.url}/roles/designer">Designer</a></skill-roadmap>`;
      await page.goto(foreign.origin);
      expect(await page.getByRole("link", { name: "Designer" }).isVisible()).toBe(true);
    }));

  test("shows a roadmap in a frame, which tells its height to the page around it alone", () =>
    onPage({}, async (page) => {
      foreign.body = `<script nonce="own">window.sizes = []; addEventListener("message", ({ data, origin }) => { sizes.push({ ...data, origin }); document.querySelector("iframe").height = data.height; });</script>
<iframe src="${explorer.url}/embed/roles/designer?known=creativity&theme=light" title="Designer" height="50" width="500"></iframe>`;
      await page.goto(foreign.origin);
      await expect.poll(() => page.evaluate("window.sizes.length")).toBeGreaterThan(0);
      const [size] = (await page.evaluate("window.sizes")) as {
        type: string;
        height: number;
        origin: string;
      }[];
      expect(size).toMatchObject({ type: "skills-graph:resize", origin: explorer.url });
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
