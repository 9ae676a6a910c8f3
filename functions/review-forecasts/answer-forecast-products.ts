import { MAX_PAGE } from '#core/api/limits.ts'
import { FORECAST_QUESTIONS } from '#core/lake/demand-questions.ts'
import type { HttpRequest } from '#runtime/http-handler.ts'
import type { Ports } from '#runtime/ports.ts'
import { limitIn } from '#runtime/query-parameters.ts'
import { readProducts } from '#runtime/read-catalogue.ts'
import { freshnessAt } from '#runtime/read-lag.ts'
import { ForecastQuestion } from './forecast-question.ts'

/** Expected units of the next seven days by product, over the stores that the viewer may see, the largest first. */
export async function answerForecastProducts(ports: Ports, request: HttpRequest): Promise<object> {
  const fresh = await freshnessAt(ports, ports.clock.now())
  const question = await ForecastQuestion.of(ports, request)
  const limit = limitIn(request)
  const { merchantId, part } = question
  const rows =
    part === undefined
      ? []
      : await question.ask(FORECAST_QUESTIONS.products, 'fact_predictions', (day) => day === part.madeOn, {
          most: MAX_PAGE,
        })
  const shown = rows.slice(0, limit).map(({ product_id, week, stores }) => ({
    product: String(product_id),
    week: Number(week),
    stores: Number(stores),
  }))
  const listings = await readProducts(
    ports.state,
    merchantId,
    shown.map(({ product }) => product),
  )
  return {
    ...fresh,
    madeOn: part?.madeOn ?? null,
    found: Number(rows[0]?.found ?? 0),
    items: shown.map(({ product, week, stores }) => ({
      productId: product,
      title: listings.get(product)?.title ?? null,
      week,
      stores,
    })),
  }
}
