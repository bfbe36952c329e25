// One sentence in plain words under Python's own text: what the exception usually means, in the learner's names.

import type { PythonError } from './messages.ts';
import { spelling } from './spelling.ts';

interface Explainer {
  readonly type: string;
  readonly message: RegExp;
  /** `$1` is what the pattern caught; `$line` the line. */
  readonly words: string;
}

const EXPLAINERS: readonly Explainer[] = [
  {
    type: 'UnboundLocalError',
    message: /local variable '(\w+)'/,
    words:
      'This function gives `$1` a value somewhere, so Python treats `$1` as its own name, which has no value here.',
  },
  {
    type: 'NameError',
    message: /name '(\w+)' is not defined\. Did you (?:mean: '(\w+)'|forget to import '(\w+)')/,
    words: 'No variable or function is called `$1`. There is one called `$2$3`.',
  },
  {
    type: 'NameError',
    message: /name '(\w+)' is not defined/,
    words:
      'No variable or function is called `$1` here. Compare the spelling, and look whether `$1` gets its value in another call.',
  },
  {
    type: 'NameError',
    message: /free variable '(\w+)' .*not associated with a value in enclosing scope/,
    words: 'The function around this one has not given `$1` a value yet.',
  },
  {
    type: 'TypeError',
    message: /^(.+?)\(\) missing \d+ required (?:positional|keyword-only) arguments?: (.+)$/,
    words: 'Line $line calls `$1`, but gives no value for $2.',
  },
  {
    type: 'TypeError',
    message: /^(.+?)\(\) takes (\d+) positional arguments? but (\d+) (?:was|were) given$/,
    words: '`$1` has room for $2, and the call brings $3.',
  },
  {
    type: 'TypeError',
    message: /^(.+?)\(\) got multiple values for argument '(\w+)'/,
    words: 'Line $line gives `$2` twice: once by its place and once by its name.',
  },
  {
    type: 'TypeError',
    message: /^(.+?)\(\) got an unexpected keyword argument '(\w+)'/,
    words: '`$1` has no parameter called `$2`. Compare with the line that begins with `def`.',
  },
  {
    type: 'TypeError',
    message: /^(.+?)\(\) got some positional-only arguments passed as keyword arguments: '(\w+)/,
    words: '`$2` stands before the `/`, so it takes its value by place, never by name.',
  },
  {
    type: 'TypeError',
    message: /^unsupported operand type\(s\) for .+'NoneType'/,
    words:
      'One side is None. A function that prints its answer gives None back; `return` gives the answer.',
  },
  {
    type: 'TypeError',
    message: /^unsupported operand type\(s\) for (.+): '(\w+)' and '(\w+)'/,
    words: 'Line $line puts `$1` between a $2 and a $3, and Python has no rule for that.',
  },
  {
    type: 'TypeError',
    message: /^can only concatenate str \(not "(\w+)"\) to str/,
    words: 'Line $line adds a $1 to a text. `str(...)` makes a text of it, or an f-string does.',
  },
  {
    type: 'TypeError',
    message: /^can only concatenate (\w+) \(not "(\w+)"\)/,
    words: 'Line $line adds a $2 to a $1, and a $1 can only be joined with a $1.',
  },
  {
    type: 'TypeError',
    message: /^'NoneType' object is not (?:iterable|subscriptable)/,
    words:
      'Line $line needs a list or the like and got None. A method such as `sort` changes its list and gives None back.',
  },
  {
    type: 'TypeError',
    message: /^'(\w+)' object is not iterable/,
    words: 'Line $line goes through something item by item, and a $1 has no items.',
  },
  {
    type: 'TypeError',
    message: /^cannot use '(\w+)' as a (dict key|set element)/,
    words: 'A $1 can change, so it cannot be a $2. A tuple can.',
  },
  {
    type: 'TypeError',
    message: /^'NoneType' object is not callable$/,
    words:
      'Line $line calls something that is None. Often that is the result of a function without a `return`.',
  },
  {
    type: 'TypeError',
    message: /^'(\w+)' object is not callable$/,
    words:
      'Line $line puts parentheses after a value of the type $1. Only functions can be called.',
  },
  {
    type: 'SyntaxError',
    message: /^no binding for nonlocal '(\w+)' found/,
    words: '`nonlocal $1` asks for a variable of an outer function, and no outer function has it.',
  },
  {
    type: 'AttributeError',
    message: /^'NoneType' object has no attribute '(\w+)'/,
    words: 'Line $line asks None for `$1`. Which function gave None back?',
  },
  {
    type: 'AttributeError',
    message: /^'(\w+)' object has no attribute '(\w+)'. Did you mean: '(\w+)'/,
    words: 'A $1 has no `$2`. It has `$3`.',
  },
  {
    type: 'AttributeError',
    message: /^module '(\w+)' has no attribute '(\w+)'/,
    words: 'The module that was found as `$1` has no `$2`. Is a file of your own called $1.py?',
  },
  {
    type: 'ImportError',
    message: /^cannot import name '(\w+)' from partially initialized module '(\w+)'/,
    words:
      '`$2` is still running its own imports, and has not made `$1` yet: two files import each other.',
  },
  {
    type: 'ModuleNotFoundError',
    message: /^No module named '([\w.]+)'/,
    words: 'Python found no file and no package called `$1`. Compare the spelling.',
  },
  {
    type: 'IndexError',
    message: /^(\w+) index out of range/,
    words: 'Line $line asks for a place that the $1 does not have. The first place is 0.',
  },
  {
    type: 'KeyError',
    message: /^(.+)$/,
    words: 'The dictionary has no key $1.',
  },
  {
    type: 'ZeroDivisionError',
    message: /zero/,
    words: 'Line $line divides by zero. Which value is 0 here, and may it be?',
  },
  {
    type: 'ValueError',
    message: /^invalid literal for int\(\) with base 10: (.+)$/,
    words: '`int` reads whole numbers only, and $1 is none.',
  },
  {
    type: 'ValueError',
    message: /^not enough values to unpack \(expected (?:at least )?(\d+), got (\d+)\)/,
    words: 'Line $line has $1 names on the left and $2 values on the right.',
  },
  {
    type: 'ValueError',
    message: /^too many values to unpack \(expected (\d+)/,
    words: 'Line $line has $1 names on the left, and more values on the right.',
  },
  {
    type: 'AssertionError',
    message: /^/,
    words: 'Line $line asserts something that is not so.',
  },
  {
    type: 'EOFError',
    message: /input has ended/,
    words: 'Line $line asks for one more line, and the input has ended.',
  },
  {
    type: 'FileNotFoundError',
    message: /'([^']+)'$/,
    words: 'There is no file $1 here. The files of this program stand above it.',
  },
  {
    type: 'SyntaxError',
    message: /Did you mean '(\w+)'\?$/,
    words: 'Line $line has a word that is nearly `$1`.',
  },
  {
    type: 'SyntaxError',
    message: /^'(.)' was never closed/,
    words: 'The bracket `$1` in line $line is opened and never closed.',
  },
  {
    type: 'SyntaxError',
    message: /^unterminated (?:f-)?string literal/,
    words: 'The text in line $line has no quotation mark at its end.',
  },
  {
    type: 'SyntaxError',
    message: /^'return' outside function/,
    words: '`return` belongs into a function. Does line $line stand too far left?',
  },
  {
    type: 'SyntaxError',
    message: /^positional argument follows keyword argument/,
    words: 'In a call, values without a name come before those with one.',
  },
  {
    type: 'SyntaxError',
    message: /^parameter without a default follows parameter with a default/,
    words: 'In the line with `def`, parameters without a default come first.',
  },
  {
    type: 'SyntaxError',
    message: /Maybe you meant '==' or ':='/,
    words: '`=` gives a name a value. To compare, write `==`.',
  },
  {
    type: 'SyntaxError',
    message: /^cannot assign to function call/,
    words: 'A call cannot be given a value. The name that gets the value stands left of the `=`.',
  },
  {
    type: 'SyntaxError',
    message: /^Missing parentheses in call to '(\w+)'/,
    words: '`$1` is a function: what it gets stands in parentheses.',
  },
  {
    type: 'SyntaxError',
    message:
      /^name '(\w+)' is (?:used|assigned to) (?:prior to|before) (global|nonlocal) declaration/,
    words: 'The line `$2 $1` stands first in its function, before `$1` is used.',
  },
  {
    type: 'IndentationError',
    message: /^unexpected indent/,
    words: 'Line $line stands further right than the line before, and no block was opened.',
  },
  {
    type: 'IndentationError',
    message: /^unindent does not match/,
    words: 'Line $line goes back left, but not to where an earlier block began.',
  },
  {
    type: 'TabError',
    message: /tabs and spaces/,
    words: 'Line $line is moved right with tabs, others with spaces. Use spaces.',
  },
  {
    type: 'SyntaxError',
    message: /^expected ':'/,
    words: 'A line that opens a block, such as def, if or for, ends with a colon.',
  },
  {
    type: 'IndentationError',
    message: /^expected an indented block/,
    words: 'The line before opens a block, so the next line must stand further right.',
  },
  {
    type: 'RecursionError',
    message: /(?:en|de)coding a JSON|during compilation/,
    words: 'There is more inside one another here than Python can follow.',
  },
  {
    type: 'RecursionError',
    message: /maximum recursion depth|^Stack overflow/,
    words:
      'The function called itself until Python stopped it. Which call should have been the last?',
  },
  {
    type: 'MemoryError',
    message: /^(?!Parser)/,
    words: 'Line $line asks for more memory than this Python has: 256 MB.',
  },
  {
    type: 'OverflowError',
    message: /index-sized integer/,
    words: 'Line $line asks for more items than Python can count here.',
  },
  {
    type: 'RuntimeError',
    message: /^can't start new thread/,
    words:
      'This Python has one thread, so a program cannot start another. Call the function instead.',
  },
  {
    type: 'OSError',
    message: /does not support processes/,
    words: 'This Python cannot start other programs of the computer.',
  },
  {
    type: 'OSError',
    message: /No space left on device/,
    words: 'A file here can hold 32 MB, and line $line writes more.',
  },
  {
    type: 'SystemExit',
    message: /^(-?\d+)$/,
    words:
      'Line $line ends the program with the exit code $1, which means that something went wrong.',
  },
];

/** Null when there is nothing to add to Python's own words. `code` is the program that raised it. */
export function explain(
  error: Pick<PythonError, 'type' | 'message' | 'line'>,
  code = '',
): string | null {
  const spelled = spelling(error, code);
  if (spelled !== null) return spelled;
  for (const { type, message, words } of EXPLAINERS) {
    if (type !== error.type) continue;
    const found = message.exec(error.message.replace(/^\w+: /, ''));
    if (found !== null)
      return words
        .replaceAll('$line', String(error.line ?? ''))
        .replace(/\$(\d)/g, (_, digit: string) => shortName(found[Number(digit)] ?? ''));
  }
  return null;
}

/** `make_label.<locals>.label` is `label` to who wrote it. */
function shortName(text: string): string {
  return text.replace(/[\w.<>]*<locals>\./g, '');
}
