// The package index of our own, as a program in a lesson sees it: what is installed, what is refused, in which words.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Python, RunOptions } from '../../src/python/client.ts';
import type { RunResult } from '../../src/python/results.ts';
import { startPython } from './thread.ts';

let python: Python;

beforeAll(async () => {
  python = await startPython();
});

afterAll(() => python.close());

function installing(what: string, then = '', options: RunOptions = {}): Promise<RunResult> {
  return python.run(`import micropip\nawait micropip.install(${what})\n${then}`, options);
}

/** The last line of the traceback. */
async function refusal(what: string, before = ''): Promise<string> {
  const { ending } = await python.run(
    `import micropip\n${before}\nawait micropip.install(${what})\n`,
  );
  return `${ending.error?.type}: ${ending.error?.message}`;
}

describe('micropip installs', () => {
  it('a package with what it needs, which Python finds and describes', async () => {
    const { text } = await installing(
      '"clinic-report"',
      `import clinic_report, importlib.metadata
print(clinic_report.line("Ada", 150, 99.5))
print(clinic_report.__file__)
print(importlib.metadata.metadata("clinic-report")["Summary"])
print(importlib.metadata.requires("clinic-report"))
print(micropip.list())
micropip.uninstall("clinic-report")
print(*micropip.list())`,
    );
    expect(text).toBe(`Ada: 68.0 kg, 37.5 C
/lib/python3.14/site-packages/clinic_report/__init__.py
One line for each patient
['clinic-units>=1.1']
Name          | Version
------------- | -------
clinic-report | 1.0
clinic-units  | 1.1
clinic-units
`);
  });

  it.each([
    ['"clinic-units"', '1.1'],
    ['"clinic-units==1.0"', '1.0'],
    ['"Clinic.Units == 1"', '1.0'],
    ['"clinic_units<1.1"', '1.0'],
    ['"clinic-units!=1.1, >=1.0"', '1.0'],
    ['"clinic-units~=1.0"', '1.1'],
    ['"clinic-units==1.*"', '1.1'],
    ['["clinic-units (>1.0)"]', '1.1'],
    [`"clinic-units; python_version >= '3.9'"`, '1.1'],
    [`"clinic-units; sys_platform == 'win32'"`, null],
    ['"clinic-report", deps=False', null],
    ['"click"', null],
  ])('%s, and so the version %s of clinic-units', async (what, version) => {
    const { text, ending } = await installing(what, 'print(micropip.list().get("clinic-units"))');
    expect(ending.words).toContain('Finished');
    expect(text).toBe(`${version ?? 'None'}\n`);
  });

  it('for one run only, and the library stays as it was', async () => {
    await installing('"clinic-units"');
    const { text } = await python.run(
      'import importlib.util as u, micropip\nprint(u.find_spec("clinic_units"), len(micropip.list()))',
    );
    expect(text).toBe('None 0\n');
  });

  it('in a graded run, within its time', async () => {
    const { verdict } = await python.grade(
      'import micropip\nawait micropip.install("clinic-report")\nimport clinic_report',
      [{ call: 'clinic_report.line("Ben", 1, 32)', expect: 'Ben: 0.5 kg, 0.0 C' }],
    );
    expect(verdict.first).toBeNull();
  });

  it('beside a package that the cell has anyway', async () => {
    const { text } = await installing('"click"', 'print(micropip.list())', { packages: ['click'] });
    expect(text).toContain('click | 8.1.3');
    expect((await python.run('import click')).ending.error?.type).toBe('ModuleNotFoundError');
  });
});

describe('micropip refuses', () => {
  it('a wheel that is not what the index lists, and leaves nothing behind', async () => {
    const { text } = await python.run(`import micropip
try:
    await micropip.install(["clinic-report", "clinic-broken"])
except ValueError as error:
    print(error)
print(len(micropip.list()))`);
    expect(text).toMatch(
      /^clinic_broken-1\.0-py3-none-any\.whl is refused: it is not the file that the index lists\.\n {2}listed sha256 [0-9a-f]{64}\n {2}came {3}sha256 [0-9a-f]{64}\n0\n$/,
    );
  });

  it.each([
    [
      '"numpy"',
      "no package named 'numpy' in this index; there are click, clinic-broken, clinic-report, clinic-units. This page has an index of its own and never asks PyPI.",
    ],
    ['"../secret"', "'../secret' is not understood here"],
    [
      '"clinic-units[all]"',
      "'clinic-units[all]' is not understood here: write a name and versions",
    ],
    ['"clinic-units @ https://example.org/a.whl"', 'is not understood here'],
    ['"clinic-units===1"', "'===1' is not understood here"],
    ['"clinic-units==1.0rc1"', "'==1.0rc1' is not understood here"],
    ['"clinic-units>=2"', "no clinic-units fits '>=2' and Python 3.14.2; there is 1.0, 1.1."],
    [`"clinic-units; a and b"`, "the marker 'a and b' is not understood here"],
  ])('%s', async (what, words) => {
    expect(await refusal(what)).toContain(words);
  });

  it('what does not fit to what is there', async () => {
    const before = 'await micropip.install("clinic-units==1.0")';
    expect(await refusal('"clinic-report"', before)).toContain(
      "'clinic-units>=1.1' was asked for, but clinic-units==1.0 is already installed",
    );
  });

  it('to take away what is not there', async () => {
    const { ending } = await python.run('import micropip\nmicropip.uninstall("clinic-units")');
    expect(ending.error?.message).toBe('clinic-units is not installed');
  });
});

/** Python's own `zipfile` makes a wheel with one thing wrong, and stands in for the index. */
const TAMPERED = `import micropip, io, json, hashlib, zipfile, base64
from clinic_wheel import META
def record(data):
    return "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
def wheel(path, data, listed):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as z:
        z.writestr(path, data)
        z.writestr("a-1.dist-info/METADATA", META)
        z.writestr("a-1.dist-info/RECORD", listed + f"a-1.dist-info/METADATA,{record(META.encode())},{len(META)}\\na-1.dist-info/RECORD,,\\n")
    return made.getvalue()
def ask(path, data, listed):
    bytes_ = wheel(path, data, listed)
    page = {"projects": [{"name": "a"}], "files": [{"filename": "a-1-py3-none-any.whl", "hashes": {"sha256": hashlib.sha256(bytes_).hexdigest()}}]}
    micropip.index.read = lambda file: (json.dumps(page).encode() if file.endswith("json") else bytes_).decode("latin-1")
    return micropip.install("a")
`;

describe('a wheel', () => {
  it.each([
    ['"a.py", b"1", f"a.py,{record(b\'1\')},1\\n"', 'Finished'],
    ['"a.py", b"1", f"a.py,{record(b\'2\')},1\\n"', 'a.py is not what its RECORD says'],
    ['"a.py", b"1", f"a.py,{record(b\'1\')},2\\n"', 'a.py is not what its RECORD says'],
    ['"a.py", b"1", ""', 'its RECORD and its files differ in a.py'],
    ['"a.py", b"1", f"a.py,{record(b\'1\')},1\\nb.py,{record(b\'\')},0\\n"', 'differ in b.py'],
    ['"../a.py", b"1", f"../a.py,{record(b\'1\')},1\\n"', '../a.py would leave the folder'],
  ])('with %s: %s', async (given, words) => {
    const files = {
      'clinic_wheel.py': 'META = "Metadata-Version: 2.1\\nName: a\\nVersion: 1\\n"\n',
    };
    const { ending } = await python.run(`${TAMPERED}\nawait ask(${given})`, { files });
    expect(ending.error?.message ?? ending.words).toContain(words);
  });

  it('that needs another Python', async () => {
    const files = {
      'clinic_wheel.py':
        'META = "Metadata-Version: 2.1\\nName: a\\nVersion: 1\\nRequires-Python: >=4\\n"\n',
    };
    const given = '"a.py", b"1", f"a.py,{record(b\'1\')},1\\n"';
    const { ending } = await python.run(`${TAMPERED}\nawait ask(${given})`, { files });
    expect(ending.error?.message).toBe('a-1-py3-none-any.whl needs Python >=4');
  });

  it('does not stand in for the index in the next run', async () => {
    expect((await installing('"clinic-units"')).ending.how).toBe('finished');
  });
});

describe('await outside of functions', () => {
  const CODE = `import asyncio
async def f(n):
    await asyncio.sleep(0.001)
    return n
x = await f(3)
print(x, [await f(n) for n in range(2)])
async with asyncio.timeout(1):
    print(await f(4))
`;

  it.each([
    null,
    'environment',
    'expression',
    'decorators',
    'binding',
    'calltree',
    'modules',
  ] as const)('works with the view %s', async (view) => {
    const { text, ending } = await python.run(CODE, {
      watch: view === null ? null : { view, of: null },
    });
    expect(ending.how).toBe('finished');
    expect(text).toBe('3 [0, 1]\n4\n');
  });

  it('says where it stopped, and stays an error inside of a plain function', async () => {
    const { error } = (await python.run(`${CODE}await f(1 / 0)`)).ending;
    expect(error).toMatchObject({ type: 'ZeroDivisionError', line: 9 });
    const inside = await python.run('def g():\n    await 1');
    expect(inside.ending.error?.message).toContain("'await' outside async function");
  });

  it('shows a package on the shelf as found among the installed ones', async () => {
    const { trace } = await installing('"clinic-units"', 'import clinic_units', {
      watch: { view: 'modules', of: null },
    });
    const [first, second] = trace?.imports?.events ?? [];
    expect(first).toMatchObject({ name: 'micropip', file: 'this page' });
    expect(second).toMatchObject({ file: 'installed packages/clinic_units/__init__.py' });
    expect(second?.tried.at(-1)).toEqual({ place: 'installed packages', found: true });
  });
});

describe("our wheels in Python's own hands", () => {
  it('are zips without a fault, which importlib.metadata reads', async () => {
    const { text } = await python.run(`import micropip, io, zipfile, importlib.metadata, json
for file in ("clinic_units-1.0", "clinic_units-1.1", "clinic_report-1.0", "clinic_broken-1.0"):
    data = micropip.index.file(f"wheels/{file}-py3-none-any.whl")
    whole = zipfile.ZipFile(io.BytesIO(data))
    first = whole.infolist()[0]
    print(whole.testzip(), len(whole.namelist()), first.date_time, oct(first.external_attr >> 16), first.compress_type)
await micropip.install("clinic-report")
found = importlib.metadata.distribution("clinic-report")
print(found.name, found.version, found.metadata["Requires-Python"], found.read_text("INSTALLER"))
print(all(file.locate().exists() and (file.hash is None or file.size == file.locate().stat().st_size) for file in found.files))`);
    const zip = 'None 4 (1980, 1, 1, 0, 0, 0) 0o100644 0\n';
    expect(text).toBe(`${zip.repeat(4)}clinic-report 1.0 >=3.9 micropip\n\nTrue\n`);
  });
});
