// SVG as text: elements with everything in them escaped.

export type Attributes = Readonly<Record<string, string | number | null>>;

/** Attributes that are null are left out. */
export function element(name: string, attributes: Attributes, inner: string = ''): string {
  let text = `<${name}`;
  for (const [key, value] of Object.entries(attributes))
    if (value !== null)
      text += ` ${key}="${typeof value === 'number' ? short(value) : escapeXml(value)}"`;
  return inner === '' ? `${text}/>` : `${text}>${inner}</${name}>`;
}

/** Hundredths of a pixel are enough. */
export function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Control characters may not be in XML at all. */
export function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r -\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);
}

/** About so wide is a text of this size in most sans-serif fonts. */
export function textWidth(text: string, fontSize: number): number {
  return text.length * fontSize * 0.56;
}

/** The text, with an ellipsis in the middle where it is wider than `width`. */
export function fitted(text: string, fontSize: number, width: number): string {
  const most = Math.max(4, Math.floor(width / (fontSize * 0.56)));
  if (text.length <= most) return text;
  const head = Math.ceil((most - 1) / 2);
  return `${text.slice(0, head)}…${text.slice(text.length - (most - 1 - head))}`;
}
