import { ACCURACY_DAYS, type AccuracyAnswer } from '#core/api/demand-models.ts'
import { addSums, scoresOf } from '#core/demand/accuracy.ts'
import { HORIZON_DAYS } from '#core/demand/demand-panel.ts'
import { settingOf } from '#core/settings/settings.ts'
import { answeringWarehouse } from '#runtime/answering-warehouse.ts'
import { type HttpRequest, viewerIn } from '#runtime/http-handler.ts'
import type { Ports } from '#runtime/ports.ts'
import { readPublished } from '#runtime/published-warehouse.ts'
import { wholeIn } from '#runtime/query-parameters.ts'
import { readSettings } from '#runtime/read-catalogue.ts'
import { readDemandAccuracy } from '#runtime/read-demand-accuracy.ts'
import { freshnessAt } from '#runtime/read-lag.ts'

/** Published forecasts against what was sold, day by day. */
export async function answerAccuracy(ports: Ports, request: HttpRequest): Promise<AccuracyAnswer> {
  const { objects, log, state, clock } = ports
  const { merchantId } = viewerIn(request)
  const warehouse = answeringWarehouse(ports)
  const days = wholeIn(request, 'days', ACCURACY_DAYS.most) ?? ACCURACY_DAYS.usual
  const ahead = wholeIn(request, 'ahead', HORIZON_DAYS) ?? 1
  const fresh = await freshnessAt({ log, state }, clock.now())
  const published = await readPublished(objects, merchantId)
  const currency = settingOf('currency', await readSettings(state, merchantId))
  const found = await readDemandAccuracy(warehouse, published, { days, ahead, currency })
  const all = addSums(found.days)
  return {
    ...fresh,
    ahead,
    all: { ...scoresOf(all), forecasts: all.forecasts },
    days: found.days.map((day) => ({
      ...scoresOf(day),
      day: day.day,
      forecasts: day.forecasts,
      actual: day.actual,
      median: day.median,
      mean: day.mean,
    })),
    money: found.money.map((one) => ({ ...one })),
  }
}
