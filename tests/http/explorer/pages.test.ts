import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApi, openShippedGraph, type TestApi } from "../../support/api.ts";

let api: TestApi;
beforeAll(async () => {
  api = await openShippedGraph();
});
afterAll(() => api.close());

async function get(path: string, headers: Record<string, string> = { accept: "text/html" }, of = api) {
  const response = await fetch(`${of.url}${path}`, { headers });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** What the API answers for a path, as pages write it. */
async function pathFacts(input: Record<string, unknown>) {
  const query = `query ($input: LearningPathInput!) { learningPath(input: $input) { ... on LearningPath {
    totalHours totalSteps schedule { ... on LearningSchedule { finishOn } }
    steps { skill { slug } alternatives { extraHours skill { name slug } } } } } }`;
  const { data } = await api.ask(query, { input: { goals: [{ role: "backend-developer" }], ...input } });
  return data.learningPath;
}

/** The text of a page without its markup. */
const plain = (text: string) =>
  text
    .replace(/<script[\s\S]*?<\/script>/g, "")
    .replace(/<[^>]*>/g, "")
    .replace(/\s+/g, " ");

describe("pages without script", () => {
  test("the start has one field and the roles with their hours", async () => {
    const { status, text } = await get("/");
    expect(status).toBe(200);
    expect(text).toContain('<form action="/search"');
    expect(plain(text)).toMatch(
      new RegExp(`Backend developer .* ${(await pathFacts({})).totalHours} h about \\d+ weeks at 10 h`),
    );
  });

  test("a path says its hours, finish date, reasons, alternatives with prices, and sources", async () => {
    const { status, text } = await get(
      "/path?goals=backend-developer&known=git&weeklyHours=10&start=2027-01-04",
    );
    expect(status).toBe(200);
    const words = plain(text);
    const facts = await pathFacts({ known: ["git"], weeklyHours: 10, startOn: "2027-01-04" });
    expect(words).toContain(`${facts.totalHours} h ${facts.totalSteps} steps`);
    expect(words).toContain("Proved: no path takes fewer hours.");
    const finish = new Date(facts.schedule.finishOn);
    expect(words).toContain(`Done on ${finish.toLocaleDateString("en-GB", { dateStyle: "long" })}`);
    const offers = facts.steps.flatMap((step: { alternatives: object[] }) => step.alternatives);
    const java = offers.find((offer: { skill: { slug: string } }) => offer.skill.slug === "java");
    expect(words).toContain(`Java +${java.extraHours} h`);
    expect(text).toContain(
      'href="/path?role=backend-developer&amp;known=git&amp;weeklyHours=10&amp;startOn=2027-01-04&amp;choose=java"',
    );
    expect(text).toContain(
      'href="/learning-path.ics?role=backend-developer&amp;known=git&amp;knownImplies=prerequisites_and_parts&amp;weeklyHours=10&amp;startOn=2027-01-04"',
    );
    expect(text).toMatch(/name="known" value="git" checked/);
    expect(words).toMatch(/Needed for .*Backend developer/);
    expect(words).toMatch(/How to Become Backend Developer: The Career Roadmap, [^,]+, line \d+ says so/);
  });

  test("ticking by the form, which repeats the name, is the same path as by a list", async () => {
    const repeated = await get("/path?role=backend-developer&known=git&known=python&weeklyHours=&startOn=");
    const list = await get("/path?role=backend-developer&known=git,python");
    const hours = /<strong>([\d.]+ h)<\/strong>/;
    const { totalHours } = await pathFacts({ known: ["git", "python"] });
    expect(repeated.text.match(hours)?.[1]).toBe(`${totalHours} h`);
    expect(list.text.match(hours)?.[1]).toBe(`${totalHours} h`);
  });

  test("choosing an alternative changes hours and what can be taken back", async () => {
    const { text } = await get("/path?role=backend-developer&choose=java");
    expect(plain(text)).toContain(`${(await pathFacts({ choose: ["java"] })).totalHours} h`);
    expect(text).toContain('aria-label="java: take it back"');
    expect(text).toMatch(/href="\/path\?role=backend-developer&amp;choose=python"/);
  });

  test("a path says what it takes as known and why, and what it would be with less; and why not what takes as long", async () => {
    const { text } = await get("/path?role=backend-developer&known=django,postgresql");
    const query = `{ learningPath(input: { goals: [{ role: "backend-developer" }], known: ["django", "postgresql"] }) {
      ... on LearningPath { totalSteps totalHours takenAsKnown { because { slug } } ifOnlyPartsKnown { totalSteps totalHours moreHours } } } }`;
    const { takenAsKnown, ifOnlyPartsKnown, ...all } = (await api.ask(query)).data.learningPath;
    const { totalSteps, totalHours, moreHours } = ifOnlyPartsKnown;
    const words = plain(text);
    expect(words).toContain(`Taken as known ${takenAsKnown.length} skills`);
    const { length } = takenAsKnown.filter(
      (one: { because: { slug: string } }) => one.because.slug === "django",
    );
    expect(words).toContain(`Django covers ${length} skills,`);
    // By its own link each, and all at once. What is not named has no tick, which would name it.
    const base = "/path?role=backend-developer&amp;known=django,postgresql";
    expect(text).toMatch(
      new RegExp(
        `href="${base.replace("?", "\\?")}&amp;notKnown=python" aria-label="Python: I do not know it"`,
      ),
    );
    expect(text).not.toMatch(/name="known" value="python"/);
    expect(words).toContain(
      `If you know only your skills and their parts: ${totalHours} h, ${totalSteps} steps ${moreHours} h more`,
    );
    expect(words).toContain("As long, but less supported by documents: GitLab and Bitbucket.");
    expect(text).toContain(`href="${base}&amp;knownImplies=PARTS"`);
    const parts = await get("/path?role=backend-developer&known=django,postgresql&knownImplies=PARTS");
    expect(plain(parts.text)).toContain(`${totalHours} h ${totalSteps} steps`);
    expect(plain(parts.text)).toContain(
      `If you also know what your skills stand on: ${all.totalHours} h, ${all.totalSteps} steps ${moreHours} h less`,
    );
    // And the way back.
    expect(parts.text).toContain(`href="${base}"`);
    const nothing = plain((await get("/path?role=backend-developer&known=git&knownImplies=nothing")).text);
    expect(nothing).toContain("You know only what you ticked ×");
    expect(nothing).not.toContain("Taken as known");
  });

  test("what a learner does not know is a step again, until it is taken back or ticked", async () => {
    const { text } = await get("/path?role=backend-developer&known=django&notKnown=python,http");
    const words = plain(text);
    expect(words).toContain("You do not know python × http ×");
    expect(text).toContain('href="/path?role=backend-developer&amp;known=django&amp;notKnown=http"');
    expect(text).toMatch(/name="known" value="python"/);
    const ticked = plain(
      (await get("/path?role=backend-developer&known=django,python&notKnown=python,http")).text,
    );
    expect(ticked).toContain("You do not know http ×");
  });

  test("does not offer what is proved to lead nowhere", async () => {
    const text = plain((await get("/path?role=python-developer")).text);
    expect(text).toContain("Or instead:");
    expect(text).not.toContain("no way found");
  });

  test("a skill has its requirement as a sentence and a tree, what it unlocks, and its sources", async () => {
    const { text } = await get("/skills/django");
    const words = plain(text);
    expect(words).toMatch(/Python, .* and [\w ]+\.|Python and [\w ]+\./);
    expect(words).toMatch(/All of Python \d+ h/);
    expect(words).toMatch(/Roles ?Backend developer, Full-stack developer and Python developer/);
    expect(words).toMatch(/Backend developer ?(an alternative|step \d+ of \d+)/);
    expect(words).toMatch(/Django ?How to Become Backend Developer: The Career Roadmap, .*line \d+/);
  });

  test("roles, roadmaps, comparisons and searches have theirs", async () => {
    const role = (await get("/roles/backend-developer")).text;
    expect(plain(role)).toMatch(/\d+ steps, \d[\d.]* h: proved to be the fewest/);
    // By topic, and numbered as one path.
    const { data } = await api.ask(
      '{ learningPath(input: { goals: [{ role: "backend-developer" }] }) { ... on LearningPath { sections { topic { slug } steps { position } } } } }',
    );
    const sections: readonly { topic: { slug: string }; steps: readonly { position: number }[] }[] =
      data.learningPath.sections;
    const heads = [...role.matchAll(/<h3><a href="\/skills\/([^"]+)".*\n<ol class="flow" start="(\d+)"/g)];
    expect(heads.map(([, topic, start]) => [topic, Number(start)])).toEqual(
      sections.map(({ topic, steps }) => [topic.slug, steps[0]?.position]),
    );
    expect(plain((await get("/roadmaps/eleven-steps")).text)).toContain("11 steps in this order");
    const compared = plain((await get("/compare?from=backend-developer&to=frontend-developer")).text);
    expect(compared).toMatch(/of the hours in common/);
    expect(plain((await get("/search?q=pyhton")).text)).toMatch(/results? for “pyhton”.*Python/);
  });

  test("every page has a title, a description, a canonical link and data about it", async () => {
    for (const path of [
      "/",
      "/path?role=backend-developer",
      "/skills/django",
      "/roles/backend-developer",
      "/roadmaps/eleven-steps",
    ]) {
      const { text } = await get(path);
      expect(text, path).toMatch(/<title>[^<]{10,}<\/title>/);
      expect(text, path).toMatch(/<meta name="description" content="[^"]{20,}">/);
      expect(text, path).toContain(`<link rel="canonical" href="${api.url}${path}">`);
      const data = text.match(/<script type="application\/ld\+json">(.*?)<\/script>/)?.[1] ?? "";
      expect(JSON.parse(data)["@context"], path).toBe("https://schema.org");
    }
    const { text } = await get("/sitemap.xml");
    expect(text).toContain(`<loc>${api.url}/skills/django</loc>`);
    expect(text).toContain(`<loc>${api.url}/roles/backend-developer</loc>`);
  });

  test("a page is sent once, and only its own files may run in it", async () => {
    const { headers } = await get("/roles/designer");
    const etag = headers.get("etag") ?? "";
    expect((await get("/roles/designer", { accept: "text/html", "if-none-match": etag })).status).toBe(304);
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("unsafe");
  });
});

describe("wrong links", () => {
  test("say what may be meant", async () => {
    const skill = await get("/skills/djang");
    expect(skill.status).toBe(404);
    expect(skill.text).toContain('<a href="/skills/django">Django</a>');
    const role = await get("/path?goals=backnd-developer&known=git");
    expect(role.status).toBe(404);
    expect(role.text).toContain('<a href="/path?role=backend-developer&amp;known=git">');
  });

  test("are no fault of the server", async () => {
    const cases: [string, number][] = [
      ["/path?role=backend-developer&knwon=git", 400],
      ["/path?role=backend-developer&weeklyHours=many", 400],
      ["/path?role=backend-developer&weeklyHours=-3&startOn=2027-01-04", 400],
      [`/search?q=${"x".repeat(300)}`, 400],
      ["/search?q=a&after=nonsense", 400],
      ["/roles/%E0%A4%A", 404],
      ["/compare?from=backend-developer&to=nobody", 404],
      ["/nothing/here", 404],
    ];
    for (const [path, status] of cases) expect((await get(path)).status, path).toBe(status);
    expect((await fetch(`${api.url}/path`, { method: "POST" })).status).toBe(405);
  });

  test("programs get JSON", async () => {
    const start = await get("/", { accept: "application/json" });
    expect(JSON.parse(start.text)).toMatchObject({ graphql: "/graphql", explorer: "/" });
    const nothing = await get("/nothing", { accept: "*/*" });
    expect(nothing.status).toBe(404);
    expect(JSON.parse(nothing.text).message).toContain("/graphql");
  });
});

test("nothing of the graph or the link becomes markup", async () => {
  const name = "<img src=x onerror=alert(1)>";
  const attacked = await openApi({
    skills: [{ slug: "evil", name, hours: 1, summary: name, aliases: [name], kind: "CONCEPT" }],
    resources: [{ slug: "bad", name, kind: "BOOK", summary: name, teaches: ["evil"] }],
    roles: [{ slug: "victim", name, summary: name, requires: "evil" }],
  });
  try {
    const paths = [
      "/",
      "/skills/evil",
      "/roles/victim",
      "/path?role=victim",
      `/search?q=${encodeURIComponent(name)}`,
    ];
    for (const path of [
      ...paths,
      `/skills/${encodeURIComponent(name)}`,
      `/path?role=victim&choose=${encodeURIComponent(name)}`,
    ]) {
      const { text } = await get(path, { accept: "text/html" }, attacked);
      expect(text, path).not.toContain("<img");
    }
    expect((await get("/skills/evil", { accept: "text/html" }, attacked)).text).toContain("&lt;img src=x");
  } finally {
    await attacked.close();
  }
});
