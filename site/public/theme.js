// Runs before the page is painted, so that nobody sees a flash of the other theme.
(() => {
  const root = document.documentElement;
  // Without it the styles hide the buttons that only JavaScript makes work.
  root.classList.add('js');
  // Slides take the page's place: until they are there, nobody sees the page (lesson.css).
  const view = new URLSearchParams(location.search).get('view');
  if (view === 'slides' || view === 'notes') root.dataset.view = view;
  let chosen = null;
  try {
    chosen = localStorage.getItem('stacklab.theme');
  } catch {
    // Storage is blocked: the page follows the system.
  }
  if (chosen !== 'light' && chosen !== 'dark') chosen = root.dataset.usualTheme ?? null;
  if (chosen !== null) root.dataset.theme = chosen;
})();
