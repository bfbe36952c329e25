// The end of this process, also while the system holds one of its threads.

/** How long calls to the system that are still under way may take, before they count as hanging. */
const LAST_CALLS_MS = 200;

/**
 * Ends with `code`. An ordinary exit waits for the threads that read files, and one that asks a mount whose server is away
 * may never come back; then SIGTERM ends the process, without waiting, and is what its parent sees.
 */
export async function endProcess(code: number): Promise<never> {
  if (isCalling()) await new Promise((resolve) => setTimeout(resolve, LAST_CALLS_MS));
  if (!isCalling()) process.exit(code);
  process.removeAllListeners('SIGTERM');
  process.kill(process.pid, 'SIGTERM');
  return new Promise(() => {});
}

function isCalling(): boolean {
  return process.getActiveResourcesInfo().some((name) => name.startsWith('FSReq'));
}
