import { alertsAnswer } from '#core/api/alerts.ts'
import { eventAnswer } from '#core/api/events.ts'
import { itemAnswer } from '#core/api/item.ts'
import { productsAnswer, storesAnswer } from '#core/api/listings.ts'
import { metricsAnswer, seriesAnswer } from '#core/api/metrics.ts'
import { productFiguresAnswer } from '#core/api/product-figures.ts'
import { qualityAnswer } from '#core/api/quality.ts'
import { refundStatisticsAnswer, refundsAnswer } from '#core/api/refunds.ts'
import { stockAnswer } from '#core/api/stock.ts'
import { transactionsAnswer } from '#core/api/transactions.ts'
import { type HttpRequest, httpHandler, json } from '#runtime/http-handler.ts'
import type { Ports } from '#runtime/ports.ts'
import { answerAlerts } from './answer-alerts.ts'
import { answerEvent } from './answer-event.ts'
import { answerItem } from './answer-item.ts'
import { answerProducts, answerStores } from './answer-listings.ts'
import { answerMetrics } from './answer-metrics.ts'
import { answerProductFigures } from './answer-product-figures.ts'
import { answerQuality } from './answer-quality.ts'
import { answerRefundStatistics } from './answer-refund-statistics.ts'
import { answerRefunds } from './answer-refunds.ts'
import { answerSeries } from './answer-series.ts'
import { answerStock } from './answer-stock.ts'
import { answerTransactions } from './answer-transactions.ts'

type Answer = (ports: Ports, request: HttpRequest) => Promise<object>

/** Each question with the schema that its answer must pass, so that nothing undeclared leaves the house. */
const ANSWERS: Readonly<Record<string, readonly [answer: Answer, schema: { parse(answer: unknown): object }]>> = {
  'GET /metrics': [answerMetrics, metricsAnswer],
  'GET /metrics/series': [answerSeries, seriesAnswer],
  'GET /metrics/products': [answerProductFigures, productFiguresAnswer],
  'GET /stock': [answerStock, stockAnswer],
  'GET /alerts': [answerAlerts, alertsAnswer],
  'GET /transactions': [answerTransactions, transactionsAnswer],
  'GET /events/{id}': [answerEvent, eventAnswer],
  'GET /refunds': [answerRefunds, refundsAnswer],
  'GET /refunds/statistics': [answerRefundStatistics, refundStatisticsAnswer],
  'GET /item/{id}': [answerItem, itemAnswer],
  'GET /products': [answerProducts, productsAnswer],
  'GET /stores': [answerStores, storesAnswer],
  'GET /quality': [answerQuality, qualityAnswer],
}

export const handler = httpHandler((ports) => async (request) => {
  const [answer, schema] = ANSWERS[request.route]!
  return json(200, schema.parse(await answer(ports, request)))
})
