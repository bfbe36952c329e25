// Node 24 beside the Node that runs the tests, from the npm registry, kept in node_modules/.cache.

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const VERSION = '24.21.0';
const folder = fileURLToPath(new URL('../../node_modules/.cache/node24/', import.meta.url));
const isWindows = process.platform === 'win32';

/**
 * Path of its binary. The package "node" only runs a script that installs the package of the platform;
 * that one holds the binary, and no script needs to run.
 */
export async function provideNode24(): Promise<string> {
  const name = packageOfPlatform();
  const binary = `${folder}node_modules/${name}/bin/${isWindows ? 'node.exe' : 'node'}`;
  if (!existsSync(binary)) {
    const args = ['install', '--prefix', folder, '--no-save', '--ignore-scripts', '--no-audit'];
    await promisify(execFile)('npm', [...args, `${name}@${VERSION}`], { shell: isWindows });
  }
  return binary;
}

function packageOfPlatform(): string {
  const { platform, arch } = process;
  const isAppleSilicon = platform === 'darwin' && arch === 'arm64';
  return `${isAppleSilicon ? 'node-bin' : 'node'}-${isWindows ? 'win' : platform}-${arch}`;
}
