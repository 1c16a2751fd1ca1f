import type { ResourcePreferences } from "../../planning/cover/path-resources.ts";
import type { Cost, ResourceKind } from "../../store/generated/client/enums.ts";
import { ValidationError } from "../core/errors.ts";
import { MAX_LANGUAGES, MAX_PATH_RESOURCES } from "../limits.ts";

/** Which resources a learner wants, as clients write it. */
export interface ResourcePreferencesInput {
  readonly kinds?: readonly ResourceKind[] | null;
  readonly maxCost?: Cost | null;
  readonly languages?: readonly string[] | null;
  readonly atMost?: number | null;
}

/** A BCP 47 tag in form: letters and digits, joined by hyphens. */
const LANGUAGE_TAG = /^[a-z]{1,8}(-[a-z0-9]{1,8}){0,8}$/i;

/** Checks preferences. Throws ValidationError. */
export function parsePreferences(input: ResourcePreferencesInput, argument: string): ResourcePreferences {
  const { kinds, maxCost, languages, atMost } = input;
  const fault = (field: string, expected: string, received: string | number) =>
    new ValidationError({ argument: `${argument}.${field}`, expected, received });
  if (kinds?.length === 0) throw fault("kinds", "at least one kind, or absent", "an empty list");
  if (languages != null) {
    if (languages.length === 0 || languages.length > MAX_LANGUAGES)
      throw fault("languages", `1 to ${MAX_LANGUAGES} languages, or absent`, `${languages.length} entries`);
    const wrong = languages.find((tag) => !LANGUAGE_TAG.test(tag));
    if (wrong !== undefined) throw fault("languages", "BCP 47 tags, such as en or pt-BR", wrong);
  }
  if (atMost != null && (atMost < 1 || atMost > MAX_PATH_RESOURCES))
    throw fault("atMost", `between 1 and ${MAX_PATH_RESOURCES}`, atMost);
  return {
    ...(kinds != null && { kinds }),
    ...(maxCost != null && { maxCost }),
    ...(languages != null && { languages }),
    ...(atMost != null && { atMost }),
  };
}
