import type { WrittenFile } from "../../support/api.ts";

export const cites = [{ document: "001", line: 3, mention: "Python", basis: "EXPLICIT" as const }];

/** A few entities of each kind that refer to one another. */
export const SMALL_GRAPH: WrittenFile = {
  documents: [{ id: "001", title: "One", lines: 10 }],
  skills: [
    { slug: "python", name: "Python", hours: 60, aliases: ["Py"], formerSlugs: ["python-2"], cites },
    { slug: "http", name: "HTTP", hours: 5 },
    {
      slug: "django",
      name: "Django",
      hours: 60,
      level: "BEGINNER",
      partOf: ["http"],
      requires: { allOf: [{ skill: "python", reason: "It is written in it.", cites }, "http"] },
    },
  ],
  resources: [{ slug: "tour", name: "Tour", kind: "BOOK", teaches: [{ skill: "python", cites }] }],
  projects: [{ slug: "blog", name: "Blog", hours: 10, requires: "django", practises: ["http"] }],
  roles: [
    {
      slug: "dev",
      name: "Dev",
      optional: ["python"],
      responsibilities: [{ name: "Code", skills: ["python"] }],
    },
  ],
  roadmaps: [
    {
      slug: "first",
      name: "First",
      steps: [{ name: "One", requires: "python", resources: ["tour"], projects: ["blog"] }],
    },
  ],
};
