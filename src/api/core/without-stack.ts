/**
 * Makes errors that tell a client all there is to tell, without the stack of where they were made. Nobody reads it, it takes
 * most of the time, and one operation can make thousands of them.
 */
export function withoutStack<Made>(make: () => Made): Made {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return make();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
