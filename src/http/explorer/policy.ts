/** What a page may load: files of this server alone. Nothing that stands in the page itself runs or styles. */
const POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
].join("; ");

/** The content security policy of a page; `ancestors` are the origins that may frame it, as CSP writes them. */
export function pagePolicy(ancestors: string): string {
  return `${POLICY}; frame-ancestors ${ancestors}`;
}
