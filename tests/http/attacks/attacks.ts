import type { Attack } from "./attack.ts";
import { ATTACKS_ON_HTTP } from "./framing.ts";
import { ATTACKS_ON_REQUESTS } from "./requests.ts";
import { ATTACKS_BY_VALUES } from "./values.ts";

/** All that is tried on servers of GraphQL: on this one by tests, on others by the bench. */
export const ATTACKS: readonly Attack[] = [...ATTACKS_ON_HTTP, ...ATTACKS_ON_REQUESTS, ...ATTACKS_BY_VALUES];
