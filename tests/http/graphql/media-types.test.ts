import { expect, test } from "vitest";
import {
  encodingFor,
  isJson,
  isSimpleForm,
  negotiate,
  prefersHtml,
} from "../../../src/http/graphql/media-types.ts";

test.each([
  [undefined, undefined],
  ["identity", undefined],
  ["gzip, deflate, br", "br"],
  ["GZIP;q=0.5", "gzip"],
  ["br;q=0, gzip", "gzip"],
  ["*", "gzip"],
  ["gzip;q=0", undefined],
  ["deflate", undefined],
] as const)("%s is answered in %s", (accept, encoding) => {
  expect(encodingFor(accept)).toBe(encoding);
});

const GRAPHQL = "application/graphql-response+json";

test.each([
  [undefined, "application/json"],
  ["Application/JSON", "application/json"],
  [`text/plain, ${GRAPHQL}`, GRAPHQL],
  [`${GRAPHQL};q=0.5, application/json`, "application/json"],
  [`${GRAPHQL};q=0, */*;q=0.1`, "application/json"],
  ["text/event-stream", undefined],
  ["application/json;q=0", undefined],
])("%s is answered as %s", (accept, type) => {
  expect(negotiate(accept)).toBe(type);
});

test.each([
  [undefined, false],
  ["*/*", false],
  ["text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", true],
  ["application/json, text/html;q=0", false],
  ["application/json, text/html;q=0.1", false],
  ["text/html;q=0", false],
])("whether %s asks for a page", (accept, isHtml) => {
  expect(prefersHtml(accept)).toBe(isHtml);
});

test.each([
  ["application/json", true],
  ['Application/JSON; Charset="UTF-8"', true],
  ["application/json;charset=utf8", true],
  ["application/json; charset=utf-16", false],
  ["application/jsonp", false],
  [undefined, false],
])("whether %s is JSON", (type, isIt) => {
  expect(isJson(type)).toBe(isIt);
});

test("a form is known by its type, whatever its letter case and parameters", () => {
  expect(isSimpleForm("Application/X-WWW-Form-Urlencoded; charset=utf-8")).toBe(true);
  expect(isSimpleForm("text/plain")).toBe(true);
  expect(isSimpleForm("application/json")).toBe(false);
});
