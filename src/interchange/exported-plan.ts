import type { Schedule } from "../planning/time/schedule.ts";

/** A plan with the texts that people read. The calendar and the checklist are written from it. */
export interface ExportedPlan {
  /** The name of the plan, such as "Backend developer". */
  readonly title: string;
  /**
   * Identifies the plan among those of the same learner, for example by its goals. It stays the same when the plan
   * changes, so that a calendar that imports the plan again moves its events instead of adding more.
   */
  readonly key: string;
  /** The revision of the graph for which the plan was made. */
  readonly revision: number;
  /** When the plan was made. */
  readonly computedAt: Date;
  /** The slugs that the question named and that were passed over, because they do not exist. */
  readonly ignored: readonly string[];
  /** What to do, in order. */
  readonly items: readonly ExportedItem[];
  /** When to do it: a schedule of the same items in the same order. */
  readonly schedule: Schedule | undefined;
}

export interface ExportedItem {
  readonly kind: "SKILL" | "PROJECT";
  readonly slug: string;
  readonly name: string;
  /** Hundredths of an hour. */
  readonly cost: number;
  readonly summary?: string;
  /** What it is needed for, in a sentence. */
  readonly reason?: string;
  readonly resources?: readonly { readonly name: string; readonly url?: string }[];
}

/** Says in a sentence what was passed over; "" where nothing was. */
export function ignoredIn({ ignored }: ExportedPlan): string {
  return ignored.length === 0
    ? ""
    : `Passed over, because there is no such skill: ${ignored.map(oneLine).join(", ")}.`;
}

/** Hours as people write them: `12 h`, `0.25 h`. */
export function hoursOf(cost: number): string {
  return `${cost / 100} h`;
}

/** One line without control characters, which neither format allows. */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .replace(/ {2,}/g, " ")
    .trim();
}

/** A link that is safe to offer: http or https, normalised; undefined for anything else. */
export function safeLink(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const parsed = new URL(url);
  return parsed.protocol === "http:" || parsed.protocol === "https:" ? parsed.href : undefined;
}
