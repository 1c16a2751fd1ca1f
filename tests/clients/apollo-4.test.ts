import { createHash } from "node:crypto";
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from "@apollo/client";
import { loadDevMessages, loadErrorMessages } from "@apollo/client/dev";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { vi } from "vitest";
import { describeApollo } from "./apollo-suite.ts";

// Without a bundler that says so, Apollo Client takes this for production and keeps its warnings to itself.
vi.hoisted(() => Object.assign(globalThis, { __DEV__: true }));

loadDevMessages();
loadErrorMessages();

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

describeApollo("Apollo Client 4", ({ url, fetch, variables, possibleTypes, persisted }) => {
  const http = new HttpLink({ uri: url, fetch });
  const client = new ApolloClient({
    cache: new InMemoryCache({ possibleTypes }),
    link:
      persisted === undefined
        ? http
        : ApolloLink.from([
            new PersistedQueryLink({ sha256, useGETForHashedQueries: persisted.hashedBy === "GET" }),
            http,
          ]),
  });
  return {
    query: async (query) => (await client.query({ query, variables })).data,
    watch: (query) => {
      const watched = client.watchQuery({ query, variables });
      watched.subscribe({});
      return () => watched.getCurrentResult().data;
    },
    close: () => client.stop(),
  };
});
