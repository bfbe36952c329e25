import { describe, expect, it } from 'vitest';
import { COLLECTOR_DEFAULTS } from '../../../src/core/collect/config.ts';
import {
  type FileSystemsRequest,
  type ProcessDetails,
  type ProcessEntry,
} from '../../../src/core/host/sensors.ts';
import { pluginOf, shown, names } from './plugin-host.ts';

it.each([
  'contextswitch',
  'cpu',
  'df',
  'disk',
  'entropy',
  'interface',
  'irq',
  'load',
  'memory',
  'processes',
  'swap',
  'tcpconns',
  'uptime',
  'users',
])('%s says in plain words that a system does not tell', (name) => {
  const answer = pluginOf(name, '').answerTo();
  expect(answer).toMatchObject({ ok: false });
  expect(answer.ok ? '' : answer.why).toMatch(/^this system does not tell [A-Za-z ]+$/);
});

it('knows no plugin unless a file names it', () => {
  expect(COLLECTOR_DEFAULTS.plugins).toEqual({});
});

describe('tcpconns', () => {
  const sockets = [
    { state: 'LISTEN', localPort: 80, remotePort: 0 },
    { state: 'ESTABLISHED', localPort: 80, remotePort: 5000 },
    { state: 'ESTABLISHED', localPort: 80, remotePort: 5001 },
    { state: 'TIME_WAIT', localPort: 6000, remotePort: 2003 },
  ] as const;

  it('counts all eleven states of each port that listens, when the file asks for nothing', () => {
    const values = shown(pluginOf('tcpconns', '').answerTo({ sockets }));
    expect(Object.keys(values)).toHaveLength(11);
    expect(values['tcpconns-80-local/tcp_connections-ESTABLISHED']).toEqual([2]);
    expect(values['tcpconns-80-local/tcp_connections-CLOSING']).toEqual([0]);
  });

  it('counts ports of either side, and all together', () => {
    const options = 'LocalPort 6000\nRemotePort 2003\nAllPortsSummary true';
    const values = shown(pluginOf('tcpconns', options).answerTo({ sockets }));
    expect(Object.keys(values)).toHaveLength(33);
    expect(values['tcpconns-6000-local/tcp_connections-TIME_WAIT']).toEqual([1]);
    expect(values['tcpconns-2003-remote/tcp_connections-TIME_WAIT']).toEqual([1]);
    expect(values['tcpconns-all/tcp_connections-ESTABLISHED']).toEqual([2]);
  });
});

describe('disk', () => {
  const sda = {
    name: 'sda',
    readOps: 100,
    readMerged: 0,
    readOctets: 51_200,
    readMs: 400,
    writeOps: 10,
    writeMerged: 0,
    writeOctets: 5120,
    writeMs: 20,
    inProgress: 0,
    ioMs: 50,
    weightedIoMs: 60,
  };
  const idle = { ...sda, name: 'loop0', readOps: 0, writeOps: 0 };

  it('leaves out the first reading, and a disk that never did anything', () => {
    const { answerTo } = pluginOf('disk', '');
    expect(names(answerTo({ disks: [sda, idle] }))).toEqual([]);
    const parts = ['octets', 'ops', 'time', 'io_time'].map((part) => `disk-sda/disk_${part}`);
    expect(names(answerTo({ disks: [sda, idle] }))).toEqual(parts);
  });

  it('has the name that udev gives it, and chooses by that', () => {
    const udevProperty = (name: string): string | null => (name === 'DM_NAME' ? 'home' : null);
    const disks = [
      { ...sda, udevProperty },
      { ...sda, name: 'sdb' },
    ];
    const instances = (options: string): Set<string | undefined> => {
      const { answerTo } = pluginOf('disk', options);
      answerTo({ disks });
      return new Set(names(answerTo({ disks })).map((name) => name.split('/')[0]));
    };
    expect(instances('UdevNameAttr "DM_NAME"')).toEqual(new Set(['disk-home', 'disk-sdb']));
    expect(instances('UdevNameAttr "DM_NAME"\nDisk "home"')).toEqual(new Set(['disk-home']));
    expect(instances('UdevNameAttr "NONE"')).toEqual(new Set(['disk-sda', 'disk-sdb']));
  });

  it('adds to disk_time the mean time of one operation, times the interval', () => {
    const { answerTo } = pluginOf('disk', '');
    answerTo({ disks: [sda] });
    const next = { ...sda, readOps: 120, readMs: 500, writeOps: 11, writeMs: 27 };
    // 400 / 100 and 20 / 10, then 100 / 20 and 7 / 1, each times 10 s.
    expect(shown(answerTo({ disks: [next] }))['disk-sda/disk_time']).toEqual([40 + 50, 20 + 70]);
  });

  it('shows what merges and waits only once the kernel counted any', () => {
    const { answerTo } = pluginOf('disk', '');
    answerTo({ disks: [sda] });
    const busy = shown(answerTo({ disks: [{ ...sda, writeMerged: 3, inProgress: 2 }] }));
    expect(busy['disk-sda/disk_merged']).toEqual([0, 3]);
    expect(busy['disk-sda/pending_operations']).toEqual([2]);
    expect(shown(answerTo({ disks: [sda] }))['disk-sda/pending_operations']).toEqual([0]);
  });

  it('chooses by pattern', () => {
    const { answerTo } = pluginOf('disk', 'Disk "/^sd/"\nIgnoreSelected true');
    answerTo({ disks: [sda, { ...sda, name: 'vda' }] });
    const seen = names(answerTo({ disks: [sda, { ...sda, name: 'vda' }] }));
    expect(new Set(seen.map((name) => name.split('/')[0]))).toEqual(new Set(['disk-vda']));
  });
});

describe('processes', () => {
  const counts = {
    running: 1,
    sleeping: 2,
    zombies: 0,
    stopped: 0,
    paging: 0,
    blocked: 0,
    forks: 9,
  };
  const details: ProcessDetails = {
    isZombie: false,
    threads: 3,
    vm: 1000,
    rss: 500,
    data: 100,
    code: 10,
    stack: 1,
    userUs: 70_000,
    systemUs: 30_000,
    minorFaults: 5,
    majorFaults: 1,
    io: null,
  };
  const entry = (pid: number, name: string, commandLine: string, more = {}): ProcessEntry => ({
    pid,
    name,
    commandLine: () => commandLine,
    details: () => ({ ...details, ...more }),
    fileDescriptors: () => 7,
    memoryMaps: () => 30,
    contextSwitches: () => ({ voluntary: 10, involuntary: 1 }),
  });

  it('counts the files in their memory where it is told to', () => {
    const block = 'CollectMemoryMaps true\nProcess "sshd"\nProcess "none"';
    const processList = [entry(1, 'sshd', ''), entry(2, 'sshd', '')];
    const values = shown(pluginOf('processes', block).answerTo({ processes: counts, processList }));
    expect(values['processes-sshd/file_handles-mapped']).toEqual([60]);
    expect(values).not.toHaveProperty(['processes-none/file_handles-mapped']);
  });

  it('adds up what is called by exactly that name', () => {
    const { answerTo } = pluginOf('processes', 'Process "sshd"');
    const processList = [entry(1, 'sshd', ''), entry(2, 'sshd', ''), entry(3, 'sshd-session', '')];
    const values = shown(answerTo({ processes: counts, processList }));
    expect(values['processes-sshd/ps_rss']).toEqual([1000]);
    expect(values['processes-sshd/ps_count']).toEqual([2, 6]);
    expect(values['processes/ps_state-sleeping']).toEqual([2]);
    expect(values).not.toHaveProperty(['processes-sshd/io_octets']);
  });

  it('searches a pattern in the command line, and in the name of what has none', () => {
    const { answerTo } = pluginOf('processes', 'ProcessMatch "py" "python[[:digit:]] |kworker"');
    const processList = [
      entry(1, 'python3', 'python3 app.py'),
      entry(2, 'kworker/0', ''),
      entry(3, 'kworker', 'bash'),
    ];
    const values = shown(answerTo({ processes: counts, processList }));
    expect(values['processes-py/ps_count']).toEqual([2, 6]);
  });

  it('goes on counting when a process ends and another begins', () => {
    const { answerTo } = pluginOf('processes', 'Process "a"');
    const cpuOf = (list: readonly ProcessEntry[]) =>
      shown(answerTo({ processes: counts, processList: list }))['processes-a/ps_cputime'];
    expect(cpuOf([entry(1, 'a', '')])).toEqual([0, 0]);
    expect(cpuOf([entry(1, 'a', '', { userUs: 90_000 })])).toEqual([20_000, 0]);
    expect(cpuOf([entry(2, 'a', '', { userUs: 5000, systemUs: 0 })])).toEqual([25_000, 0]);
    // Another one under the same number: it has less than the one before had.
    expect(cpuOf([entry(2, 'a', '', { userUs: 1000, systemUs: 0 })])).toEqual([26_000, 0]);
  });

  it('counts open files and changes of process where it is told to', () => {
    const options = 'CollectFileDescriptor true\nCollectContextSwitch true\nProcess "a"';
    const { answerTo } = pluginOf('processes', options);
    const values = shown(answerTo({ processes: counts, processList: [entry(1, 'a', '')] }));
    expect(values['processes-a/file_handles']).toEqual([7]);
    expect(values['processes-a/contextswitch-voluntary']).toEqual([0]);
  });
});

describe('swap and df', () => {
  it('show each swap device, and what was moved in bytes', () => {
    const devices = [{ name: '/dev/sda2', total: 100, used: 30 }];
    const swap = {
      total: 100,
      free: 70,
      cached: 0,
      pagesIn: 2,
      pagesOut: 3,
      pageBytes: 4096,
      devices,
    };
    const values = shown(
      pluginOf('swap', 'ReportByDevice true\nReportBytes true').answerTo({ swap }),
    );
    expect(values).toMatchObject({
      'swap-dev_sda2/swap-used': [30],
      'swap-dev_sda2/swap-free': [70],
      'swap/swap_io-in': [8192],
    });
  });

  it('show how many files may still be made', () => {
    const inodes = { free: 60, reserved: 0, used: 40 };
    const root = {
      mount: '/',
      device: '/dev/sda1',
      type: 'ext4',
      free: 5,
      reserved: 1,
      used: 4,
      inodes,
    };
    const options = 'ReportInodes true\nValuesPercentage true\nReportByDevice true';
    const values = shown(pluginOf('df', options).answerTo({ fileSystems: [root] }));
    expect(values['df-sda1/df_inodes-free']).toEqual([60]);
    expect(values['df-sda1/percent_inodes-used']).toEqual([40]);
  });
});

describe('memory', () => {
  it('has one slab where the kernel does not tell its two parts', () => {
    const parts = { total: 100, free: 10, buffered: 5, cached: 5 };
    const memory = { ...parts, slabReclaimable: 0, slabUnreclaimable: 0, slab: 30 };
    expect(shown(pluginOf('memory', '').answerTo({ memory }))).toMatchObject({
      'memory/memory-used': [50],
      'memory/memory-slab': [30],
    });
    expect(names(pluginOf('memory', '').answerTo({ memory })).join()).not.toContain('slab_');
  });
});

describe('df', () => {
  const mountOf = (mount: string) => ({ mount, device: mount, type: 'ext4' });
  const reading = (mount: string) => ({
    ...mountOf(mount),
    free: 1,
    reserved: 1,
    used: 1,
    inodes: null,
  });

  it('asks only the file systems that are wanted, and gives half an interval for it', () => {
    const requests: FileSystemsRequest[] = [];
    const plugin = pluginOf('df', 'MountPoint "/a"\nIgnoreSelected true', {}, (request, done) => {
      requests.push(request);
      done({ fileSystems: [reading('/a'), reading('/b')], silent: [] });
    });
    expect(names(plugin.answerTo())).toEqual([
      'df-b/df_complex-free',
      'df-b/df_complex-reserved',
      'df-b/df_complex-used',
    ]);
    const [request] = requests;
    expect(request?.timeoutMs).toBe(5000);
    expect(['/a', '/b'].map((mount) => request?.wants(mountOf(mount)))).toEqual([false, true]);
  });

  it('says once that one is silent, and once that it no longer is', () => {
    const answers = [['/b'], ['/b'], [], ['/b']];
    const plugin = pluginOf('df', '', {}, (_, done) =>
      done({ fileSystems: [reading('/a')], silent: answers.shift() ?? [] }),
    );
    for (let at = 0; at < 4; at++) plugin.answerTo();
    expect(plugin.logged).toEqual([
      'A file system does not answer; df leaves it out until it does.',
      'A file system answers again, or is gone.',
      'A file system does not answer; df leaves it out until it does.',
    ]);
  });
});

describe('cpu', () => {
  const core = {
    user: 10,
    nice: 5,
    system: 3,
    idle: 80,
    wait: 1,
    interrupt: 0,
    softirq: 1,
    steal: 0,
  };
  const cpus = [{ ...core, guest: 4, guestNice: 1 }];

  it('takes the time of virtual machines out, and shows it where it is told to', () => {
    const values = shown(
      pluginOf('cpu', 'ReportGuestState true\nReportNumCpu true').answerTo({ cpus }),
    );
    expect(values).toMatchObject({
      'cpu-0/cpu-user': [6],
      'cpu-0/cpu-nice': [4],
      'cpu-0/cpu-guest': [4],
      'cpu/count': [1],
    });
    const kept = shown(pluginOf('cpu', 'SubtractGuestState false').answerTo({ cpus }));
    expect(kept['cpu-0/cpu-user']).toEqual([10]);
    expect(kept).not.toHaveProperty(['cpu-0/cpu-guest']);
  });
});
