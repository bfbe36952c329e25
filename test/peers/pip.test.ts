// Debian's pip installs our packages from our index, as it would from PyPI, and refuses the wheel that was changed.

import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writePackages } from '../../site/build/packages.ts';
import { describeBeside, pip, PYTHON } from './peer.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'stacklab-index-'));
const asked: string[] = [];
let server: Server;
let url = '';

beforeAll(async () => {
  writePackages(root, folder);
  server = createServer((request, response) => {
    const path = request.url ?? '/';
    asked.push(path);
    const file = join(folder, path, path.endsWith('/') ? 'index.json' : '');
    const isPage = file.endsWith('.json');
    const type = isPage ? 'application/vnd.pypi.simple.v1+json' : 'application/octet-stream';
    response.writeHead(existsSync(file) ? 200 : 404, { 'content-type': type });
    response.end(existsSync(file) ? readFileSync(file) : undefined);
  });
  await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/simple/`;
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

/** What pip says, with its exit code; `--isolated` keeps this machine's own settings out. */
function install(target: string, ...what: string[]): Promise<{ code: number; said: string }> {
  const quiet = ['--isolated', '--no-cache-dir', '--disable-pip-version-check', '--no-compile'];
  const args = ['-m', 'pip', 'install', ...quiet, '--index-url', url, '--target', target, ...what];
  return new Promise((resolve) => {
    execFile(PYTHON, args, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), said: `${stdout}${stderr}` });
    });
  });
}

describeBeside([pip], 'pip and our index', () => {
  it('finds a package, and what that needs, and its program runs', async () => {
    const target = join(folder, 'all');
    const { code, said } = await install(target, 'Clinic_Report');
    expect(said).toMatch(/Successfully installed clinic.report-1.0 clinic-units-1.1/i);
    expect(code).toBe(0);
    const program = 'import clinic_report; print(clinic_report.line("Ada", 150, 99.5))';
    const { stdout } = spawnSync(PYTHON, ['-c', program], { cwd: target, encoding: 'utf8' });
    expect(stdout).toBe('Ada: 68.0 kg, 37.5 C\n');
    expect(asked).toContain('/simple/clinic-units/');
  });

  it.each([
    ['clinic-units==1.0', 'clinic_units-1.0.dist-info'],
    ['clinic-units~=1.0', 'clinic_units-1.1.dist-info'],
    ['clinic-units<1.1,!=2', 'clinic_units-1.0.dist-info'],
  ])('chooses for %s what our micropip chooses', async (what, info) => {
    const target = join(folder, what.replace(/\W/g, '_'));
    expect((await install(target, what)).code).toBe(0);
    expect(readdirSync(target)).toContain(info);
  });

  it('refuses the wheel whose hash is not that of the index', async () => {
    const target = join(folder, 'broken');
    const { code, said } = await install(target, 'clinic-broken');
    expect(code).toBe(1);
    expect(said).toContain('THESE PACKAGES DO NOT MATCH THE HASHES');
    expect(existsSync(join(target, 'clinic_broken'))).toBe(false);
  });

  it('knows no package that is not in it', async () => {
    const { code, said } = await install(join(folder, 'none'), 'numpy');
    expect(code).toBe(1);
    expect(said).toContain('No matching distribution found for numpy');
  });
});

it('makes the same bytes twice', () => {
  const again = mkdtempSync(join(tmpdir(), 'stacklab-index-'));
  writePackages(root, again);
  for (const path of ['wheels', 'simple'].flatMap((part) => filesIn(again, part)))
    expect(readFileSync(join(again, path)).equals(readFileSync(join(folder, path))), path).toBe(
      true,
    );
  rmSync(again, { recursive: true });
});

function filesIn(base: string, part: string): readonly string[] {
  return readdirSync(join(base, part), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(base.length + 1));
}
