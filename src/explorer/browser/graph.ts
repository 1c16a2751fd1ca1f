/**
 * Lets a picture be read by keyboard and pointer: arrows follow its edges, and what a node stands on lights up. Called again
 * when another picture stands in the same place, with the node that keeps the focus.
 */
export function followGraph(figure: HTMLElement, focused?: string): void {
  const svg = figure.querySelector<SVGSVGElement>(".canvas svg");
  if (svg === null) return;
  const nodes = new Map(
    [...figure.querySelectorAll<SVGAElement>("a.node")].map((node) => [node.dataset.id ?? "", node]),
  );
  const edges = [...figure.querySelectorAll<SVGPathElement>("path.edge")];
  const [first] = nodes.values();
  const entry = nodes.get(focused ?? "") ?? first;
  if (entry === undefined) return;
  entry.setAttribute("tabindex", "0");

  /** Everything that a node needs, or that needs it, with the edges between. */
  const reach = (id: string, from: "from" | "to", to: "from" | "to"): Set<Element> => {
    const found = new Set<Element>();
    const queue = [id];
    const seen = new Set(queue);
    for (let at = queue.pop(); at !== undefined; at = queue.pop())
      for (const edge of edges) {
        const other = edge.dataset[to];
        if (edge.dataset[from] !== at || other === undefined) continue;
        found.add(edge);
        const node = nodes.get(other);
        if (node !== undefined) found.add(node);
        if (!seen.has(other)) queue.push(other);
        seen.add(other);
      }
    return found;
  };
  const light = (id: string | undefined) => {
    figure.classList.toggle("lit", id !== undefined);
    const lit = new Set<Element>();
    if (id !== undefined) {
      for (const element of [...reach(id, "to", "from"), ...reach(id, "from", "to")]) lit.add(element);
      const own = nodes.get(id);
      if (own !== undefined) lit.add(own);
    }
    for (const element of [...nodes.values(), ...edges]) element.classList.toggle("on", lit.has(element));
  };
  const nodeOf = (target: EventTarget | null) =>
    target instanceof Element ? target.closest<SVGAElement>("a.node") : null;
  svg.addEventListener("pointerover", ({ target }) => light(nodeOf(target)?.dataset.id));
  svg.addEventListener("pointerleave", () => light(undefined));
  svg.addEventListener("focusin", ({ target }) => light(nodeOf(target)?.dataset.id));
  svg.addEventListener("focusout", () => light(undefined));

  svg.addEventListener("keydown", (event) => {
    const node = nodeOf(event.target);
    if (node === null) return;
    const next = neighbour(node, event.key, nodes, edges);
    if (next === undefined) return;
    event.preventDefault();
    node.setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
    next.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
  if (focused !== undefined) entry.focus({ preventScroll: true });
}

/** The node that an arrow key means: what is needed on the left, what it unlocks on the right, others above and below. */
function neighbour(
  node: SVGAElement,
  key: string,
  nodes: ReadonlyMap<string, SVGAElement>,
  edges: readonly SVGPathElement[],
): SVGAElement | undefined {
  const here = node.getBBox();
  const middle = here.y + here.height / 2;
  const far = (other: SVGAElement) => {
    const box = other.getBBox();
    return Math.abs(box.y + box.height / 2 - middle) + Math.abs(box.x - here.x);
  };
  const nearest = (found: readonly SVGAElement[]) => found.toSorted((a, b) => far(a) - far(b))[0];
  const along = (from: "from" | "to", to: "from" | "to") =>
    nearest(
      edges
        .filter((edge) => edge.dataset[from] === node.dataset.id)
        .flatMap((edge) => nodes.get(edge.dataset[to] ?? "") ?? []),
    );
  if (key === "ArrowLeft") return along("to", "from");
  if (key === "ArrowRight") return along("from", "to");
  if (key === "Home") return nodes.values().next().value;
  if (key !== "ArrowUp" && key !== "ArrowDown") return undefined;
  const side = key === "ArrowUp" ? -1 : 1;
  return nearest(
    [...nodes.values()].filter((other) => {
      const box = other.getBBox();
      return (
        side * (box.y - here.y) > 0 && Math.abs(box.x + box.width / 2 - here.x - here.width / 2) < here.width
      );
    }),
  );
}
