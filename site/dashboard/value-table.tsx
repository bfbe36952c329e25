// The values of a panel as a table: for screen readers, for copying, and for those who want to be sure.

import type { Panel } from '../../src/core/dashboard/model.ts';
import type { PanelData } from '../../src/core/dashboard/panel-data.ts';
import { formatValue } from '../../src/core/dashboard/units.ts';
import { timeText } from '../chart/chart.ts';

/** The newest rows; a table of a whole day helps nobody. */
const ROWS_MAX = 60;

export function ValueTable({ panel, data }: { panel: Panel; data: PanelData }) {
  const rows = Array.from(data.times, (timeS, index) => ({ timeS, index }))
    .slice(-ROWS_MAX)
    .reverse();
  return (
    <div
      class="value-table"
      tabIndex={0}
      role="region"
      aria-label={`${panel.title}, newest values`}
    >
      <table class="numbers">
        <thead>
          <tr>
            <th scope="col">time</th>
            {data.lines.map((line) => (
              <th scope="col">{line.name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ timeS, index }) => (
            <tr>
              <th scope="row">{timeText(timeS, 1)}</th>
              {data.lines.map((line) => {
                const value = line.values[index] ?? NaN;
                return (
                  <td>
                    {Number.isNaN(value) ? '–' : formatValue(value, panel.unit, panel.decimals)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
