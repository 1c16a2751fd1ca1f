import { afterEach, beforeEach, expect, type MockInstance, vi } from "vitest";

/**
 * Every test of the file fails when a library prints a warning or an error: caches tell by these that data was lost
 * or could not be stored.
 */
export function expectSilence(): void {
  let spies: readonly MockInstance[] = [];
  beforeEach(() => {
    spies = [
      vi.spyOn(console, "warn").mockImplementation(() => {}),
      vi.spyOn(console, "error").mockImplementation(() => {}),
    ];
  });
  afterEach(() => {
    const printed = spies.flatMap((spy) => spy.mock.calls);
    for (const spy of spies) spy.mockRestore();
    expect(printed).toEqual([]);
  });
}
