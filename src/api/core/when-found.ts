/** Goes on with what is there at once or comes later. At once stays at once: a promise costs a turn of microtasks. */
export function whenFound<Found, Next>(
  found: Found | Promise<Found>,
  next: (found: Found) => Next | Promise<Next>,
): Next | Promise<Next> {
  return found instanceof Promise ? found.then(next) : next(found);
}
