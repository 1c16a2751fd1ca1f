/**
 * What the searches of this thread have done, in elementary operations. What was remembered counts as if it had been done
 * again: then what a question takes does not depend on what was asked before.
 */
export const workDone = { total: 0 };
