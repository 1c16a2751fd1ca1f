import type { MarketFactKind } from "../../store/generated/client/enums.ts";
import { builder } from "../builder.ts";
import { addCitations, Cited } from "../provenance/citation.ts";

export const MarketFactKindEnum = builder.enumType("MarketFactKind", {
  description: "What a market fact measures.",
  values: {
    SALARY: { description: "What is paid." },
    DEMAND: { description: "How many are sought." },
  } satisfies Record<MarketFactKind, object>,
});

export const MarketFact = builder.prismaObject("MarketFact", {
  interfaces: () => [Cited],
  fields: (t) => ({
    kind: t.expose("kind", { type: MarketFactKindEnum }),
    summary: t.exposeString("summary"),
    amount: t.exposeFloat("amount", { nullable: true }),
    amountMax: t.exposeFloat("amountMax", { nullable: true }),
    currency: t.exposeString("currency", { nullable: true }),
    period: t.exposeString("period", { nullable: true }),
    region: t.exposeString("region", { nullable: true }),
    seniority: t.exposeString("seniority", { nullable: true }),
    source: t.exposeString("source", { nullable: true }),
    year: t.exposeInt("year", { nullable: true }),
  }),
});
addCitations(MarketFact, ({ id }) => ({ kind: "MARKET_FACT", id }));
