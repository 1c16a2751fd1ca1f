import { cacheExchange } from "@urql/exchange-graphcache";
import { persistedExchange } from "@urql/exchange-persisted";
import { minifyIntrospectionQuery } from "@urql/introspection";
import { Client, fetchExchange, gql } from "@urql/core";
import { getIntrospectionQuery, parse } from "graphql";
import { CORE_QUERY, SUMMARY_QUERY, STEPS_QUERY, VARIABLES } from "../tests/clients/core-path.ts";
const strip = (q: string) => process.argv[3] === "ids" ? q : q.replace(/^(\s+)id$/gm, "").replace(/(because|alternatives|criticalPath|steps) \{ id /g, "$1 { ");
const url = process.env.SERVER ?? "http://127.0.0.1:4577/graphql";
const schema = (await (await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ query: getIntrospectionQuery() }) })).json()).data;
let n = 0; let warnings: string[] = [];
console.warn = (m: string) => warnings.push(m);
const open = (...x: any[]) => new Client({ url, fetch: (a: any, b: any) => { n++; return fetch(a, b); }, preferGetMethod: false, exchanges: [cacheExchange({ schema: minifyIntrospectionQuery(schema) }), ...x, fetchExchange] });
const c = open();
for (const q of [CORE_QUERY, strip(SUMMARY_QUERY), strip(STEPS_QUERY)]) {
 warnings = [];
 const a = await c.query(q, VARIABLES as any).toPromise();
 console.log(a.error?.message, a.data?.learningPath.totalHours, a.stale, "requests", n, "warnings", warnings.length);
 const by: Record<string, number> = {}; for (const w of warnings) { const t = /`keys` config for `(\w+)`/.exec(w)?.[1] ?? w.slice(0, 80); by[t] = (by[t] ?? 0) + 1; } console.log(by);
}
const again = await c.query(strip(SUMMARY_QUERY), VARIABLES as any, { requestPolicy: "cache-only" }).toPromise();
console.log("cache-only", again.data?.learningPath?.totalHours, n);
for (const get of [false, "force"] as const) { warnings = []; const p = open(persistedExchange({ preferGetForPersistedQueries: get }));
const r = await p.query(CORE_QUERY.replace("Path", "P" + Date.now()), VARIABLES as any).toPromise(); console.log("persisted", get, r.error?.message, r.data?.learningPath?.totalHours, warnings.filter(w=>!/Invalid key/.test(w))); }
process.exit();
