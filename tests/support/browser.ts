import { createServer } from "node:http";
import chromium from "@sparticuz/chromium";
import { type Browser, type BrowserContextOptions, chromium as launcher, type Page } from "playwright-core";
import { expect } from "vitest";

/** Starts the browser that tests look at pages with. */
export async function openBrowser(): Promise<Browser> {
  return launcher.launch({
    executablePath: await chromium.executablePath(),
    // Not the package's own arguments: they turn web security off, and end the browser with its first page.
    args: ["--no-sandbox", "--disable-gpu", "--font-render-hinting=none"],
  });
}

/** Does something on a fresh page, and expects that nothing went wrong on it. */
export async function onPage(
  browser: Browser,
  options: BrowserContextOptions,
  use: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => {
    // That the page itself is missing is what was asked for.
    const isMissing = message.location().url === page.url() && message.text().includes("status of 404");
    if (message.type() === "error" && !isMissing) faults.push(message.text());
  });
  page.on("dialog", (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  try {
    await use(page);
    expect(faults).toEqual([]);
  } finally {
    await context.close();
  }
}

/** Somebody else's site, which allows nothing but its own page and what comes from the graph's server. */
export interface ForeignSite {
  readonly origin: string;
  /** What its only page has below its title. Its own scripts have the nonce `own`. */
  body: string;
  close(): void;
}

export async function openForeignSite(graphUrl: string): Promise<ForeignSite> {
  const site = { origin: "", body: "", close: () => {} };
  const server = createServer((_request, response) => {
    const policy = `default-src 'none'; script-src ${graphUrl} 'nonce-own'; connect-src ${graphUrl}; frame-src ${graphUrl}; style-src 'nonce-own'; img-src data:`;
    response.writeHead(200, { "content-type": "text/html", "content-security-policy": policy });
    response.end(`<!doctype html><title>Host</title><link rel="icon" href="data:,">${site.body}`);
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  const address = server.address();
  site.origin = `http://localhost:${typeof address === "object" ? address?.port : ""}`;
  site.close = () => void server.close();
  return site;
}

/** The most times that Tab is pressed to get somewhere: a long path has some hundred places. */
const MAX_TABS = 900;

/** Goes to the next place whose accessible text matches, by Tab alone. */
export async function tabTo(page: Page, text: RegExp): Promise<void> {
  for (let tabs = 0; tabs < MAX_TABS; tabs++) {
    await page.keyboard.press("Tab");
    const here = await page.evaluate(
      `(() => { let e = document.activeElement; while (e?.shadowRoot?.activeElement) e = e.shadowRoot.activeElement;
        return [e?.ariaLabel, e?.labels?.[0]?.innerText, e?.innerText, e?.textContent].filter(Boolean).map((text) => text.trim())[0] ?? ""; })()`,
    );
    if (text.test(String(here))) return;
  }
  throw new Error(`expected ${text} within ${MAX_TABS} places`);
}
