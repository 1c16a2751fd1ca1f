/** How far a picture can be zoomed out and in. */
const LEAST = 0.2;
const MOST = 3;
const ZOOM_STEP = 1.25;
/** How far a pointer moves before it drags the picture instead of clicking, in pixels. */
const DRAG = 4;

/** A place on the screen, in CSS pixels of the window. */
interface Point {
  readonly x: number;
  readonly y: number;
}

/** The part of a page in which a picture is seen: it scrolls as boxes do, and zooms. */
export class Stage {
  readonly #canvas: HTMLElement;
  readonly #stage: HTMLElement;
  #zoom = 1;
  #padding = { left: 0, top: 0, right: 0, bottom: 0 };

  constructor(canvas: HTMLElement, stage: HTMLElement) {
    this.#canvas = canvas;
    this.#stage = stage;
    canvas.addEventListener(
      "wheel",
      (event) => {
        // As browsers zoom pages; pinching a touchpad says the same.
        if (!event.ctrlKey) return;
        event.preventDefault();
        this.#zoomTo(this.#zoom * Math.exp(-event.deltaY / 200), { x: event.clientX, y: event.clientY });
      },
      { passive: false },
    );
    canvas.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "+" || event.key === "=") this.in();
      else if (event.key === "-") this.out();
      else if (event.key === "0") this.fit();
      else return;
      event.preventDefault();
    });
    this.#drag();
    this.#pinch();
  }

  get svg(): SVGSVGElement | null {
    return this.#stage.querySelector("svg");
  }

  in(): void {
    this.#zoomTo(this.#zoom * ZOOM_STEP);
  }

  out(): void {
    this.#zoomTo(this.#zoom / ZOOM_STEP);
  }

  /** Shows the whole picture as large as it can be, or in its own size where it is shown whole already. */
  fit(): void {
    const { svg } = this;
    if (svg === null) return;
    const { width, height } = svg.viewBox.baseVal;
    const whole = Math.min(this.#canvas.clientWidth / width, this.#canvas.clientHeight / height, 1);
    this.#zoomTo(Math.abs(this.#zoom - whole) < 0.01 ? 1 : whole);
  }

  /** Scrolls to a node that is not in sight, as a picture begins that is larger than its box. */
  show(node: Element): void {
    const [seen, box] = [this.#canvas.getBoundingClientRect(), node.getBoundingClientRect()];
    const isSeen =
      box.left >= seen.left && box.right <= seen.right && box.top >= seen.top && box.bottom <= seen.bottom;
    if (isSeen) return;
    this.#canvas.scrollBy({
      left: box.x + box.width / 2 - seen.x - seen.width / 2,
      top: box.y + box.height / 2 - seen.y - seen.height / 2,
      behavior: "instant",
    });
  }

  /**
   * Puts another picture in the place of the one that is shown, so that a node of both stays where it is on the screen, and
   * with it everything else that has kept its place: what is new on the left moves nothing.
   */
  replace(next: SVGSVGElement, id: string): void {
    const find = () => this.#stage.querySelector(`a.node[data-id="${CSS.escape(id)}"]`);
    const before = find()?.getBoundingClientRect();
    this.#pinCentre();
    this.svg?.replaceWith(next);
    this.#size();
    if (before === undefined) return;
    // Scrolls as far as there is something to scroll, then makes room.
    for (const makesRoom of [false, true, false]) {
      const now = find()?.getBoundingClientRect();
      if (now === undefined) return;
      const [x, y] = [now.x - before.x, now.y - before.y];
      if (makesRoom) {
        const { left, top, right, bottom } = this.#padding;
        this.#pad({
          left: left + Math.max(0, -x),
          top: top + Math.max(0, -y),
          right: right + Math.max(0, x),
          bottom: bottom + Math.max(0, y),
        });
      } else this.#canvas.scrollBy({ left: x, top: y, behavior: "instant" });
    }
  }

  /** Holds a picture that is smaller than its box by room on its left instead of its centre. */
  #pinCentre(): void {
    const { svg } = this;
    if (svg === null || this.#stage.classList.contains("pinned")) return;
    const left = svg.getBoundingClientRect().left - this.#stage.getBoundingClientRect().left;
    this.#stage.classList.add("pinned");
    this.#pad({ ...this.#padding, left });
  }

  #pad(padding: { left: number; top: number; right: number; bottom: number }): void {
    this.#padding = padding;
    const { left, top, right, bottom } = padding;
    this.#stage.style.padding = `${top}px ${right}px ${bottom}px ${left}px`;
  }

  #size(): void {
    const { svg } = this;
    if (svg === null) return;
    const { width, height } = svg.viewBox.baseVal;
    svg.style.width = `${width * this.#zoom}px`;
    svg.style.height = `${height * this.#zoom}px`;
  }

  /** Zooms so that a place of the screen shows what it shows, as far as the picture goes. */
  #zoomTo(wanted: number, at: Point = this.#centre()): void {
    const { svg } = this;
    const matrix = svg?.getScreenCTM();
    if (svg === null || !matrix) return;
    const point = new DOMPoint(at.x, at.y).matrixTransform(matrix.inverse());
    this.#zoom = Math.min(Math.max(wanted, LEAST), MOST);
    this.#size();
    const after = svg.getScreenCTM();
    if (after === null) return;
    const moved = point.matrixTransform(after);
    this.#canvas.scrollBy({ left: moved.x - at.x, top: moved.y - at.y, behavior: "instant" });
  }

  #centre(): Point {
    const { left, top, width, height } = this.#canvas.getBoundingClientRect();
    return { x: left + width / 2, y: top + height / 2 };
  }

  /** Drags with a mouse; fingers scroll by themselves. */
  #drag(): void {
    const canvas = this.#canvas;
    let last: Point | undefined;
    let isDragging = false;
    canvas.addEventListener("pointerdown", (event) => {
      const isOnNode = event.target instanceof Element && event.target.closest("a") !== null;
      if (event.pointerType === "mouse" && event.button === 0 && !isOnNode)
        last = { x: event.clientX, y: event.clientY };
    });
    canvas.addEventListener("pointermove", (event) => {
      if (last === undefined) return;
      const [x, y] = [last.x - event.clientX, last.y - event.clientY];
      if (!isDragging && Math.hypot(x, y) < DRAG) return;
      if (!isDragging) canvas.setPointerCapture(event.pointerId);
      isDragging = true;
      canvas.scrollBy({ left: x, top: y, behavior: "instant" });
      last = { x: event.clientX, y: event.clientY };
    });
    const end = () => {
      last = undefined;
      isDragging = false;
    };
    canvas.addEventListener("pointerup", end);
    canvas.addEventListener("pointercancel", end);
  }

  /** Zooms with two fingers. */
  #pinch(): void {
    let far: number | undefined;
    const read = ({ touches }: TouchEvent) => {
      const [a, b] = touches;
      if (a === undefined || b === undefined || touches.length !== 2) return undefined;
      return {
        far: Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY),
        at: { x: (a.clientX + b.clientX) / 2, y: (a.clientY + b.clientY) / 2 },
      };
    };
    this.#canvas.addEventListener(
      "touchmove",
      (event) => {
        const now = read(event);
        if (now === undefined) return;
        event.preventDefault();
        if (far !== undefined) this.#zoomTo((this.#zoom * now.far) / far, now.at);
        far = now.far;
      },
      { passive: false },
    );
    this.#canvas.addEventListener("touchend", () => {
      far = undefined;
    });
  }
}
