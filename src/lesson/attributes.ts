// The words behind a fence or a container: `run id=counters view=environment steps-to="a = b"`.

const WORD = /([\w-]+)(?:=(?:"([^"]*)"|([^\s"]+)))?/g;

/** Names with their values; a name without a value has "". */
export function readAttributes(text: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [, name = '', quoted, plain] of text.matchAll(WORD))
    found[name] = quoted ?? plain ?? '';
  return found;
}
