import chromium from "@sparticuz/chromium";
import { type Browser, chromium as launcher, type Request } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildSource } from "../support/built.ts";
import { CORE_ANSWER } from "../support/core-answer.ts";
import { startTestServer, type TestServer } from "../support/http.ts";

/** The playground as a newcomer opens it: in a real browser that knows nothing of it. */

/** What may travel until it answers: two seconds at 4 Mbit/s. */
const MAX_BYTES = 900_000;

let server: TestServer;
let browser: Browser;
beforeAll(async () => {
  buildSource();
  server = await startTestServer();
  browser = await launcher.launch({ executablePath: await chromium.executablePath(), args: chromium.args });
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

test("the first click answers, little travels, and a reload shows the same tab", async () => {
  const page = await browser.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(message.text());
  });
  const requests: Request[] = [];
  page.on("requestfinished", (request) => requests.push(request));

  await page.goto(`${server.url}/playground`);
  // Nobody clicks before the editor is there, however slow the machine.
  await page.getByText("learningPath").first().waitFor();
  await page.getByRole("button", { name: /execute/i }).click();
  await page.getByText(`"totalHours": ${CORE_ANSWER.hours}`).waitFor();
  const sizes = await Promise.all(requests.map((request) => request.sizes()));
  const travelled = sizes.reduce((sum, size) => sum + size.responseBodySize + size.responseHeadersSize, 0);
  expect(travelled).toBeGreaterThan(100_000);
  expect(travelled).toBeLessThan(MAX_BYTES);

  await page.reload();
  await page.getByText("learningPath").first().waitFor();
  expect(await page.locator(".graphiql-tab").allInnerTexts()).toEqual(["Path"]);
  expect(faults).toEqual([]);
});

test("its files are compressed, kept for ever, and found by the names that the page gives", async () => {
  const page = await fetch(`${server.url}/playground`);
  const etag = page.headers.get("etag") ?? "";
  const again = await fetch(`${server.url}/playground`, { headers: { "if-none-match": etag } });
  expect(again.status).toBe(304);
  const names = (await page.text()).match(/\/playground\/assets\/[\w.-]+/g) ?? [];
  expect(names).toHaveLength(2);
  for (const name of names) {
    const asset = await fetch(`${server.url}${name}`, { headers: { "accept-encoding": "br" } });
    expect(asset.status).toBe(200);
    expect(asset.headers.get("content-encoding")).toBe("br");
    expect(asset.headers.get("cache-control")).toContain("immutable");
  }
  for (const name of ["client.js", "../main.js", "%2e%2e/main.js", "client-AAAAAAAA.js"])
    expect((await fetch(`${server.url}/playground/assets/${name}`)).status).toBe(404);
});
