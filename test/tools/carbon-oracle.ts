// What was once sent to Debian's carbon-cache 1.1.7, each case on a connection or in a packet of its own: bytes, whether the
// connection is open afterwards, and the files that there are then. With `--strict` ours must do the same; what it does
// else on purpose stands in `kind`.
//
//   line 'a.tsinf 5 inf\n' + a good line behind it    real: closed, no file    kind: open, the good line has its file

import { encodeUtf8 } from '../../src/core/base/text.ts';
import { frameOf } from '../../src/core/carbon/frame.ts';
import { pathOf } from '../peers/stored.ts';

export interface OracleCase {
  readonly name: string;
  readonly by: 'line' | 'packet' | 'pickle';
  readonly bytes: Uint8Array;
  readonly isOpen: boolean;
  /** Paths, sorted. */
  readonly files: readonly string[];
  /** What ours does by itself, where that is something else. */
  readonly kind: { readonly isOpen: boolean; readonly files: readonly string[] };
  /** A part of what ours says about it; null when it has nothing to say. */
  readonly why: string | null;
}

/** Any moment; the files that count are made whatever it is. */
export const ORACLE_T = 1_700_000_000;
const T = ORACLE_T;

interface Given {
  readonly isOpen?: boolean;
  readonly files?: readonly string[];
  readonly kind?: { readonly isOpen?: boolean; readonly files?: readonly string[] };
  readonly why?: string;
}

function makeCase(
  by: OracleCase['by'],
  name: string,
  bytes: Uint8Array,
  { isOpen = true, files = [], kind = {}, why }: Given,
): OracleCase {
  return {
    name: `${by} ${name}`,
    by,
    bytes,
    isOpen,
    files,
    kind: { isOpen: kind.isOpen ?? true, files: kind.files ?? files },
    why: why ?? null,
  };
}

const line = (name: string, bytes: string | Uint8Array, given: Given): OracleCase =>
  makeCase('line', name, typeof bytes === 'string' ? encodeUtf8(bytes) : bytes, given);
const packet = (name: string, bytes: string | Uint8Array, given: Given): OracleCase =>
  makeCase('packet', name, typeof bytes === 'string' ? encodeUtf8(bytes) : bytes, given);
const pickle = (name: string, hex: string, given: Given): OracleCase =>
  makeCase('pickle', name, frameOf(new Uint8Array(Buffer.from(hex, 'hex'))), given);

/** 0xff stands for what is no UTF-8. */
const raw = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));

const NO_POINT = 'Expected "metric value timestamp"';
const NO_UTF8 = 'is not UTF-8 text';
const NO_LIST = 'The pickle is not a list';
const NO_ELEMENT = 'An element of the pickle is not (metric, (timestamp, value)).';

export const ORACLE_CASES: readonly OracleCase[] = [
  line('ok', `a.ok 1 ${T}\n`, { files: ['a/ok.wsp'] }),
  line('crlf', `a.crlf 1 ${T}\r\n`, { files: ['a/crlf.wsp'] }),
  line('tabs', `a.tab\t2\t${T}\n`, { files: ['a/tab.wsp'] }),
  line('extra', `a.extra 1 ${T} foo\n`, { why: NO_POINT }),
  line('short', 'a.short 1\n', { why: NO_POINT }),
  line('nan', `a.nan nan ${T}\n`, { why: 'without a value (NaN)' }),
  line('inf', `a.inf inf ${T}\n`, { files: ['a/inf.wsp'] }),
  line('ts-1', 'a.m1 5 -1\n', { files: ['a/m1.wsp'] }),
  line('tsN', 'a.N 5 N\n', { why: 'The timestamp "N" is not a time' }),
  line('tsfloat', `a.tsf 5 ${T}.7\n`, { files: ['a/tsf.wsp'] }),
  line('tsinf', `a.tsinf 5 inf\na.behind 1 ${T}\n`, {
    isOpen: false,
    kind: { files: ['a/behind.wsp'] },
    why: 'The timestamp "inf" is not a time',
  }),
  line('tsnan', `a.tsnan 5 nan\na.behind 1 ${T}\n`, {
    isOpen: false,
    kind: { files: ['a/behind.wsp'] },
    why: 'The timestamp "nan" is not a time',
  }),
  line('tsinf of a value that is nan', `a.tsinf nan inf\na.behindnan 1 ${T}\n`, {
    files: ['a/behindnan.wsp'],
    why: 'The timestamp "inf" is not a time',
  }),
  line('utf8', `a.\u00e9 1 ${T}\n`, { files: ['a/\u00e9.wsp'] }),
  line('badutf8', raw(`a.before 1 ${T}\na.\xff 1 ${T}\na.behindutf8 1 ${T}\n`), {
    isOpen: false,
    files: ['a/before.wsp'],
    kind: { files: ['a/before.wsp', 'a/behindutf8.wsp'] },
    why: NO_UTF8,
  }),
  line('dots', `..b..c.. 1 ${T}\n`, {
    files: ['b/c/.wsp'],
    kind: { files: [] },
    why: 'has an empty part, so no file can have it',
  }),
  line('slash', `a/b 1 ${T}\n`, { files: ['a/b.wsp'] }),
  line('up', `x/../../y 1 ${T}\n`, {
    files: ['x/y.wsp'],
    kind: { files: [] },
    why: 'has an empty part',
  }),
  line('future', `a.future 1 ${T + 900_000_000}\n`, { files: ['a/future.wsp'] }),
  line('past', `a.past 1 ${T - 900_000_000}\n`, {
    files: ['a/past.wsp'],
    why: 'Dropped points that are older than every archive of their file.',
  }),
  line('before 1970', 'a.never 1 -100000\n', {
    files: ['a/never.wsp'],
    kind: { files: [] },
    why: 'The timestamp -100000 is not a time',
  }),
  line('milliseconds', `a.ms 1 ${T}000\n`, {
    files: ['a/ms.wsp'],
    kind: { files: [] },
    why: 'It looks like milliseconds.',
  }),
  line('hex', `a.hex 0x10 ${T}\n`, { why: 'The value "0x10" is not a number' }),
  line('us', `a.us 1_000 ${T}\n`, { files: ['a/us.wsp'] }),
  line('tag', `t.x;b=2;a=1 3 ${T}\n`, { files: [pathOf('t.x;a=1;b=2')] }),
  line('badtag', `t.y;b 3 ${T}\n`, { files: [pathOf('t.y;b')] }),
  line('om', `om{x="1",a="b c"} 3 ${T}\n`, { why: NO_POINT }),
  line('om2', `om2{x="1",a="bc"} 3 ${T}\n`, { files: [pathOf('om2;a=bc;x=1')] }),
  line('neg', `a.neg -1e3 ${T}\n`, { files: ['a/neg.wsp'] }),
  line('long', `a.${'x'.repeat(20_000)} 1 ${T}\n`, {
    isOpen: false,
    kind: { isOpen: false },
    why: 'its line is too long',
  }),
  line('empty', '\n\n', { why: NO_POINT }),
  line('nonl', `a.nonl 1 ${T}`, {}),
  line('glob', `a.*{b}? 1 ${T}\n`, { files: ['a/*{b}?.wsp'] }),
  line('tagdup', `t.d;a=1;a=2 3 ${T}\n`, { files: [pathOf('t.d;a=2')] }),
  line('tilde', `~t.z;a=~x 1 ${T}\n`, { files: [pathOf('~t.z;a=~x')] }),
  line('tilde2', `~t.w;a=x 1 ${T}\n`, { files: [pathOf('t.w;a=x')] }),
  line('slashtag', `t.s;a=x/y.z 1 ${T}\n`, { files: [pathOf('t.s;a=x/y.z')] }),

  packet('with a bad line', `u.one 1 ${T}\nbad\nu.two 2 ${T}`, {
    files: ['u/one.wsp', 'u/two.wsp'],
    why: NO_POINT,
  }),
  packet('with a time of nan', `u.nan 1 nan\nu.three 2 ${T}`, {
    files: ['u/three.wsp'],
    why: 'The timestamp "nan" is not a time',
  }),
  packet('with a time of inf', `u.inf 1 inf\nu.four 2 ${T}`, {
    kind: { files: ['u/four.wsp'] },
    why: 'The timestamp "inf" is not a time',
  }),
  packet('that is not UTF-8', raw(`u.five 1 ${T}\nu.\xff 1 ${T}\nu.six 1 ${T}`), {
    kind: { files: ['u/five.wsp', 'u/six.wsp'] },
    why: NO_UTF8,
  }),

  pickle(
    'proto 0',
    '286c70300a2856702e70726f746f300a70310a2849313730303030303030300a49310a7470320a7470330a612856702e62300a70340a2846313730303030303030302e350a46322e350a7470350a7470360a612e',
    {
      files: ['p/b0.wsp', 'p/proto0.wsp'],
    },
  ),
  pickle(
    'proto 1',
    '5d710028285808000000702e70726f746f317101284a00f153654b01747102747103285804000000702e62317104284741d954fc40200000474004000000000000747105747106652e',
    {
      files: ['p/b1.wsp', 'p/proto1.wsp'],
    },
  ),
  pickle(
    'proto 2',
    '80025d7100285808000000702e70726f746f3271014a00f153654b018671028671035804000000702e623271044741d954fc40200000474004000000000000867105867106652e',
    {
      files: ['p/b2.wsp', 'p/proto2.wsp'],
    },
  ),
  pickle(
    'proto 3',
    '80035d7100285808000000702e70726f746f3371014a00f153654b018671028671035804000000702e623371044741d954fc40200000474004000000000000867105867106652e',
    {
      files: ['p/b3.wsp', 'p/proto3.wsp'],
    },
  ),
  pickle(
    'proto 4',
    '80049538000000000000005d94288c08702e70726f746f34944a00f153654b01869486948c04702e6234944741d954fc4020000047400400000000000086948694652e',
    {
      files: ['p/b4.wsp', 'p/proto4.wsp'],
    },
  ),
  pickle(
    'proto 5',
    '80059538000000000000005d94288c08702e70726f746f35944a00f153654b01869486948c04702e6235944741d954fc4020000047400400000000000086948694652e',
    {
      files: ['p/b5.wsp', 'p/proto5.wsp'],
    },
  ),
  pickle(
    'strvals',
    '80025d71005805000000702e7374727101580a0000003137303030303030303071025803000000312e357103867104867105612e',
    { files: ['p/str.wsp'] },
  ),
  pickle('lists', '80025d71005d7101285806000000702e6c69737471025d7103284a00f153654b016565612e', {
    files: ['p/list.wsp'],
  }),
  pickle('tuple', '80025807000000702e7475706c6571004a00f153654b018671018671028571032e', {
    files: ['p/tuple.wsp'],
  }),
  pickle('dict', '80027d71005806000000702e6469637471014a00f153654b01867102732e', { why: NO_LIST }),
  pickle(
    'none',
    '80025d7100285806000000702e6e6f6e6571014a00f153654e867102867103580b000000702e61667465726e6f6e6571044a00f153654b01867105867106652e',
    {
      files: ['p/afternone.wsp'],
      why: 'Timestamp or value of "p.none" in the pickle is not a number.',
    },
  ),
  pickle(
    'bytes',
    '80025d710028635f636f646563730a656e636f64650a71015807000000702e6279746573710258060000006c6174696e3171038671045271054a00f153654b01867106867107580c000000702e6166746572627974657371084a00f153654b0186710986710a652e',
    { why: '_codecs' },
  ),
  pickle(
    'bytes3',
    '80035d710028580d000000702e6265666f7265627974657371014a00f153654b018671028671034308702e62797465733371044a00f153654b01867105867106580d000000702e616674657262797465733371074a00f153654b01867108867109652e',
    {
      isOpen: false,
      files: ['p/beforebytes.wsp'],
      kind: { files: ['p/afterbytes3.wsp', 'p/beforebytes.wsp'] },
      why: NO_ELEMENT,
    },
  ),
  pickle(
    'py2str',
    '286c70300a285327702e707932270a70310a2849313730303030303030300a46312e350a7470320a7470330a612e',
    { files: ['p/py2.wsp'] },
  ),
  pickle('statsd', '286c285327702e737461747364270a284c313730303030303030304c0a532733270a7474612e', {
    files: ['p/statsd.wsp'],
  }),
  pickle(
    'evil',
    '80025d71005806000000702e6576696c71014a00f15365636f730a73797374656d0a71025804000000747275657103857104527105867106867107612e',
    { why: 'os' },
  ),
  pickle('int', '80024b052e', { isOpen: false, why: NO_LIST }),
  pickle('garbage', '7a7a7a7a', { why: 'The pickle cannot be read' }),
  pickle('empty', '', { why: 'The pickle' }),
  makeCase('pickle', 'toolong', Uint8Array.of(0, 32, 0, 0), {
    isOpen: false,
    kind: { isOpen: false },
    why: '2097152',
  }),
  pickle(
    'space',
    '80025d7100285809000000702073706163652e7871014a00f153654b01867102867103580000000071044a00f153654b018671058671064b054a00f153654b01867107867108580c000000702e6166746572737061636571094a00f153654b0186710a86710b652e',
    {
      isOpen: false,
      files: ['.wsp', 'p space/x.wsp'],
      kind: { files: ['p space/x.wsp', 'p/afterspace.wsp'] },
      why: NO_ELEMENT,
    },
  ),
  pickle(
    'endless',
    '80025d710028580b000000702e6265666f7265696e6671014a00f153654b018671028671035805000000702e696e667104477ff00000000000004b01867105867106580a000000702e6166746572696e6671074a00f153654b01867108867109652e',
    {
      isOpen: false,
      files: ['p/beforeinf.wsp'],
      kind: { files: ['p/afterinf.wsp', 'p/beforeinf.wsp'] },
      why: 'is not a time in seconds',
    },
  ),
  pickle(
    'wrong',
    '80025d7100285805000000702e6f6e6571018571025801000000787103580c000000702e616674657277726f6e6771044a00f153654b01867105867106652e',
    { files: ['p/afterwrong.wsp'], why: NO_ELEMENT },
  ),
];
