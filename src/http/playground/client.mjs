// The playground in the browser: GraphiQL, which src/build.mjs bundles with this file at installation.
import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import "graphiql/style.css";

const root = document.getElementById("playground");
const { endpoint, query } = root.dataset;
const fetcher = createGraphiQLFetcher({ url: endpoint });
createRoot(root).render(createElement(GraphiQL, { fetcher, defaultQuery: query }));
