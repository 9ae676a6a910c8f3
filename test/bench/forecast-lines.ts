/** Forecasts as the CSV that `bench/demand/score.mjs` reads. */
import { type DemandPanel, HORIZON_DAYS, isoDay } from '#core/demand/demand-panel.ts'
import { cellOf, FORECAST_KINDS } from '#core/demand/forecast-columns.ts'
import type { Fold } from '../../models/demand/score-forecasts.ts'

export function forecastLines(panel: DemandPanel, folds: readonly Fold[]): string {
  const lines = [['series', 'origin', 'h', ...FORECAST_KINDS].join()]
  for (const { origin, columns } of folds)
    panel.series.forEach(({ id }, series) => {
      for (let horizon = 1; horizon <= HORIZON_DAYS; horizon++)
        lines.push(
          [
            id,
            isoDay(panel, origin - 1),
            horizon,
            ...FORECAST_KINDS.map((kind) => columns[kind][cellOf(series, horizon)]),
          ].join(),
        )
    })
  return `${lines.join('\n')}\n`
}
