import type { JWTVerifyGetKey, JWTVerifyOptions } from "jose";
import { z } from "zod";
import { SCOPES, type Scope } from "../../api/viewer.ts";
import { isStorable } from "../../store/storable-text.ts";
import { CLOCK_TOLERANCE_SECONDS, JWKS_TIMEOUT_MS, MAX_SUBJECT_LENGTH } from "../limits.ts";

/** JSON Web Tokens (RFC 7519): which ones are believed, and what they say. The library is loaded with the first one. */

/** The algorithm of tokens that are signed with the shared secret. */
const SHARED = "HS256";

/** Whose tokens are believed. */
export interface TokenSettings {
  /** Signs tokens and checks them, by HS256; absent: there are none. */
  readonly secret?: string | undefined;
  /** Where the public keys of an identity provider are; absent: there is none. */
  readonly jwksUrl?: string | undefined;
  /** Which of its algorithms are taken: those with a public key, so that none can be taken for a secret. */
  readonly algorithms?: readonly string[];
  /** What tokens must say of who made them and whom they are for; absent: anything. */
  readonly issuer?: string | undefined;
  readonly audience?: string | undefined;
}

export interface TokenClaims {
  readonly subject: string;
  readonly scopes: readonly Scope[];
}

/** Why a token is not believed, as its bearer is told. */
export class TokenFault extends Error {}

/** The keys of the identity provider cannot be had at the moment. */
export class KeysUnreachable extends Error {}

const claims = z.object({
  sub: z.string().min(1).max(MAX_SUBJECT_LENGTH).refine(isStorable),
  scope: z.string().default(""),
});

/** What the claims of a token have to be. */
const EXPECTED: Readonly<Record<string, string>> = {
  sub: `1 to ${MAX_SUBJECT_LENGTH} letters that can be stored`,
  scope: "a text, with spaces between scopes",
};

function faultOf({ issues }: z.ZodError): string {
  const claim = String(issues[0]?.path[0]);
  return `its claim ${claim} has to be ${EXPECTED[claim]}`;
}

/** Checks tokens against the settings of a server. */
export class WebTokens {
  readonly #settings: TokenSettings;
  #published: JWTVerifyGetKey | undefined;

  constructor(settings: TokenSettings) {
    this.#settings = settings;
  }

  /**
   * What a token says, if its signature, its time and what it says of itself are right. Otherwise rejects with a
   * `TokenFault`, or with `KeysUnreachable`. Scopes of others are passed over.
   */
  async read(token: string): Promise<TokenClaims> {
    const { decodeProtectedHeader, errors, jwtVerify } = await import("jose");
    const { issuer, audience } = this.#settings;
    const options = {
      ...(issuer !== undefined && { issuer }),
      ...(audience !== undefined && { audience }),
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      requiredClaims: ["exp", "sub"],
    };
    try {
      const { alg = "none" } = decodeProtectedHeader(token);
      const { payload } = await this.#verify(jwtVerify, token, alg, options);
      const read = claims.safeParse(payload);
      if (!read.success) throw new TokenFault(faultOf(read.error));
      const given = new Set(read.data.scope.split(" "));
      return { subject: read.data.sub, scopes: SCOPES.filter((scope) => given.has(scope)) };
    } catch (error) {
      if (error instanceof TokenFault || error instanceof KeysUnreachable) throw error;
      if (error instanceof errors.JWTExpired) throw new TokenFault("it has expired: get a new one");
      if (error instanceof errors.JWTClaimValidationFailed)
        throw new TokenFault(`its ${error.claim} is missing, or not what this server expects`);
      throw new TokenFault("it was not signed by anybody whom this server believes");
    }
  }

  /** The algorithm that a token names decides which key it is checked with, never how that key is used. */
  async #verify(
    jwtVerify: typeof import("jose").jwtVerify,
    token: string,
    algorithm: string,
    options: JWTVerifyOptions,
  ) {
    const { secret, jwksUrl, algorithms = [] } = this.#settings;
    if (secret !== undefined && algorithm === SHARED)
      return jwtVerify(token, new TextEncoder().encode(secret), { ...options, algorithms: [SHARED] });
    if (jwksUrl !== undefined && algorithms.includes(algorithm)) {
      this.#published ??= await publishedKeys(jwksUrl);
      return jwtVerify(token, this.#published, { ...options, algorithms: [...algorithms] });
    }
    const taken = [...(secret === undefined ? [] : [SHARED]), ...(jwksUrl === undefined ? [] : algorithms)];
    if (taken.length === 0) throw new TokenFault("this server takes no JSON Web Tokens");
    throw new TokenFault(`it is not signed by ${taken.join(" or ")}`);
  }
}

/** The keys at a URL, kept for a while; those that are not known are looked for again, not too often. */
async function publishedKeys(url: string): Promise<JWTVerifyGetKey> {
  const { createRemoteJWKSet, errors } = await import("jose");
  const find = createRemoteJWKSet(new URL(url), { timeoutDuration: JWKS_TIMEOUT_MS });
  return async (header, token) => {
    try {
      return await find(header, token);
    } catch (error) {
      const isOfToken = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported];
      if (isOfToken.some((kind) => error instanceof kind)) throw error;
      throw new KeysUnreachable("the keys of the identity provider cannot be read", { cause: error });
    }
  };
}

/** What a token is to say. */
export interface NewToken {
  readonly subject: string;
  readonly scopes: readonly Scope[];
  readonly seconds: number;
}

/** Signs a token that a server with the same settings believes. */
export async function signToken(
  secret: string,
  { issuer, audience }: TokenSettings,
  { subject, scopes, seconds }: NewToken,
): Promise<string> {
  const { SignJWT } = await import("jose");
  const token = new SignJWT({ scope: scopes.join(" ") })
    .setProtectedHeader({ alg: SHARED, typ: "JWT" })
    .setSubject(subject)
    .setIssuedAt()
    .setExpirationTime(Math.floor(Date.now() / 1_000) + seconds);
  if (issuer !== undefined) token.setIssuer(issuer);
  if (audience !== undefined) token.setAudience(audience);
  return token.sign(new TextEncoder().encode(secret));
}
