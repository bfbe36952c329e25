// How every collectd.conf of these tests begins. Our collector passes over what only the real program needs: folders.

/** `folder` takes what collectd writes beside its values. */
export function collectdHead(hostname: string, folder: string): string {
  return `Hostname "${hostname}"
FQDNLookup false
BaseDir "${folder}"
PIDFile "${folder}/pid"
PluginDir "/usr/lib/collectd"
TypesDB "/usr/share/collectd/types.db"
Interval 1
`;
}
