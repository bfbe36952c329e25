// The keys of a show, the same in both of its windows.

export type Command = 'forward' | 'back' | 'first' | 'last' | 'blank' | 'notes' | 'leave';

const COMMANDS: Readonly<Record<string, Command>> = {
  ArrowRight: 'forward',
  PageDown: 'forward',
  ' ': 'forward',
  ArrowLeft: 'back',
  PageUp: 'back',
  Home: 'first',
  End: 'last',
  b: 'blank',
  B: 'blank',
  n: 'notes',
  N: 'notes',
  Escape: 'leave',
};

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'defaultPrevented'>;

/** Who types, moves a slider, or presses a button with Space means that one, and not the show. */
export function commandOf(event: Key, focus: Pick<Element, 'closest'> | null): Command | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return null;
  if (focus?.closest('input, textarea, select, .code-monaco')) return null;
  if (event.key === ' ' && focus?.closest('button, a, summary')) return null;
  return COMMANDS[event.key] ?? null;
}
