// Gets Python ready when the first program comes near the window: then it mostly is when Run is pressed.

import type { PagePython } from './python.ts';

/** How far below the window a program counts as near. */
const NEAR = '100%';

export function wakeNear(cells: Iterable<Element>, python: PagePython): void {
  // Who saves data is asked by the first press of Run.
  const { connection } = navigator as { readonly connection?: { readonly saveData?: boolean } };
  if (connection?.saveData === true) return;
  const near = new IntersectionObserver(
    (seen) => {
      if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
      near.disconnect();
      whenIdle(() => python.wake());
    },
    { rootMargin: NEAR },
  );
  for (const cell of cells) near.observe(cell);
}

/** The page itself comes first. Safari has no such moment. */
function whenIdle(act: () => void): void {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(act);
  else setTimeout(act, 0);
}
