// Runs before the page is painted, so that nobody sees a flash of the other theme.
(() => {
  const root = document.documentElement;
  // Without it the styles hide the buttons that only JavaScript makes work.
  root.classList.add('js');
  let chosen = null;
  try {
    chosen = localStorage.getItem('stacklab.theme');
  } catch {
    // Storage is blocked: the page follows the system.
  }
  if (chosen !== 'light' && chosen !== 'dark') chosen = root.dataset.usualTheme ?? null;
  if (chosen !== null) root.dataset.theme = chosen;
})();
