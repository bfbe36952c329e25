// Runs before the page is painted, so that nobody sees a flash of the other theme.
(() => {
  const root = document.documentElement;
  let chosen = null;
  try {
    chosen = localStorage.getItem('stacklab.theme');
  } catch {
    // Storage is blocked: the page follows the system.
  }
  if (chosen !== 'light' && chosen !== 'dark') chosen = root.dataset.usualTheme ?? null;
  if (chosen !== null) root.dataset.theme = chosen;
})();
