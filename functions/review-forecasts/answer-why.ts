import type { WhyAnswer } from '#core/api/forecasts.ts'
import type { DemandExplained } from '#core/demand/demand-learner.ts'
import { FEATURE_GROUPS, type FeatureGroup, featureGroup } from '#core/demand/feature-words.ts'
import { FORECAST_QUESTIONS } from '#core/lake/demand-questions.ts'
import { addDays } from '#core/metrics/business-time.ts'
import type { HttpRequest } from '#runtime/http-handler.ts'
import type { Ports } from '#runtime/ports.ts'
import { nameIn, refuse } from '#runtime/query-parameters.ts'
import { freshnessAt } from '#runtime/read-lag.ts'
import { readServedAbout, readServedRows, servedRowOf } from '#runtime/served-rows.ts'
import { sqlFile } from '#runtime/warehouse-sql.ts'
import { ForecastQuestion } from './forecast-question.ts'

/** What a product's forecast in a store is made of, on one of the seven days. */
export async function answerWhy(ports: Ports, request: HttpRequest): Promise<WhyAnswer> {
  const fresh = await freshnessAt(ports, ports.clock.now())
  const question = await ForecastQuestion.of(ports, request)
  const { merchantId, product, store, part } = question
  if (product === undefined) throw refuse('product', 'is missing: a forecast of one product is explained')
  if (store === undefined) throw refuse('store', 'is missing: a forecast in one store is explained')
  const none = { ...fresh, day: null, servedBy: null, modelVersion: null, median: null, level: null, parts: null }
  if (part === undefined) return { ...none, reason: 'Nothing was forecast yet.' }
  const day = nameIn(request, 'day') ?? part.madeOn
  const rows = await question.ask(FORECAST_QUESTIONS.days, 'fact_predictions', (made) => made === part.madeOn, {
    most: 7,
  })
  if (rows.length === 0) return { ...none, reason: 'It is not forecast: it has not sold there for 91 days.' }
  const row = rows.find((one) => one.day === day)
  if (row === undefined) throw refuse('day', `is none that is forecast: ${part.madeOn} to ${addDays(part.madeOn, 6)}`)
  const servedBy = String(row.served_by)
  const modelVersion = row.model_version === null ? null : String(row.model_version)
  const told = { ...fresh, day, servedBy, modelVersion, median: Number(row.median) }
  const without = (reason: string, level: number | null = null): WhyAnswer => ({ ...told, level, parts: null, reason })
  const about = await readServedAbout(ports.objects, merchantId, part)
  if (about === undefined) return without('An earlier release made it, and kept nothing beside it: the next run does.')
  if (modelVersion === null)
    return without(
      servedBy === 'category' ? reasonOf(servedBy) : `No model serves: it is the ${servedBy} of what sold before.`,
    )
  const kept = await readServedRows(question, merchantId, part, about, await sqlFile(FORECAST_QUESTIONS.servedRows), {
    product,
    store,
  })
  const its = kept.find(({ horizon }) => horizon === row.horizon)
  if (its === undefined || ports.demand === undefined) return without('What it was made of is not kept.')
  const served = servedRowOf(about, its, servedBy)
  const explained = await ports.demand.explain({ merchantId, version: modelVersion, row: served })
  if (explained === undefined) return without(reasonOf(servedBy), served.level)
  return { ...told, median: explained.median, level: served.level, parts: partsOf(explained), reason: null }
}

const reasonOf = (servedBy: string): string =>
  servedBy === 'category'
    ? 'The product is new: it is forecast by what its category sells, not by trees.'
    : servedBy === 'blend'
      ? 'The trees have no weight in this blend.'
      : `The trees do not serve products that sell like this one: ${servedBy} was better on the weeks they were compared on.`

function partsOf({ base, features, methods, rest }: DemandExplained): NonNullable<WhyAnswer['parts']> {
  const by = Map.groupBy(features, ({ feature }): FeatureGroup => featureGroup(feature))
  const larger = (a: { readonly units: number }, b: { readonly units: number }) => Math.abs(b.units) - Math.abs(a.units)
  const groups = [...by].map(([group, its]) => ({
    about: FEATURE_GROUPS[group],
    units: its.reduce((sum, { units }) => sum + units, 0),
    features: its.toSorted(larger),
  }))
  return { base, groups: groups.sort(larger), methods: methods.toSorted(larger), rest }
}
