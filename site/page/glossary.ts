// The script of lists with a search field, of words and of functions: shows the entries that hold what is typed.

const field = document.getElementById('term');
const found = document.getElementById('found');
const terms = [...document.querySelectorAll<HTMLElement>('.term')];

if (field instanceof HTMLInputElement && found !== null) {
  field.value = new URLSearchParams(location.search).get('q') ?? '';
  field.form?.addEventListener('submit', (event) => {
    event.preventDefault();
    show(field.value);
  });
  field.addEventListener('input', () => show(field.value));
  show(field.value);
  if (field.value !== '') field.focus();
}

function show(text: string): void {
  const wanted = text.trim().toLowerCase();
  const isShown = (term: HTMLElement): boolean => (term.dataset['words'] ?? '').includes(wanted);
  // Who looks for "cell" means the word itself, and not all texts that mention it.
  const named = terms.filter((term) => nameOf(term).includes(wanted));
  const shown = named.length > 0 ? named : terms.filter(isShown);
  for (const term of terms) term.hidden = !shown.includes(term);
  if (found !== null) found.textContent = countWords(found.dataset, shown.length, wanted);
}

function nameOf(term: HTMLElement): string {
  return term.querySelector('dt')?.textContent.toLowerCase() ?? '';
}

/** The list says itself what its entries are called. */
function countWords({ one, many, none }: DOMStringMap, count: number, wanted: string): string {
  if (count === 0) return `${none} "${wanted}". Try a shorter piece of it.`;
  return `${count} ${count === 1 ? one : many}`;
}
