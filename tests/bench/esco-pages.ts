import type { Browser, Page } from "playwright-core";
import { openBrowser } from "../support/browser.ts";
import { esco } from "../support/esco.ts";
import { launch } from "./launch.ts";
import { quantile } from "./measure.ts";
import type { Row } from "./report.ts";
import { untilStopped } from "./running.ts";

/** How many skills an analyst looks at, none of them twice. */
const LOOKED_AT = 30;
/** Looked at first, so that the code of server and browser is compiled. */
const WARM_UP = 5;
const GOAL = { atMost: 500, aim: 300 };

/** What an analyst does with each skill, in this order; each but the last leads to a page. */
const STEPS = ["a search", "the page of a skill", "what it needs alone", "its link copied"] as const;

/** How long an analyst of ESCO waits in a browser: from each click until the next page was painted, or the link copied. */
export async function benchEscoPages(dataDir: string): Promise<Row[]> {
  const { url, stop } = await launch({ DATA_DIR: dataDir, RATE_LIMIT: "off" });
  let close: (() => Promise<void>) | undefined;
  try {
    const browser = await openBrowser();
    close = untilStopped(() => browser.close());
    const page = await pageOf(browser, url);
    const skills = (esco().file.skills ?? []).filter(({ requires }) => requires !== undefined);
    const times: number[][] = [];
    for (let at = 0; at < WARM_UP + LOOKED_AT; at++) {
      const took = await look(page, url, skills[(at * 47) % skills.length]!);
      if (at >= WARM_UP) times.push(took);
    }
    return STEPS.map((step, at) => {
      const took = times.map((each) => each[at]!);
      return {
        what: `ESCO in a browser: ${step}`,
        figure: quantile(took, 0.95),
        unit: "ms",
        goal: GOAL,
        note: `95 of 100; median ${quantile(took, 0.5).toFixed(0)} ms; ${LOOKED_AT} skills, none asked before`,
      };
    });
  } finally {
    await close?.();
    await stop();
  }
}

async function pageOf(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: url });
  return context.newPage();
}

/** Milliseconds of each step. */
async function look(
  page: Page,
  url: string,
  { slug, name }: { slug: string; name: string },
): Promise<number[]> {
  await page.goto(`${url}/search?${new URLSearchParams({ q: name, kind: "skill" })}`);
  const search = await painted(page);
  await page.locator(`main a[href="/skills/${slug}"]`).first().click();
  await page.waitForURL(new RegExp(`/skills/${slug}$`));
  const skill = await painted(page);
  await page.getByRole("link", { name: "What it needs", exact: true }).click();
  await page.waitForURL(/depth=1/);
  const needs = await painted(page);
  const copied = await page.evaluate<number>(`new Promise((resolve, reject) => {
    const begun = performance.now();
    [...document.querySelectorAll(".tools button")].at(-1).click();
    const bar = () => document.querySelector(".bar")?.textContent.includes("copied") ? resolve(performance.now() - begun) : requestAnimationFrame(bar);
    bar();
  })`);
  const link = await page.evaluate("navigator.clipboard.readText()");
  if (link !== page.url()) throw new Error(`expected ${page.url()} to be copied, got ${link}`);
  return [search, skill, needs, copied];
}

/** When the page was first painted, from its navigation. */
async function painted(page: Page): Promise<number> {
  return page.evaluate<number>(`new Promise((resolve) => {
    const look = () => {
      const [paint] = performance.getEntriesByName("first-contentful-paint");
      if (paint === undefined) requestAnimationFrame(look);
      else resolve(paint.startTime);
    };
    look();
  })`);
}
