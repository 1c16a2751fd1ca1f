import { embedLink } from "./embed.ts";
import { escaped } from "./html.ts";
import { AskFault, type Site } from "./site.ts";

const DEFAULT_WIDTH = 640;
const DEFAULT_HEIGHT = 600;

/** What oEmbed answers for a page of this site (oembed.com, version 1.0, type rich). Throws an `AskFault`. */
export async function oembed(site: Site, query: URLSearchParams): Promise<Readonly<Record<string, unknown>>> {
  const format = query.get("format") ?? "json";
  if (format !== "json") throw new AskFault("Expected format=json: there is no other.", "NOT_IMPLEMENTED");
  const url = query.get("url") ?? "";
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (
    parsed === undefined ||
    parsed.origin !== site.origin ||
    embedLink(`/embed${parsed.pathname}`) === undefined
  )
    throw new AskFault(
      `Expected url to be a page of ${site.origin} for a role, a skill, a roadmap or a path.`,
      "NOT_FOUND",
    );
  const link = embedLink(`/embed${parsed.pathname}`)!;
  const asked = new URLSearchParams(parsed.search);
  if (link.kind !== "path") asked.append(link.kind.slice(0, -1), link.slug);
  const { learningPath } = await site.ask("EmbedPath", { input: site.readPlan(asked).input });
  if (learningPath.__typename !== "LearningPath") throw new AskFault(learningPath.message, "NOT_FOUND");
  const title = learningPath.goals.map(({ name }) => name).join(" and ");
  const width = atMost(query.get("maxwidth"), DEFAULT_WIDTH);
  const height = atMost(query.get("maxheight"), DEFAULT_HEIGHT);
  const source = escaped(`${site.origin}/embed${parsed.pathname}${parsed.search}`);
  return {
    type: "rich",
    version: "1.0",
    title,
    provider_name: "Skills graph",
    provider_url: site.origin,
    cache_age: 3600,
    width,
    height,
    html: `<iframe src="${source}" title="${escaped(title)}" width="${width}" height="${height}" frameborder="0" loading="lazy"></iframe>`,
  };
}

function atMost(text: string | null, usual: number): number {
  const most = Math.floor(Number(text));
  return most > 0 ? Math.min(most, usual) : usual;
}
