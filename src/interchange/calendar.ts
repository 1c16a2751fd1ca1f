import { createHash } from "node:crypto";
import ical, { ICalCalendarMethod, ICalEventBusyStatus, ICalEventTransparency } from "ical-generator";
import { formatDate, LAST_DAY, parseDate } from "../planning/time/calendar-date.ts";
import type { Schedule } from "../planning/time/schedule.ts";
import {
  type ExportedItem,
  type ExportedPlan,
  hoursOf,
  ignoredIn,
  oneLine,
  safeLink,
} from "./exported-plan.ts";

/** What one event is: a whole item, from its first day to its last, or the hours of an item in one week. */
export type CalendarEvents = "ITEM" | "WEEK";

/** The host name in every UID, as RFC 7986 recommends. It is never contacted. */
const UID_DOMAIN = "skills-graph.invalid";
/** How often a calendar that was subscribed to may ask again: once a day. */
const REFRESH_SECONDS = 86_400;
/** SEQUENCE counts seconds from here, so that its 32 bits last until 2088. */
const SEQUENCE_EPOCH = Date.UTC(2020);
/** The program that writes the file. */
const PRODUCT = { company: "skills-graph", product: "learning-plan", language: "EN" };

/** The most events of one file: one a week for a hundred years. */
const MAX_EVENTS = 5_000;

/** How many events are written between two pauses: about five milliseconds. */
const EVENTS_AT_ONCE = 5;

/** A plan would need more events than a file may have. */
export class TooManyEventsError extends Error {}

/**
 * A scheduled plan as an iCalendar file (RFC 5545): all-day events without a time zone, in the order of the plan,
 * that do not mark the learner as busy. Equal plans give equal bytes. Pauses every few events, so that others can use
 * the thread.
 *
 * A UID is made from the key of the plan, the kind and slug of the item and, with an event a week, the number of
 * the part. So importing a later export moves existing events. Apps keep the version of an event with the higher
 * SEQUENCE, then the later DTSTAMP (RFC 5546), so both grow with the time at which the plan was computed, wherever its
 * dates move; of one second, the later revision wins.
 *
 * Throws an Error when the plan has no schedule, or the schedule another number of items, and `TooManyEventsError`.
 */
export function* calendarOf(plan: ExportedPlan, events: CalendarEvents): Generator<void, string> {
  const { schedule } = plan;
  if (schedule === undefined) throw new Error("expected a plan with a schedule, got one without dates");
  if (schedule.items.length !== plan.items.length)
    throw new Error(`expected a schedule of ${plan.items.length} items, got one of ${schedule.items.length}`);
  const parts = events === "ITEM" ? wholeItems(schedule) : partsByWeek(schedule);
  if (parts.length > MAX_EVENTS)
    throw new TooManyEventsError(
      `Expected a calendar of at most ${MAX_EVENTS} events, got ${parts.length}: ask for more hours a week, or for events=item.`,
    );
  let written = "";
  for (let at = 0; at < parts.length; at += EVENTS_AT_ONCE) {
    const text = calendarWith(plan, events, parts.slice(at, at + EVENTS_AT_ONCE));
    written += text.slice(text.indexOf(BEGIN), text.lastIndexOf(END) + END.length);
    yield;
  }
  const empty = calendarWith(plan, events, []);
  const end = empty.lastIndexOf("END:VCALENDAR");
  return `${empty.slice(0, end)}${written}${empty.slice(end)}\r\n`;
}

const BEGIN = "BEGIN:VEVENT\r\n";
const END = "END:VEVENT\r\n";

/** A calendar of some of the events. */
function calendarWith(plan: ExportedPlan, events: CalendarEvents, parts: readonly Part[]): string {
  const sequence = Math.floor((plan.computedAt.getTime() - SEQUENCE_EPOCH) / 1_000) + plan.revision;
  const calendar = ical({
    prodId: PRODUCT,
    method: ICalCalendarMethod.PUBLISH,
    ttl: REFRESH_SECONDS,
    // The library does not escape the name.
    name: escaped(oneLine(plan.title)),
    ...(plan.ignored.length > 0 && { description: ignoredIn(plan) }),
  });
  for (const part of parts) {
    const item = plan.items[part.item]!;
    const url = item.resources
      ?.map((resource) => safeLink(resource.url))
      .find((link) => link !== undefined && !isHomePage(link));
    const description = descriptionOf(item);
    calendar.createEvent({
      id: uid(plan.key, item, part.number),
      stamp: plan.computedAt,
      sequence,
      allDay: true,
      start: atMidnight(part.startOn),
      end: endOf(part),
      summary: summaryOf(item, part.cost, events),
      ...(description === "" ? {} : { description }),
      ...(url === undefined ? {} : { url: urlProperty(url) }),
      transparency: ICalEventTransparency.TRANSPARENT,
      busystatus: ICalEventBusyStatus.FREE,
      categories: [{ name: item.kind === "PROJECT" ? "Project" : "Skill" }],
    });
  }
  return calendar.toString();
}

interface Part {
  readonly item: number;
  /** Counted from 1 within its item; absent for a whole item. */
  readonly number?: number;
  readonly startOn: string;
  readonly endOn: string;
  readonly cost: number | undefined;
}

function wholeItems(schedule: Schedule): Part[] {
  return schedule.items.map(({ item, startOn, endOn }) => ({ item, startOn, endOn, cost: undefined }));
}

/** The part of each item that falls into each week, on those days of the item that the week has. */
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

/** The library takes the UTC date of all-day events without a time zone. */
function atMidnight(date: string): Date {
  return new Date(`${date}T00:00:00Z`);
}

/**
 * An all-day event ends on the day after its last one. The last possible date has no day after it: an event of that day
 * alone has no end, which means the same, and a longer one ends a day early.
 */
function endOf({ startOn, endOn }: Part): Date | undefined {
  const end = formatDate(Math.min(parseDate(endOn)! + 1, LAST_DAY));
  return end === startOn ? undefined : atMidnight(end);
}

/** Whether a link leads to the front of a site. That is no page about one skill, as the link of an event promises. */
function isHomePage(link: string): boolean {
  const { pathname, search, hash } = new URL(link);
  return pathname === "/" && search === "" && hash === "";
}

/** The library escapes URLs like text, and readers do not undo that. So no character to escape may be left. */
function urlProperty(url: string): string {
  return url.replace(/[,;\\]/g, (character) => encodeURIComponent(character));
}

/** A value of the type TEXT, escaped by RFC 5545. */
function escaped(text: string): string {
  return text.replace(/[\\;,]/g, (character) => `\\${character}`);
}
