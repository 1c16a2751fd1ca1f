/**
 * Makes a part of the page like another, and leaves alone what is like it already: focus, what is open and where it is
 * scrolled stay, and the browser lays out only what is new. An element with an id is found again by it, everything else by its
 * place. What is like the other is told by the browser itself, once a level: O(nodes · depth).
 */
export function morph(now: Element, next: Element): void {
  if (now.isEqualNode(next)) return;
  for (const { name } of [...now.attributes])
    if (!next.hasAttribute(name) && !isOfReader(now, name)) now.removeAttribute(name);
  for (const { name, value } of next.attributes)
    if (now.getAttribute(name) !== value) now.setAttribute(name, value);
  let at = now.firstChild;
  for (const child of [...next.childNodes]) {
    const same = likeOf(child, at, now);
    if (same === null) now.insertBefore(child, at);
    else {
      if (same !== at) now.insertBefore(same, at);
      if (same instanceof Element && child instanceof Element) morph(same, child);
      else if (same.nodeValue !== child.nodeValue) same.nodeValue = child.nodeValue;
      at = same.nextSibling;
    }
  }
  while (at !== null) {
    const rest = at;
    at = at.nextSibling;
    rest.remove();
  }
}

/** Whether a reader has set an attribute, who may have opened something. */
function isOfReader({ localName }: Element, name: string): boolean {
  return localName === "details" && name === "open";
}

/**
 * What a node can be made of: the element of its id, or what stands in its place if that is of its kind. Pictures are never
 * made of others: script has changed them.
 */
function likeOf(node: ChildNode, at: ChildNode | null, parent: Element): ChildNode | null {
  const id = node instanceof Element ? node.id : "";
  if (id !== "") return parent.querySelector(`:scope > #${CSS.escape(id)}`);
  const isFree =
    at?.nodeName === node.nodeName && !(at instanceof Element && at.matches("[id],[data-picture]"));
  return isFree ? at : null;
}
