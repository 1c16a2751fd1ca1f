import type { Schedule } from "../planning/time/schedule.ts";

/** A plan with what a reader sees: what the calendar and the checklist are written from. */
export interface ExportedPlan {
  /** What the plan is called, such as "Backend developer". */
  readonly title: string;
  /**
   * What tells this plan from another one of the same learner, such as its goals: stable when the plan changes,
   * so that a calendar that imports it again moves its events instead of doubling them.
   */
  readonly key: string;
  /** The revision of the graph that the plan was made at. */
  readonly revision: number;
  /** What is to be done, in order. */
  readonly items: readonly ExportedItem[];
  /** When: made from the same items in the same order. */
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

/** Hours as people write them: `12 h`, `0.25 h`. */
export function hoursOf(cost: number): string {
  return `${cost / 100} h`;
}

/** One line without control characters, which neither format can carry. */
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
