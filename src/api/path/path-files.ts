import { builder } from "../builder.ts";
import { MAX_LINK_LENGTH } from "../limits.ts";
import { LearningPath } from "./learning-path-type.ts";
import { planLink } from "./plan-link.ts";

builder.objectFields(LearningPath, (t) => ({
  calendar: t.string({
    nullable: true,
    description: `Where this server offers the schedule as an iCalendar file, as a link without host: an app that subscribes to it follows later revisions. Null when the input has no \`startOn\`, or neither hours nor a \`deadline\`, or does not fit into ${MAX_LINK_LENGTH} letters.`,
    resolve: ({ request }, _args, { snapshot }) => {
      const { startOn, effort, deadline } = request.time;
      const isPlanned = startOn !== undefined && (effort !== undefined || deadline !== undefined);
      return isPlanned ? planLink(snapshot, "calendar", request) : null;
    },
  }),
  checklist: t.string({
    nullable: true,
    description: `Where this server offers the path as a checklist in Markdown, by week where there is a schedule, as a link without host. Null when the input does not fit into ${MAX_LINK_LENGTH} letters.`,
    resolve: ({ request }, _args, { snapshot }) => planLink(snapshot, "checklist", request),
  }),
}));
