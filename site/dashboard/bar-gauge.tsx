// How full each of several things is: a bar for each, with marks at the limits.

import type { Panel } from '../../src/core/dashboard/model.ts';
import { reduce, type PanelData } from '../../src/core/dashboard/panel-data.ts';
import { formatValue } from '../../src/core/dashboard/units.ts';
import { Icon } from '../page/icon.tsx';

export function BarGauge({ panel, data }: { panel: Panel; data: PanelData }) {
  const max = panel.max ?? 100;
  const limits = panel.thresholds;
  return (
    <div class="bars">
      {data.lines.map((line) => {
        const value = reduce(line.values, 'lastNotNull');
        const crossed = limits.filter((limit) => value >= limit.value).length;
        const level = crossed === 0 ? 'fine' : crossed === limits.length ? 'over' : 'near';
        const text = formatValue(value, panel.unit, panel.decimals);
        return (
          <div class="bar" data-level={level}>
            <span class="bar-name mono">{mountName(line.name)}</span>
            <span class="bar-value numbers">
              {level === 'over' && <Icon name="octagonAlert" />}
              {level === 'near' && <Icon name="triangleAlert" />}
              {text}
              {level !== 'fine' && (
                <span class="visually-hidden">{`, over ${limitText(panel, crossed)}`}</span>
              )}
            </span>
            <span class="bar-track" aria-hidden="true">
              <span class="bar-fill" style={{ width: `${Math.min(100, (100 * value) / max)}%` }} />
              {limits.map((limit) => (
                <span class="bar-mark" style={{ left: `${(100 * limit.value) / max}%` }} />
              ))}
            </span>
          </div>
        );
      })}
      {limits.length > 0 && (
        <p class="panel-note">
          {`Marks at ${limits.map((limit) => formatValue(limit.value, panel.unit, 0)).join(' and ')}.`}
        </p>
      )}
    </div>
  );
}

function limitText(panel: Panel, crossed: number): string {
  return formatValue(panel.thresholds[crossed - 1]?.value ?? 0, panel.unit, 0);
}

/** collectd writes "/" as root and "/srv/records" as srv-records; the way back is not certain. */
function mountName(name: string): string {
  return name === 'root' ? '/' : name;
}
