import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { Budgets } from "../../src/http/budgets.ts";
import { Gate } from "../../src/http/gate.ts";
import { FAIR_COST, MAX_LATER_MS, RATE_WINDOW_SECONDS, REQUEST_COST } from "../../src/http/limits.ts";

test("work of whoever has caused much counts as come later, one piece after the other", async () => {
  const gate = new Gate({ rateLimit: 6_000_000, trustedProxies: ["127.0.0.1"] });
  const laterOf = async (address: string, cost: number) => {
    const request = new IncomingMessage(new Socket());
    request.headers["x-forwarded-for"] = address;
    Object.defineProperty(request.socket, "remoteAddress", { value: "127.0.0.1" });
    const later = (await gate.charge(request, cost)) - performance.now();
    return { seconds: later / 1_000, request };
  };
  expect((await laterOf("192.0.2.1", FAIR_COST)).seconds).toBeLessThanOrEqual(0);
  // What may cost as much again counts only once it is done.
  expect((await laterOf("192.0.2.1", 1)).seconds).toBeLessThanOrEqual(0);
  const first = await laterOf("192.0.2.1", 20_000);
  expect(first.seconds).toBeCloseTo(2, 0);
  // By no more than the most.
  expect((await laterOf("192.0.2.1", 5_000_000)).seconds).toBeCloseTo(2 + MAX_LATER_MS / 1_000, 0);
  // What the first did not cost it does not wait for either, and what was used besides it waits for.
  gate.settle(first.request, 20_000, 0);
  gate.settle(first.request, 0, 10_000);
  expect((await laterOf("192.0.2.1", 0)).seconds).toBeCloseTo(1 + MAX_LATER_MS / 1_000, 0);
  for (let time = 0; time < 3; time++) {
    const { seconds, request } = await laterOf("192.0.2.2", FAIR_COST);
    expect(seconds).toBeLessThanOrEqual(0);
    gate.settle(request, FAIR_COST, 1_000);
  }
  // Work that may cost more than is fair waits even when it is the first.
  expect((await laterOf("192.0.2.3", FAIR_COST + 1)).seconds).toBeGreaterThan(1);
  gate.close();
});

test("work that has waited keeps its place in the line", async () => {
  const gate = new Gate({ rateLimit: FAIR_COST });
  const request = new IncomingMessage(new Socket());
  const asked = performance.now() - 100;
  expect(await gate.charge(request, 10, asked)).toBe(asked);
  gate.close();
});

test("a large answer costs its bytes, stored or not; a small one no more than to ask", async () => {
  const gate = new Gate({ rateLimit: 100_000 });
  const request = new IncomingMessage(new Socket());
  await gate.admit(request);
  gate.countSent(request, 9_000);
  expect(await gate.left(request)).toMatchObject({ remaining: 100_000 - REQUEST_COST });
  gate.countSent(request, 2_000_000);
  expect(await gate.left(request)).toMatchObject({ remaining: 100_000 - 2_000 });
  gate.close();
});

test("what is given back after the minute has ended is not more than the budget", async () => {
  vi.useFakeTimers();
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const budgets = new Budgets(10_000);
  await budgets.take("a", 8_000);
  vi.advanceTimersByTime(1_000 * RATE_WINDOW_SECONDS + 1);
  budgets.settle("a", 8_000, 100);
  await vi.advanceTimersByTimeAsync(0);
  await budgets.take("a", 10_000);
  await expect(budgets.take("a", 1)).rejects.toThrow("at most 10000 cost");
  // Within the minute it is given back.
  await budgets.take("b", 8_000);
  budgets.settle("b", 8_000, 100);
  await vi.advanceTimersByTimeAsync(0);
  expect(await budgets.left("b")).toMatchObject({ remaining: 9_900 });
});
