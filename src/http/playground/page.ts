import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { hashedName } from "../assets.ts";
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

/** Where a browser finds the files that `src/build.mjs` bundles for it. */
export const PLAYGROUND_ASSETS = "/playground/assets/";

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
  const [script, style] = ["client.js", "client.css"].map((name) => hashedName("playground", name));
  const body =
    script === undefined || style === undefined ? pageWithout(endpoint) : pageOf(endpoint, script, style);
  const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
  const headers = [...PAGE_CACHING, "etag", etag];
  const type = "text/html; charset=utf-8";
  if (request.headers["if-none-match"] === etag)
    return { status: 304, type, body: "", headers, policy: POLICY };
  return { status: 200, type, body, headers, policy: POLICY };
}

function pageOf(endpoint: string, script: string, style: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Skills graph</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${PLAYGROUND_ASSETS}${style}">
<style>body { margin: 0 } #playground { height: 100vh }</style>
<script type="module" src="${PLAYGROUND_ASSETS}${script}"></script>
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
