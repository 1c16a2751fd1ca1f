import ICAL from "ical.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../../support/http.ts";

/** Plans as files, over HTTP, from the shipped seeds. */

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const QUERY =
  "role=backend-developer&known=git&choose=python&knownImplies=prerequisites_and_parts&weeklyHours=10&startOn=2027-01-04";

const get = (path: string, init: RequestInit = {}) => fetch(`${server.url}${path}`, init);

function eventsOf(text: string) {
  return new ICAL.Component(ICAL.parse(text))
    .getAllSubcomponents("vevent")
    .map((event) => new ICAL.Event(event));
}

interface Item {
  readonly subject: { readonly name: string };
  readonly kind: "SKILL" | "PROJECT";
  readonly startOn: string;
  readonly endOn: string;
}

/** What GraphQL says of the same plan. */
async function plan(more: Record<string, unknown> = {}) {
  const { data, errors } = await server.ask(
    `query ($input: LearningPathInput!) {
      learningPath(input: $input) {
        ... on LearningPath {
          calendar checklist
          schedule { ... on LearningSchedule {
            finishOn totalWeeks items { kind subject { name } startOn endOn } weeks { number }
          } }
        }
      }
    }`,
    {
      input: {
        goals: [{ role: "backend-developer" }],
        known: ["git"],
        choose: ["python"],
        weeklyHours: 10,
        startOn: "2027-01-04",
        ...more,
      },
    },
  );
  expect(errors).toEqual([]);
  return data.learningPath;
}

describe("/learning-path.ics", () => {
  test("by item is a calendar whose events are the items of the schedule, on the same days", async () => {
    const response = await get(`/learning-path.ics?${QUERY}&projects=few&events=item`);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/calendar; charset=utf-8");
    const { calendar, schedule } = await plan({ projects: "FEW" });
    expect(calendar).toBe(`/learning-path.ics?${QUERY}&projects=few`);
    const found = eventsOf(await response.text()).map((event) => {
      // An all-day event ends on the day after.
      event.endDate.adjust(-1, 0, 0, 0);
      const summary = event.summary.replace(/ \([\d.]+ h\)$/, "");
      return [summary, event.startDate.toString(), event.endDate.toString()];
    });
    const wanted = schedule.items.map(({ kind, subject, startOn, endOn }: Item) => [
      `${kind === "PROJECT" ? "Project" : "Learn"}: ${subject.name}`,
      startOn,
      endOn,
    ]);
    expect(found).toEqual(wanted);
    expect(schedule.items.some(({ kind }: Item) => kind === "PROJECT")).toBe(true);
  });

  test("has the parts of the items by week, none of them longer than a week", async () => {
    const events = eventsOf(await (await get(`/learning-path.ics?${QUERY}`)).text());
    const asked = eventsOf(await (await get(`/learning-path.ics?${QUERY}&events=week`)).text());
    expect(asked.map(({ uid }) => uid)).toEqual(events.map(({ uid }) => uid));
    const { schedule } = await plan();
    expect(events.length).toBeGreaterThanOrEqual(schedule.totalWeeks);
    for (const event of events) expect(event.duration.toSeconds()).toBeLessThanOrEqual(7 * 86_400);
    const urls = events.flatMap(({ component }) => component.getFirstPropertyValue("url")?.toString() ?? []);
    // The front of a provider's site is not what there is to read.
    expect(urls.filter((url) => new URL(url).pathname === "/")).toEqual([]);
  });

  test("says the same under the same link, has events told apart, and is not sent twice", async () => {
    const first = await get(`/learning-path.ics?${QUERY}`);
    const text = await first.text();
    expect(await (await get(`/learning-path.ics?${QUERY}`)).text()).toBe(text);
    const uids = eventsOf(text).map(({ uid }) => uid);
    expect(new Set(uids).size).toBe(uids.length);
    const etag = first.headers.get("etag")!;
    const again = await get(`/learning-path.ics?${QUERY}`, { headers: { "if-none-match": etag } });
    expect([again.status, await again.text()]).toEqual([304, ""]);
    const head = await get(`/learning-path.ics?${QUERY}`, { method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([200, ""]);
    expect(head.headers.get("etag")).toBe(etag);
  });

  test("keeps the UIDs of the events when the dates move", async () => {
    const now = eventsOf(await (await get(`/learning-path.ics?${QUERY}`)).text());
    const later = eventsOf(await (await get(`/learning-path.ics?${QUERY.replace("01-04", "02-01")}`)).text());
    expect(later.map(({ uid }) => uid)).toEqual(now.map(({ uid }) => uid));
    expect(later[0]!.startDate.toString()).toBe("2027-02-01");
  });
});

describe("/learning-path.md", () => {
  test("is a checklist with a box for each step, by week", async () => {
    const response = await get(`/learning-path.md?${QUERY}`);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/markdown; charset=utf-8");
    const text = await response.text();
    const { checklist, schedule } = await plan();
    expect(checklist).toBe(`/learning-path.md?${QUERY}`);
    expect(text.match(/^- \[ \] /gm)).toHaveLength(schedule.items.length);
    expect(text.match(/^## Week /gm)).toHaveLength(schedule.totalWeeks);
    expect(text).toMatch(/^# Backend developer$/m);
    expect(text).toContain("Needed for ");
    expect(text).toMatch(/^ {2}- \[.+\]\(<https?:.+>\)$/m);
  });

  test("needs no dates", async () => {
    const response = await get("/learning-path.md?skill=git");
    expect(response.status).toBe(200);
    expect(await response.text()).toContain("- [ ] Learn **Git**");
  });
});

test("files say which slugs of the link they passed over", async () => {
  const link = `${QUERY}&avoid=gone-skill`.replace("known=git", "known=git,gti");
  const ics = new ICAL.Component(ICAL.parse(await (await get(`/learning-path.ics?${link}`)).text()));
  const said = "Passed over, because there is no such skill: gti, gone-skill.";
  expect(ics.getFirstPropertyValue("x-wr-caldesc")).toBe(said);
  expect(await (await get(`/learning-path.md?${link}`)).text()).toContain(`\n\n${said}\n`);
  const whole = new ICAL.Component(ICAL.parse(await (await get(`/learning-path.ics?${QUERY}`)).text()));
  expect(whole.getFirstPropertyValue("x-wr-caldesc")).toBeNull();
});

describe("faults of the client", () => {
  test.each([
    ["/learning-path.ics", "Expected goals to be a list of 1 to 100"],
    ["/learning-path.ics?role=backend-developer", "Expected startOn and weeklyHours"],
    ["/learning-path.md?role=backend-develper", 'There is no role "backend-develper"'],
    ["/learning-path.md?skill=django&avoid=python", "No path reaches skill django: python is avoided."],
    ["/learning-path.md?skill=git&weeklyHours=1000", "Expected weeklyHours to be between 0.01 and 168"],
    ["/learning-path.md?skill=git&startOn=2027-02-30&weeklyHours=1", "Expected startOn to be a date"],
    ["/learning-path.md?skill=git&konwn=x", 'Expected the parameter known, got "konwn".'],
    [
      "/learning-path.ics?role=backend-developer&startOn=2027-01-04&weeklyHours=0.1",
      "No schedule: expected a plan of at most",
    ],
    [
      "/learning-path.ics?role=backend-developer&startOn=2027-01-04&deadline=2027-01-05",
      "No schedule: expected a deadline of",
    ],
    ["/learning-path.md?skill=%00", "There is no skill"],
    ["/learning-path.md?skill=%ED%A0%80", "There is no skill"],
  ])("%s is answered with 400 and the reason", async (path, reason) => {
    const response = await get(path);
    expect(response.status).toBe(400);
    expect(response.headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect((await response.json()).message).toContain(reason);
  });

  test("only GET and HEAD are known", async () => {
    const response = await get(`/learning-path.ics?${QUERY}`, { method: "POST" });
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("GET, HEAD");
  });
});
