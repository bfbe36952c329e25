// Dashboard variables in a target: $host, ${host}, ${host:glob}, [[host]].

export type VariableValues = Readonly<Record<string, readonly string[]>>;

const REFERENCE = /\$\{(\w+)(?::(\w+))?\}|\[\[(\w+)(?::(\w+))?\]\]|\$(\w+)/g;

/** The target with every known variable put in; an unknown one stays as it is, as in Grafana. */
export function interpolate(target: string, values: VariableValues): string {
  return target.replace(REFERENCE, (whole, ...groups: (string | undefined)[]) => {
    const name = groups[0] ?? groups[2] ?? groups[4] ?? '';
    const chosen = values[name];
    if (chosen === undefined) return whole;
    return format(chosen, groups[1] ?? groups[3] ?? 'glob');
  });
}

/** Grafana's Graphite default is glob: one value bare, several in braces. An unknown format is glob. */
function format(values: readonly string[], name: string): string {
  if (name === 'csv' || name === 'raw') return values.join(',');
  if (name === 'pipe') return values.join('|');
  if (name === 'json') return JSON.stringify(values);
  return values.length === 1 ? (values[0] ?? '') : `{${values.join(',')}}`;
}
