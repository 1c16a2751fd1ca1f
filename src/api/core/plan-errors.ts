import type { DeadlineMissed } from "../../planning/time/deadline.ts";
import type { PlanRefusal } from "../../planning/time/study-time.ts";
import { builder } from "../builder.ts";
import { ErrorInterface } from "./errors.ts";
import { hours } from "./handles.ts";

/** That a path does not fit into the time given. */
export class PlanRefusedError extends Error {
  readonly reason: PlanRefusal["reason"];

  constructor({ reason, message }: PlanRefusal) {
    super(sentence(message));
    this.reason = reason;
  }
}

/** That no effort meets a deadline. */
export class DeadlineMissedError extends Error {
  readonly missed: DeadlineMissed;

  constructor(missed: DeadlineMissed) {
    super(sentence(missed.message));
    this.missed = missed;
  }
}

/** Planning words its faults as parts of sentences. */
function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}

const PlanRefusalReason = builder.enumType("PlanRefusalReason", {
  description: "Why there is no schedule.",
  values: {
    INVALID_DATE: { description: "A date is none." },
    INVALID_EFFORT: { description: "The hours given are none, or more than a day has." },
    INVALID_DAYS_OFF: { description: "Days off end before they begin, or are too many." },
    NO_TIME: { description: "No weekday has any time." },
    TOO_LONG: { description: "It would take longer than plans may." },
  } satisfies Record<PlanRefusal["reason"], object>,
});

builder.objectType(PlanRefusedError, {
  name: "PlanRefusedError",
  description: "The path does not fit into the time given; the message says what would help.",
  interfaces: [ErrorInterface],
  fields: (t) => ({
    reason: t.field({
      type: PlanRefusalReason,
      description: "Why there is no schedule.",
      resolve: ({ reason }) => reason,
    }),
  }),
});

builder.objectType(DeadlineMissedError, {
  name: "DeadlineMissedError",
  description: "Not even all the time that the learner could give meets the deadline.",
  interfaces: [ErrorInterface],
  fields: (t) => ({
    deadline: t.field({
      type: "LocalDate",
      description: "The deadline asked for.",
      resolve: ({ missed }) => missed.deadline,
    }),
    earliest: t.field({
      type: "LocalDate",
      description: "The earliest day on which everything can be done.",
      resolve: ({ missed }) => missed.earliest,
    }),
    mostWeeklyHours: t.float({
      description: "The hours a week that this takes: the most that the input allows.",
      resolve: ({ missed }) => hours(missed.mostWeekly),
    }),
  }),
});
