/** One request that a client sent, and what came back. */
export interface Exchange {
  readonly method: string;
  /** The parameters of the request, wherever they travelled: in the URL of a GET, in the body of a POST. */
  readonly sent: Readonly<Record<string, unknown>>;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Wire {
  readonly fetch: typeof fetch;
  readonly exchanges: readonly Exchange[];
}

/** A `fetch` for clients to use that keeps what travelled. */
export function openWire(): Wire {
  const exchanges: Exchange[] = [];
  return {
    exchanges,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const sent = await sentBy(request.clone());
      const response = await fetch(request);
      exchanges.push({
        method: request.method,
        sent,
        status: response.status,
        headers: Object.fromEntries(response.headers),
      });
      return response;
    },
  };
}

async function sentBy(request: Request): Promise<Record<string, unknown>> {
  if (request.method === "POST") return JSON.parse(await request.text());
  const sent: Record<string, unknown> = {};
  for (const [name, text] of new URL(request.url).searchParams)
    sent[name] = name === "variables" || name === "extensions" ? JSON.parse(text) : text;
  return sent;
}

/** A `fetch` that sends an operation's id instead of its text, as GraphQL over HTTP has it. */
export function sendingId(id: string, send: typeof fetch): typeof fetch {
  return (input, init) => {
    const { query: _, ...rest } = JSON.parse(String(init?.body));
    return send(input, { ...init, body: JSON.stringify({ ...rest, documentId: id }) });
  };
}
