import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { extname, join } from "node:path";
import { encodingFor } from "../graphql/media-types.ts";
import type { Page } from "../page.ts";

/**
 * What the playground shows before its visitor has typed anything: the question this server exists for. Its variable
 * has a default, since GraphiQL does not load the variables of a first tab.
 */
export const FIRST_QUERY = `# The cheapest way to become a backend developer for somebody who knows Git and chooses Python.
query Path(
  $input: LearningPathInput! = { goals: [{ role: "backend-developer" }], known: ["git"], choose: ["python"] }
) {
  learningPath(input: $input) {
    __typename
    ... on LearningPath {
      revision totalHours isOptimal lowerBoundHours
      steps {
        position stage hours
        skill { slug name }
        because { goals { slug } requiredBy { slug } }
        alternatives { skill { slug } extraHours }
      }
    }
    ... on Error { message }
  }
}
`;

/** Where `src/build.mjs` puts the playground's files. */
const FOLDER = join(import.meta.dirname, "..", "..", "..", ".build", "playground");
/** Where a browser finds them. */
const ASSETS_PATH = "/playground/assets/";
/** Their names change with their contents. */
const IMMUTABLE = ["cache-control", "public, max-age=31536000, immutable", "vary", "Accept-Encoding"];

const TYPES: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".woff2": "font/woff2",
};

/** The page runs its own script and asks the API; GraphiQL writes styles into its elements. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/** How the page is kept: asked for again each time, but not sent again. */
const PAGE_CACHING = ["cache-control", "no-cache", "vary", "Accept, Accept-Encoding"];

/**
 * GraphiQL, opened with a first question. Its files were bundled at installation; where they were not, as without
 * development dependencies, the page says how to get them.
 */
export function playgroundPage(request: IncomingMessage, endpoint: string): Page {
  const [script, style] = ["client.js", "client.css"].map(hashedName);
  const body =
    script === undefined || style === undefined ? pageWithout(endpoint) : pageOf(endpoint, script, style);
  const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
  const headers = [...PAGE_CACHING, "etag", etag];
  const type = "text/html; charset=utf-8";
  if (request.headers["if-none-match"] === etag)
    return { status: 304, type, body: "", headers, policy: POLICY };
  return { status: 200, type, body, headers, policy: POLICY };
}

/** One of the playground's files, compressed as the client takes it; undefined where a path names none. */
export function playgroundAsset(request: IncomingMessage, path: string): Page | undefined {
  if (!path.startsWith(ASSETS_PATH)) return undefined;
  const name = path.slice(ASSETS_PATH.length);
  const type = TYPES[extname(name)];
  if (type === undefined || !/^[\w-]+\.\w+$/.test(name) || !existsSync(join(FOLDER, name))) return undefined;
  const encoding = encodingFor(request.headers["accept-encoding"]);
  const packed = encoding !== undefined && existsSync(join(FOLDER, `${name}.${encoding}`));
  return {
    status: 200,
    type,
    body: contentsOf(packed ? `${name}.${encoding}` : name),
    headers: packed ? [...IMMUTABLE, "content-encoding", encoding] : IMMUTABLE,
  };
}

/** Files that were asked for: each is read once and sent from one place, however many ask. */
const read = new Map<string, Buffer>();

function contentsOf(name: string): Buffer {
  const contents = read.get(name) ?? readFileSync(join(FOLDER, name));
  read.set(name, contents);
  return contents;
}

/** The name with a hash that a file of the playground has; undefined where there is no bundle. */
function hashedName(name: string): string | undefined {
  const [stem, ending] = name.split(".");
  if (!existsSync(FOLDER)) return undefined;
  return readdirSync(FOLDER).find((file) => file.startsWith(`${stem}-`) && file.endsWith(`.${ending}`));
}

function pageOf(endpoint: string, script: string, style: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Skills graph</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${ASSETS_PATH}${style}">
<style>body { margin: 0 } #playground { height: 100vh }</style>
<script type="module" src="${ASSETS_PATH}${script}"></script>
</head>
<body>
<div id="playground" data-endpoint="${endpoint}" data-query="${inAttribute(FIRST_QUERY)}">Loading …</div>
<noscript>The playground needs JavaScript. The schema is on <a href="/schema.graphql">/schema.graphql</a>.</noscript>
</body>
</html>
`;
}

function pageWithout(endpoint: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Skills graph</title>
<p>The API answers on <a href="${endpoint}">${endpoint}</a>; its schema is on <a href="/schema.graphql">/schema.graphql</a>.
<p>This installation has no playground: it is bundled by <code>npm ci</code> with the development dependencies.
</html>
`;
}

function inAttribute(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
