import { spawnSync } from "node:child_process";
import fc from "fast-check";
import ICAL from "ical.js";
import { describe, expect, it } from "vitest";
import { type CalendarEvents, calendarOf as calendarSteps } from "../../src/interchange/calendar.ts";
import type { ExportedItem, ExportedPlan } from "../../src/interchange/exported-plan.ts";
import { runToEnd } from "../support/run-to-end.ts";
import { exampleItems, examplePlan } from "./example-plan.ts";

const calendarOf = (plan: ExportedPlan, events: CalendarEvents = "ITEM") =>
  runToEnd(calendarSteps(plan, events));

interface Parsed {
  readonly uid: string;
  readonly summary: string;
  readonly start: string;
  readonly lastDay: string;
  readonly isDate: boolean;
  readonly component: ICAL.Component;
}

function parse(text: string): { calendar: ICAL.Component; events: Parsed[] } {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const events = calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    const lastDay = event.endDate.clone();
    lastDay.adjust(-1, 0, 0, 0);
    return {
      uid: event.uid,
      summary: event.summary,
      start: event.startDate.toString(),
      lastDay: lastDay.toString(),
      isDate: event.startDate.isDate && event.endDate.isDate,
      component,
    };
  });
  return { calendar, events };
}

const item: fc.Arbitrary<ExportedItem> = fc.record(
  {
    kind: fc.constantFrom("SKILL", "PROJECT"),
    slug: fc.stringMatching(/^[a-z0-9]{1,10}$/),
    name: fc.string({ minLength: 1, unit: "binary" }),
    cost: fc.integer({ min: 0, max: 3_000 }),
    summary: fc.string({ unit: "binary" }),
    reason: fc.string(),
    resources: fc.array(fc.record({ name: fc.string(), url: fc.oneof(fc.webUrl(), fc.string()) }), {
      maxLength: 3,
    }),
  },
  { requiredKeys: ["kind", "slug", "name", "cost"] },
);
const items = fc.uniqueArray(item, { selector: ({ kind, slug }) => `${kind} ${slug}`, maxLength: 6 });

describe("calendarOf", () => {
  it("says that a subscriber may ask again once a day", () => {
    const { calendar } = parse(calendarOf(examplePlan()));
    expect(calendar.getFirstPropertyValue("refresh-interval")?.toString()).toBe("P1D");
  });

  it("is read by another parser as all-day events on the scheduled dates", () => {
    fc.assert(
      fc.property(items, (given) => {
        const plan = examplePlan(given);
        const { events } = parse(calendarOf(plan));
        expect(events.map(({ start, lastDay }) => [start, lastDay])).toEqual(
          plan.schedule!.items.map(({ startOn, endOn }) => [startOn, endOn]),
        );
        expect(events.every(({ isDate }) => isDate)).toBe(true);
        expect(new Set(events.map(({ uid }) => uid)).size).toBe(given.length);
        // What a row says stays text: it adds no property.
        for (const { component } of events)
          expect(component.getAllProperties().map(({ name }) => name)).not.toContain("attendee");
      }),
      { numRuns: 150 },
    );
  });

  it("writes each week's part with its hours, on days of that week", () => {
    fc.assert(
      fc.property(items, (given) => {
        const plan = examplePlan(given);
        const { events } = parse(calendarOf(plan, "WEEK"));
        const parts = plan.schedule!.weeks.flatMap((week) => week.items.map((part) => ({ week, ...part })));
        expect(events).toHaveLength(parts.length);
        expect(new Set(events.map(({ uid }) => uid)).size).toBe(parts.length);
        for (const [index, { week, item: which }] of parts.entries()) {
          const { start, lastDay } = events[index]!;
          const { startOn, endOn } = plan.schedule!.items[which]!;
          expect(start >= week.startsOn && start >= startOn).toBe(true);
          expect(lastDay <= endOn && lastDay >= start).toBe(true);
          expect(Date.parse(lastDay) - Date.parse(week.startsOn)).toBeLessThan(7 * 86_400_000);
        }
      }),
      { numRuns: 100 },
    );
  });

  it("is what importers ask for: lines folded and ended, names and links escaped, a stamp, a sequence", () => {
    const text = calendarOf(examplePlan());
    expect(text.endsWith("END:VCALENDAR\r\n")).toBe(true);
    expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    for (const line of text.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    const { calendar, events } = parse(text);
    expect(calendar.getFirstPropertyValue("version")).toBe("2.0");
    expect(calendar.getFirstPropertyValue("method")).toBe("PUBLISH");
    expect(calendar.getFirstPropertyValue("x-wr-calname")).toContain("Backend");
    const [first] = events;
    expect(first!.summary).toBe("Learn: Python, the *language*; \\ and [more] (15.5 h)");
    expect(first!.component.getFirstPropertyValue("description")).toBe(
      "A language. ATTENDEE:mailto:someone@example.org\nDjango needs it.\n- A course: https://example.org/\n- A book: https://example.org/a?b=1,2;3\n- A trap",
    );
    expect(first!.component.getFirstPropertyValue("url")).toBe("https://example.org/a?b=1%2C2%3B3");
    expect(first!.component.getFirstPropertyValue("transp")).toBe("TRANSPARENT");
    expect(String(first!.component.getFirstPropertyValue("dtstamp"))).toBe("2028-01-31T10:11:12Z");
  });

  it("gives equal bytes for equal plans, wherever and whenever they are written", () => {
    const program =
      'const { calendarOf } = await import("./src/interchange/calendar.ts");' +
      'const { examplePlan } = await import("./tests/interchange/example-plan.ts");' +
      'const { runToEnd } = await import("./tests/support/run-to-end.ts");' +
      "process.stdout.write(runToEnd(calendarOf(examplePlan(), 'ITEM')));";
    for (const zone of ["Pacific/Kiritimati", "America/St_Johns"]) {
      const { stdout, stderr } = spawnSync(
        process.execPath,
        ["--import", "tsx", "--input-type=module", "--eval", program],
        { encoding: "utf8", env: { ...process.env, TZ: zone } },
      );
      expect(stderr).toBe("");
      expect(stdout).toBe(calendarOf(examplePlan()));
    }
  });

  it("keeps the UIDs when dates and hours change, and changes them with the plan", () => {
    const uids = (plan = examplePlan()) => parse(calendarOf(plan)).events.map(({ uid }) => uid);
    const later = examplePlan(
      exampleItems.map((entry) => ({ ...entry, cost: entry.cost + 100 })),
      { startOn: "2029-01-01", effort: { weekly: 300 } },
    );
    expect(uids(later)).toEqual(uids());
    expect(uids({ ...examplePlan(), key: "role:frontend-developer" })).not.toEqual(uids());
  });

  it("replaces the events of an earlier export, also where the plan starts earlier now", () => {
    const versionsOf = (text: string) =>
      parse(text).events.map(({ uid, component }) => ({
        uid,
        sequence: Number(component.getFirstPropertyValue("sequence")),
        stamp: String(component.getFirstPropertyValue("dtstamp")),
      }));
    const before = examplePlan();
    const [old] = versionsOf(calendarOf(before));
    expect(old!.sequence).toBeLessThan(2 ** 31);
    const moved = examplePlan(exampleItems, { startOn: "2028-02-07", effort: { weekly: 1_000 } });
    const [later] = versionsOf(calendarOf({ ...moved, computedAt: new Date("2028-02-01T00:00:00Z") }));
    expect(later!.uid).toBe(old!.uid);
    expect(later!.sequence).toBeGreaterThan(old!.sequence);
    expect(later!.stamp > old!.stamp).toBe(true);
    const [newer] = versionsOf(calendarOf({ ...before, revision: before.revision + 1 }));
    expect(newer!.sequence).toBeGreaterThan(old!.sequence);
  });

  it("writes an empty plan, and the last day of the calendar", () => {
    expect(parse(calendarOf(examplePlan([]))).events).toEqual([]);
    const last = examplePlan([{ kind: "SKILL", slug: "end", name: "End", cost: 1 }], {
      startOn: "9999-12-31",
      effort: { weekly: 700 },
    });
    for (const events of ["ITEM", "WEEK"] as const) {
      expect(calendarOf(last, events)).toContain("DTSTART;VALUE=DATE:99991231");
      // One day, as RFC 5545 reads it.
      expect(calendarOf(last, events)).not.toContain("DTEND");
    }
  });

  it("refuses a plan without dates and dates of another plan", () => {
    expect(() => calendarOf({ ...examplePlan(), schedule: undefined })).toThrow("without dates");
    expect(() => calendarOf({ ...examplePlan(), items: [] })).toThrow("expected a schedule of 0 items");
  });
});
