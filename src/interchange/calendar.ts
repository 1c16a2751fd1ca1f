import { createHash } from "node:crypto";
import ical, { ICalCalendarMethod, ICalEventBusyStatus, ICalEventTransparency } from "ical-generator";
import { formatDate, LAST_DAY, parseDate } from "../planning/time/calendar-date.ts";
import type { Schedule } from "../planning/time/schedule.ts";
import { type ExportedItem, type ExportedPlan, hoursOf, oneLine, safeLink } from "./exported-plan.ts";

/** What one event stands for: a whole item, or the part of an item that falls into one week, with its hours. */
export type CalendarEvents = "ITEM" | "WEEK";

/** Ends every UID, as RFC 7986 asks: nothing is fetched from there. */
const UID_DOMAIN = "skills-graph.invalid";
/** Names the writer of the file. */
const PRODUCT = { company: "skills-graph", product: "learning-plan", language: "EN" };

/**
 * A scheduled plan as an iCalendar file (RFC 5545): all-day events in the plan's order, which leave the
 * learner's time free and have no time zone. Equal plans give equal bytes.
 *
 * UIDs come from the plan's key and the item's kind and slug (and, by week, the number of its part), so that a
 * later export moves the events that a calendar has. DTSTAMP is no clock: it is the plan's first day plus a
 * second per revision, and SEQUENCE is the revision, so that a newer revision replaces an older one.
 *
 * Throws an Error on a plan without a schedule and on a schedule of other items.
 */
export function calendarOf(plan: ExportedPlan, events: CalendarEvents = "ITEM"): string {
  const { schedule } = plan;
  if (schedule === undefined) throw new Error("expected a plan with a schedule, got one without dates");
  if (schedule.items.length !== plan.items.length)
    throw new Error(`expected a schedule of ${plan.items.length} items, got one of ${schedule.items.length}`);

  const stamp = new Date(atMidnight(schedule.startOn).getTime() + plan.revision * 1_000);
  const calendar = ical({
    prodId: PRODUCT,
    method: ICalCalendarMethod.PUBLISH,
    // The library writes the name as it stands.
    name: escaped(oneLine(plan.title)),
  });
  const parts = events === "ITEM" ? wholeItems(schedule) : partsByWeek(schedule);
  for (const part of parts) {
    const item = plan.items[part.item]!;
    const url = item.resources?.map((resource) => safeLink(resource.url)).find((link) => link !== undefined);
    const description = descriptionOf(item);
    calendar.createEvent({
      id: uid(plan.key, item, part.number),
      stamp,
      sequence: plan.revision,
      allDay: true,
      start: atMidnight(part.startOn),
      end: dayAfter(part.endOn),
      summary: summaryOf(item, part.cost, events),
      ...(description === "" ? {} : { description }),
      ...(url === undefined ? {} : { url: urlProperty(url) }),
      transparency: ICalEventTransparency.TRANSPARENT,
      busystatus: ICalEventBusyStatus.FREE,
      categories: [{ name: item.kind === "PROJECT" ? "Project" : "Skill" }],
    });
  }
  return `${calendar.toString()}\r\n`;
}

interface Part {
  readonly item: number;
  /** From 1 within its item; absent for a whole one. */
  readonly number?: number;
  readonly startOn: string;
  readonly endOn: string;
  readonly cost: number | undefined;
}

function wholeItems(schedule: Schedule): Part[] {
  return schedule.items.map(({ item, startOn, endOn }) => ({ item, startOn, endOn, cost: undefined }));
}

/** Each item's share of each week, on the days of the item that lie in the week. */
function partsByWeek(schedule: Schedule): Part[] {
  const parts: Part[] = [];
  const numbers = new Map<number, number>();
  for (const week of schedule.weeks) {
    const sunday = formatDate(Math.min(parseDate(week.startsOn)! + 6, LAST_DAY));
    for (const { item, cost } of week.items) {
      const number = (numbers.get(item) ?? 0) + 1;
      numbers.set(item, number);
      const whole = schedule.items[item]!;
      parts.push({
        item,
        number,
        startOn: [whole.startOn, week.startsOn].sort()[1]!,
        endOn: [whole.endOn, sunday].sort()[0]!,
        cost,
      });
    }
  }
  return parts;
}

function uid(key: string, item: ExportedItem, number: number | undefined): string {
  const identity = JSON.stringify([key, item.kind, item.slug, number ?? 0]);
  return `${createHash("sha256").update(identity).digest("hex").slice(0, 32)}@${UID_DOMAIN}`;
}

function summaryOf(item: ExportedItem, cost: number | undefined, events: CalendarEvents): string {
  const what = `${item.kind === "PROJECT" ? "Project" : "Learn"}: ${oneLine(item.name)}`;
  if (events === "ITEM" || cost === item.cost) return `${what} (${hoursOf(item.cost)})`;
  return `${what} (${hoursOf(cost ?? 0)} of ${hoursOf(item.cost)})`;
}

function descriptionOf(item: ExportedItem): string {
  const lines = [item.summary, item.reason].flatMap((text) => (text ? [oneLine(text)] : []));
  for (const resource of item.resources ?? []) {
    const link = safeLink(resource.url);
    lines.push(link === undefined ? `- ${oneLine(resource.name)}` : `- ${oneLine(resource.name)}: ${link}`);
  }
  return lines.join("\n");
}

/** The library reads the UTC date of an all-day event that has no time zone. */
function atMidnight(date: string): Date {
  return new Date(`${date}T00:00:00Z`);
}

/** All-day events end on the day after; the last day of the calendar has none. */
function dayAfter(date: string): Date {
  return atMidnight(formatDate(Math.min(parseDate(date)! + 1, LAST_DAY)));
}

/** The library escapes URLs as if they were text, which readers do not undo: nothing to escape may be left. */
function urlProperty(url: string): string {
  return url.replace(/[,;\\]/g, (character) => encodeURIComponent(character));
}

/** TEXT as RFC 5545 escapes it. */
function escaped(text: string): string {
  return text.replace(/[\\;,]/g, (character) => `\\${character}`);
}
