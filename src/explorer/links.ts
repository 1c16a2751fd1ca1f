/** Links to pages: the URL is the whole state of the site. Lists are written with commas, as plan links have them. */

/** The values of a list in a link, whether it repeats its name or has commas. */
export function valuesOf(query: URLSearchParams, name: string): string[] {
  return query
    .getAll(name)
    .flatMap((text) => text.split(","))
    .map((text) => text.trim())
    .filter((text) => text !== "");
}

/** A link to a path with other values for some parameters; an empty list or text leaves one out. */
export function pathLink(
  query: URLSearchParams,
  change: Readonly<Record<string, string | readonly string[]>> = {},
  page = "/path",
): string {
  const names = [...new Set([...query.keys(), ...Object.keys(change)])];
  const parameters = names.flatMap((name) => {
    const changed = change[name];
    const values =
      changed === undefined ? valuesOf(query, name) : [changed].flat().filter((text) => text !== "");
    if (values.length === 0) return [];
    return `${encodeURIComponent(name)}=${values.map(encodeURIComponent).join(",")}`;
  });
  return parameters.length === 0 ? page : `${page}?${parameters.join("&")}`;
}

/** A part of a path as text; as it is where it is no encoding. */
export function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
