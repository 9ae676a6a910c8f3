import { forecastAnswer, forecastProductsAnswer, whyAnswer } from '#core/api/forecasts.ts'
import { type HttpRequest, httpHandler, json } from '#runtime/http-handler.ts'
import type { Ports } from '#runtime/ports.ts'
import { answerForecast } from './answer-forecast.ts'
import { answerForecastProducts } from './answer-forecast-products.ts'
import { answerWhy } from './answer-why.ts'

type Answer = (ports: Ports, request: HttpRequest) => Promise<object>

const ANSWERS: Readonly<Record<string, readonly [answer: Answer, schema: { parse(answer: unknown): object }]>> = {
  'GET /forecasts': [answerForecast, forecastAnswer],
  'GET /forecasts/products': [answerForecastProducts, forecastProductsAnswer],
  'GET /forecasts/why': [answerWhy, whyAnswer],
}

/** Demand of the next seven days, of what the viewer may see, and why it is forecast so. */
export const handler = httpHandler((ports) => async (request) => {
  const [answer, schema] = ANSWERS[request.route]!
  return json(200, schema.parse(await answer(ports, request)))
})
