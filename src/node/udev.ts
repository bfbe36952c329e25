// What udev knows of a block device: its own notes, and the kernel's for a device (or a machine) that udev has none of.

import { readText } from './proc-text.ts';

/** `device` is "major:minor". Null when neither has the property. */
export function udevProperty(
  device: string,
  property: string,
  run = '/run/udev/data',
  sys = '/sys/dev/block',
): string | null {
  return (
    lineOf(readText(`${run}/b${device}`), `E:${property}=`) ??
    lineOf(readText(`${sys}/${device}/uevent`), `${property}=`)
  );
}

function lineOf(text: string | null, head: string): string | null {
  return (
    text
      ?.split('\n')
      .find((line) => line.startsWith(head))
      ?.slice(head.length) ?? null
  );
}
