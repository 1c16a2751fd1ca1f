import type { IncomingMessage } from "node:http";
import { GraphQLError } from "graphql";
import { may, type Need, NOBODY, needInWords, SCOPES, type Viewer } from "../../api/viewer.ts";
import { type ApiKey, looksLikeKey } from "../../store/rows/api-keys.ts";
import { unavailableError } from "../graphql/errors.ts";
import { JWKS_RETRY_SECONDS } from "../limits.ts";
import { bearerOf, isSame } from "./bearer.ts";
import { KeysUnreachable, TokenFault, type TokenSettings, WebTokens } from "./web-tokens.ts";

export interface AccessOptions {
  /** A token that may do everything to the graph; absent: there is none. */
  readonly apiToken?: string | undefined;
  /** Which JSON Web Tokens are believed; absent: none. */
  readonly tokens?: TokenSettings | undefined;
  /** Whether who does not say who he is gets no answers. */
  readonly refusesAnonymous?: boolean;
}

/** Who a request is from, or why what it brought is not believed. */
export interface Identified {
  readonly viewer: Viewer;
  readonly fault?: GraphQLError;
}

/**
 * Finds out who asks, by the header `Authorization: Bearer` alone: the API_TOKEN of the server, a key or a JSON Web Token.
 * What is none of them gives no rights and takes none: what everybody may ask is answered, all else is refused with the
 * reason. A key is looked up for each request, so that one that was taken back is of no use from then on.
 */
export class Viewers {
  readonly #options: AccessOptions;
  readonly #findKey: (text: string) => Promise<ApiKey | undefined>;
  readonly #tokens: WebTokens;
  readonly #identified = new WeakMap<IncomingMessage, Identified>();

  constructor(options: AccessOptions, findKey: (text: string) => Promise<ApiKey | undefined>) {
    this.#options = options;
    this.#findKey = findKey;
    this.#tokens = new WebTokens(options.tokens ?? {});
  }

  /** Finds out, once for each call, who has sent a request; `NOBODY` where that is not known, which refuses nothing yet. */
  async identify(request: IncomingMessage): Promise<Identified> {
    const bearer = bearerOf(request);
    const identified = bearer === undefined ? { viewer: NOBODY } : await this.#identify(bearer);
    this.#identified.set(request, identified);
    return identified;
  }

  /** Who has sent a request, as `identify` has found out. */
  of(request: IncomingMessage): Viewer {
    if (request.headers.authorization === undefined) return NOBODY;
    return this.#identified.get(request)?.viewer ?? NOBODY;
  }

  /** Throws a `GraphQLError` unless whoever has sent a request has all these scopes: status 401, or 403 for who is known. */
  admit(request: IncomingMessage, scopes: readonly Need[]): void {
    if (scopes.length === 0) return;
    const wanted = scopes.map((scope) => needInWords(scope)).join(" and ");
    const viewer = this.#known(request, `a token with ${wanted}`);
    for (const scope of scopes) {
      if (!may(viewer, scope)) throw tooNarrow(viewer, scope);
      if (scope === "learner" && viewer.subject === undefined) throw tooNarrow(viewer, scope);
    }
  }

  /** Throws as `admit` does unless whoever has sent a request may read. */
  admitReader(request: IncomingMessage): void {
    if (this.#options.refusesAnonymous === true)
      this.#known(request, "a token, since it answers nobody else");
  }

  #known(request: IncomingMessage, wanted: string): Viewer {
    const { viewer, fault } = this.#identified.get(request) ?? { viewer: NOBODY };
    if (fault !== undefined) throw fault;
    if (viewer !== NOBODY) return viewer;
    const came = request.headers.authorization === undefined ? "no such header" : "another scheme";
    throw unauthenticated(`Expected the header Authorization: Bearer with ${wanted}, got ${came}.`);
  }

  async #identify(bearer: string): Promise<Identified> {
    const { apiToken } = this.#options;
    if (apiToken !== undefined && isSame(bearer, apiToken))
      return { viewer: { name: "api-token", scopes: new Set(["graph:admin"]) } };
    try {
      if (looksLikeKey(bearer)) return identifiedBy(await this.#findKey(bearer));
      if (bearer.split(".").length !== 3)
        return distrusted("it is neither the API_TOKEN of this server nor a key nor a JSON Web Token");
      const { subject, scopes } = await this.#tokens.read(bearer);
      return { viewer: { name: `user:${subject}`, subject, scopes: new Set(scopes) } };
    } catch (error) {
      if (error instanceof TokenFault) return distrusted(error.message);
      if (error instanceof KeysUnreachable) return { viewer: NOBODY, fault: keysUnreachable() };
      const fault = unavailableError(error);
      if (fault === undefined) throw error;
      return { viewer: NOBODY, fault };
    }
  }
}

function identifiedBy(key: ApiKey | undefined): Identified {
  if (key === undefined) return distrusted("there is no such key");
  if (key.revokedAt !== null) return distrusted("the key was revoked");
  if (key.expiresAt !== null && key.expiresAt.getTime() <= Date.now())
    return distrusted("the key has expired");
  const scopes = new Set(SCOPES.filter((scope) => key.scopes.includes(scope)));
  return { viewer: { name: `key:${key.name}`, scopes } };
}

/** How clients learn by HTTP what they lack (RFC 6750). */
const challenge = (more = "") => ({ "www-authenticate": `Bearer realm="skills-graph"${more}` });

function distrusted(why: string): Identified {
  const fault = unauthenticated(
    `Expected a token that is good, got another one: ${why}.`,
    ', error="invalid_token"',
  );
  return { viewer: NOBODY, fault };
}

function unauthenticated(message: string, more = ""): GraphQLError {
  return refusal(401, "UNAUTHENTICATED", message, challenge(more));
}

function tooNarrow({ name, scopes }: Viewer, need: Need): GraphQLError {
  const had = [...scopes].join(" ") || "none";
  const message = `Expected a token with ${needInWords(need)}, got that of ${name} with ${had}.`;
  const scope = need === "any" ? "" : `, scope="${need}"`;
  return refusal(403, "FORBIDDEN", message, challenge(`, error="insufficient_scope"${scope}`));
}

function keysUnreachable(): GraphQLError {
  const message = "The keys of the identity provider cannot be read at the moment: ask again a little later.";
  return refusal(503, "SERVICE_UNAVAILABLE", message, { "retry-after": String(JWKS_RETRY_SECONDS) });
}

function refusal(
  status: number,
  code: string,
  message: string,
  headers: Record<string, string>,
): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status, headers } } });
}
