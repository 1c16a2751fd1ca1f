import { followGraph } from "./graph.ts";
import { livePath } from "./live-path.ts";
import { suggest } from "./suggest.ts";

// What makes pages quick where there is script; without it, forms and links do the same.
livePath();
followGraph();
for (const field of document.querySelectorAll<HTMLInputElement>('input[type="search"]')) suggest(field);
