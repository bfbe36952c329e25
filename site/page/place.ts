// Where this page stands: the root of the site, and whether a stack serves it.

const root = document.documentElement;

/** Absolute address of the site's root, with a slash at the end. */
export const siteRoot = new URL(root.dataset['root'] ?? './', location.href).href;

/** The stack marks the pages it serves, so that a static copy never asks for a stack that is not there. */
export const servedByStack = root.dataset['servedBy'] === 'stack';
