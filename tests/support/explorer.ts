import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { onPage, openBrowser } from "./browser.ts";
import { buildSource } from "./built.ts";
import { startTestServer, type TestServer } from "./http.ts";

/** The explorer of the shipped seeds in a browser, for all tests of a file. */
export interface Explorer {
  /** Where the server is. */
  readonly url: string;
  /** Does something on a fresh page, and expects that nothing went wrong on it. */
  onPage(options: BrowserContextOptions, use: (page: Page) => Promise<void>): Promise<void>;
}

/** Starts a server and a browser before the tests of a file, and stops them after. */
export function useExplorer(): Explorer {
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
  return {
    get url() {
      return server.url;
    },
    onPage: (options, use) => onPage(browser, options, use),
  };
}
