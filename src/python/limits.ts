// Limits that both sides have to know.

/** Calls inside one another; place.py has the same number, and a test compares them. */
export const RECURSION_MAX = 400;
