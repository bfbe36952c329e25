// JSON text as Python's json.dumps writes it: ", " and ": " between parts, ASCII only.

/** A part that is text already, such as a float that must show its ".0". */
export interface RawJson {
  readonly raw: string;
}

export type JsonValue =
  | null
  | boolean
  | number
  | string
  | RawJson
  | readonly JsonValue[]
  | ReadonlyMap<string, JsonValue>
  | { readonly [key: string]: JsonValue };

/** Numbers are printed as ints; put a float in as RawJson. */
export function pythonJson(value: JsonValue): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'number')
    return String(value);
  if (typeof value === 'string') return pythonJsonText(value);
  if (isList(value)) return `[${value.map(pythonJson).join(', ')}]`;
  if (isRaw(value)) return value.raw;
  let pairs = '';
  for (const [key, part] of value instanceof Map ? value : Object.entries(value)) {
    if (pairs !== '') pairs += ', ';
    pairs += `${pythonJsonText(key)}: ${pythonJson(part)}`;
  }
  return `{${pairs}}`;
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function isRaw(value: JsonValue): value is RawJson {
  return typeof value === 'object' && value !== null && 'raw' in value && !(value instanceof Map);
}

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
};

const NEEDS_ESCAPE = /["\\]|[^ -~]/;

export function pythonJsonText(text: string): string {
  if (!NEEDS_ESCAPE.test(text)) return `"${text}"`;
  const escaped = text.replace(
    /["\\]|[^ -~]/g,
    (unit) => SHORT_ESCAPES[unit] ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `"${escaped}"`;
}

/** The same JSON over several lines, as json.dumps(indent=2) writes it. */
export function indentJson(json: string): string {
  let depth = 0;
  let result = '';
  const line = (): string => `\n${'  '.repeat(depth)}`;
  for (const part of json.match(/"(?:[^"\\]|\\.)*"|\[\]|\{\}|, |[[\]{}]|[^",[\]{}]+/g) ?? []) {
    if (part === '[' || part === '{') {
      depth++;
      result += part + line();
    } else if (part === ']' || part === '}') {
      depth--;
      result += line() + part;
    } else if (part === ', ') result += `,${line()}`;
    else result += part;
  }
  return result;
}
