import type { Browser, Page } from "playwright-core";
import { openBrowser } from "../support/browser.ts";
import { buildSource } from "../support/built.ts";
import { startTestServer } from "../support/http.ts";
import { median } from "./measure.ts";
import type { Row } from "./report.ts";
import { untilStopped } from "./running.ts";

/** What a first visitor has: 10 Mbit/s, and a processor that is four times slower than this one. */
const BYTES_PER_SECOND = 10_000_000 / 8;
const SLOWER = 4;

const PATH = "/path?role=backend-developer&weeklyHours=10&startOn=2027-01-04";
const EMBED = "/embed/roles/backend-developer";

/** Remembers when something was painted, what shifted, and when the page could be used: its last script has run. */
const WATCH = `window.seen = { shift: 0 };
new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) seen.shift += entry.value; }).observe({ type: "layout-shift", buffered: true });
addEventListener("DOMContentLoaded", () => { seen.usable = performance.now(); });`;

/** How quick pages are for people: what they read, use and change. Sizes and shifts are tests as well. */
export async function benchExplorer({ rounds }: { readonly rounds: number }): Promise<Row[]> {
  buildSource();
  const server = await startTestServer();
  const browser = await openBrowser();
  const stop = untilStopped(async () => {
    await browser.close();
    await server.close();
  });
  try {
    const visits: Visit[] = [];
    const embeds: Visit[] = [];
    const ticks: number[] = [];
    // The first of each finds the server cold, as nobody does but its first visitor.
    for (let round = 0; round <= rounds; round++) {
      visits.push(await visit(browser, server.url + PATH, async (page) => ticks.push(...(await tick(page)))));
      embeds.push(await visit(browser, server.url + EMBED));
    }
    const of = (list: readonly Visit[], name: keyof Visit) => median(list.slice(1).map((each) => each[name]));
    const note = `10 Mbit/s, ${SLOWER} × slower, median of ${rounds}`;
    return [
      {
        what: "Explorer: script of a first view",
        figure: of(visits, "script") / 1000,
        unit: "KB",
        goal: { atMost: 60, aim: 20 },
      },
      {
        what: "Explorer: a path readable",
        figure: of(visits, "readable"),
        unit: "ms",
        goal: { atMost: 500, aim: 300 },
        note,
      },
      {
        what: "Explorer: a path usable",
        figure: of(visits, "usable"),
        unit: "ms",
        goal: { atMost: 1_000, aim: 500 },
        note,
      },
      {
        what: "Explorer: layout shift of a path",
        figure: of(visits, "shift"),
        unit: "",
        goal: { atMost: 0.02, aim: 0 },
      },
      {
        what: "Explorer: layout shift of an embed",
        figure: of(embeds, "shift"),
        unit: "",
        goal: { atMost: 0, aim: 0 },
      },
      {
        what: "Explorer: an embed readable",
        figure: of(embeds, "readable"),
        unit: "ms",
        goal: { atMost: 500, aim: 300 },
        note,
      },
      {
        what: "Explorer: a tick solved again and painted",
        figure: median(ticks),
        unit: "ms",
        goal: { atMost: 100, aim: 50 },
        note: `at full speed, each another skill; ${ticks.length} ticks`,
      },
    ];
  } finally {
    await stop();
  }
}

interface Visit {
  readonly readable: number;
  readonly usable: number;
  readonly shift: number;
  /** Bytes of script that travelled. */
  readonly script: number;
}

async function visit(
  browser: Browser,
  url: string,
  then: (page: Page) => Promise<unknown> = async () => {},
): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    const devTools = await context.newCDPSession(page);
    await devTools.send("Network.emulateNetworkConditions", {
      offline: false,
      latency: 0,
      downloadThroughput: BYTES_PER_SECOND,
      uploadThroughput: BYTES_PER_SECOND,
    });
    await devTools.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
    const sizes: Promise<number>[] = [];
    page.on("requestfinished", (request) => {
      if (request.resourceType() === "script")
        sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
    });
    await page.addInitScript(WATCH);
    await page.goto(url, { waitUntil: "networkidle" });
    const { usable, shift, readable } = (await page.evaluate(
      "({ ...seen, readable: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN })",
    )) as Omit<Visit, "script">;
    const script = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    await devTools.send("Emulation.setCPUThrottlingRate", { rate: 1 });
    await then(page);
    return { readable, usable, shift, script };
  } finally {
    await context.close();
  }
}

/** How many steps are ticked off one after the other. */
const TICKS = 5;

/** Ticks off steps, and tells the milliseconds from each click until the new path was painted. */
async function tick(page: Page): Promise<number[]> {
  const took: number[] = [];
  for (let times = 0; times < TICKS; times++)
    took.push(
      Number(
        await page.evaluate(`new Promise((resolve) => {
          const main = document.querySelector("main");
          const boxes = [...document.querySelectorAll(".step:not(.known) .tick input")];
          const begun = performance.now();
          new MutationObserver((_, observer) => {
            observer.disconnect();
            requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begun)));
          }).observe(main, { childList: true, subtree: true, characterData: true });
          boxes[${times * 7}].click();
        })`),
      ),
    );
  return took;
}
