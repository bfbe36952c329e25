import { describe, expect, it } from 'vitest';
import { parseConf } from '../../../src/core/collect/conf.ts';

function itemsOf(text: string) {
  const parsed = parseConf(text);
  if (!parsed.ok) throw new Error(parsed.why);
  return parsed.value;
}

function whyNot(text: string): string {
  const parsed = parseConf(text);
  return parsed.ok ? 'it can be read' : parsed.why;
}

describe('collectd.conf', () => {
  it('reads a word, a number and a truth for what each is', () => {
    const [item] = itemsOf('Key "a b" word 10 0x1F 010 -2.5 1.5e+3 true off\n');
    expect(item?.args).toEqual(['a b', 'word', 10, 31, 8, -2.5, 1500, true, false]);
  });

  it('takes an address without quotes', () => {
    const [item] = itemsOf('Listen 192.168.0.1:25826 [::1]:25826 ff18::efc0:4a42\n');
    expect(item?.args).toEqual(['192.168.0.1:25826', '[::1]:25826', 'ff18::efc0:4a42']);
  });

  it('keeps what a backslash protects inside of quotes', () => {
    const [item] = itemsOf('Regex "a \\"b\\" \\\\d # no comment"\n');
    expect(item?.args).toEqual(['a "b" \\d # no comment']);
  });

  it('joins a line that ends with a backslash, and a quoted text that does', () => {
    const [first, second] = itemsOf('Exec "nobody" \\\n  "/bin/true"\nMessage "one \\\n   two"\n');
    expect(first?.args).toEqual(['nobody', '/bin/true']);
    expect(second?.args).toEqual(['one two']);
  });

  it('does not join the line behind a comment, whatever the comment ends with', () => {
    const items = itemsOf('# folder C:\\temp\\\nInterval 10 # seconds \\\nHostname "web"\n');
    expect(items.map(({ key, line }) => [key, line])).toEqual([
      ['Interval', 2],
      ['Hostname', 3],
    ]);
  });

  it('counts the lines of a quoted text, so that the next error names its line', () => {
    expect(whyNot('Message "one\ntwo"\nURL http://x/\n')).toContain('Line 3:');
  });

  it('puts blocks into blocks', () => {
    const [plugin] = itemsOf(
      '<Plugin apache>\n  <Instance "web">\n  URL "x"\n  </Instance>\n</Plugin>',
    );
    expect(plugin?.children?.[0]).toMatchObject({ key: 'Instance', args: ['web'] });
    expect(plugin?.children?.[0]?.children?.[0]).toMatchObject({ key: 'URL', line: 3 });
  });

  it.each([
    ['Hostname web-1\n', 'Line 1: this value needs quotes around it: "web-1"'],
    ['\nURL http://x/y\n', 'Line 2: this value needs quotes around it: "http://x/y"'],
    ['BaseDir /var/lib\n', 'Line 1: "/" stands only inside of quotes.'],
    ['Hostname\n', 'Line 1: Hostname has no value behind it.'],
    ['Hostname "web\n', 'Line 1: a quote has no end.'],
    ['<Plugin df>\n', 'Line 1: <Plugin> has no </Plugin>.'],
    ['<Plugin df>\n</plugin>\n', 'Line 2: </plugin> ends a block, but <Plugin> is open there.'],
    ['</Plugin>\n', 'Line 1: </Plugin> ends a block, but none is open there.'],
    ['<Plugin df\n</Plugin>\n', 'Line 1: this block has no ">" at its end.'],
    ['<Plugin df> A 1\n</Plugin>\n', 'Line 1: what is inside of a block begins on a line'],
    ['"Hostname" a\n', 'Line 1: an option begins with its name'],
    ['<A>\n'.repeat(17), 'Line 17: more than 16 blocks inside each other.'],
  ])('says in one sentence with its line what is wrong in %j', (text, sentence) => {
    expect(whyNot(text)).toContain(sentence);
  });
});
