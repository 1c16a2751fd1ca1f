import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checklistOf } from "../../src/interchange/checklist.ts";
import { examplePlan } from "./example-plan.ts";

const short = [
  { kind: "SKILL", slug: "python", name: "Python", cost: 1_550, reason: "Django needs it." },
  { kind: "SKILL", slug: "http", name: "HTTP", cost: 0 },
  {
    kind: "PROJECT",
    slug: "todo-api",
    name: "To-do_API",
    cost: 450,
    resources: [
      { name: "A [book]", url: "https://example.org/a(b)" },
      { name: "Not a link", url: "file:///etc/hosts" },
    ],
  },
] as const;

describe("checklistOf", () => {
  it("lists week by week", () => {
    expect(checklistOf(examplePlan(short))).toMatchInlineSnapshot(`
      "# Backend, developer; \\\\o/

      2 skills, 1 project, 20 h, from 2028-02-21 to 2028-03-12. Revision 7 of the graph.

      ## Week 1: from 2028-02-21 (2028-W08), 10 h

      - Learn **Python** – 10 h of 15.5 h, goes on

      ## Week 2: from 2028-02-28 (2028-W09), 0 h

      Off.

      ## Week 3: from 2028-03-06 (2028-W10), 10 h

      - [ ] Learn **Python** – 15.5 h, the last 5.5 h, by 2028-03-09
        - Django needs it.
      - [ ] Learn **HTTP** – 0 h, by 2028-03-09
      - [ ] Project **To-do\\_API** – 4.5 h, by 2028-03-12
        - [A \\[book\\]](<https://example.org/a(b)>)
        - Not a link
      "
    `);
  });

  it("is one list without dates", () => {
    expect(checklistOf({ ...examplePlan(short), schedule: undefined })).toMatchInlineSnapshot(`
      "# Backend, developer; \\\\o/

      2 skills, 1 project, 20 h. Revision 7 of the graph.

      - [ ] Learn **Python** – 15.5 h
        - Django needs it.
      - [ ] Learn **HTTP** – 0 h
      - [ ] Project **To-do\\_API** – 4.5 h
        - [A \\[book\\]](<https://example.org/a(b)>)
        - Not a link
      "
    `);
  });

  it("has one box per item, and each text on one line", () => {
    const items = fc.array(
      fc.record({
        kind: fc.constantFrom("SKILL" as const, "PROJECT" as const),
        slug: fc.constant("a"),
        name: fc.string({ unit: "binary" }),
        summary: fc.string({ unit: "binary" }),
        cost: fc.integer({ min: 0, max: 3_000 }),
      }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(items, fc.boolean(), (given, isScheduled) => {
        const plan = examplePlan(given);
        const text = checklistOf(isScheduled ? plan : { ...plan, schedule: undefined });
        const lines = text.split(/\r\n|[\n\r\u2028\u2029]/);
        expect(lines.filter((line) => line.startsWith("- [ ] "))).toHaveLength(given.length);
        const isWritten = (line: string) => /^$|^# |^## Week |^- |^ {2}- |^Off\.$|^\d/.test(line);
        expect(lines.filter((line) => !isWritten(line))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});
