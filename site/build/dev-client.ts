// The page's side of `npm run dev`: loads the page again when its lesson was saved, and shows what `check` found in a
// slim bar. Typed programs and the place on the page outlive that: the browser keeps both.

const bar = document.createElement('div');
bar.id = 'dev-findings';
bar.setAttribute('role', 'status');
// A style of its own: no file of the site knows of it.
bar.style.cssText =
  'position: fixed; z-index: 20; inset: auto 0 0; max-height: 30vh; overflow: auto; padding: 8px 16px; ' +
  'border-top: 3px solid #c64b07; background: #402315; color: #fff; font: 13px/20px ui-monospace, monospace; ' +
  'white-space: pre-wrap; overflow-wrap: anywhere';
bar.hidden = true;
document.body.append(bar);

const events = new EventSource('/dev/events');
events.addEventListener('fresh', () => location.reload());
events.addEventListener('findings', (event: MessageEvent<string>) => {
  const found = JSON.parse(event.data) as readonly string[];
  bar.textContent = found.join('\n');
  bar.hidden = found.length === 0;
});
