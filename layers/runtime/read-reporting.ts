/** Money of a span in one currency, each business day at the rate of its own. */
import { MONEY_MEASURES, type ReportingMoney } from '#core/api/metrics.ts'
import { businessDateOf, nextBusinessDate, startOfBusinessDay } from '#core/metrics/business-time.ts'
import { type ConvertedDay, conversionOf } from '#core/metrics/exchange-rates.ts'
import { currenciesIn, moneyOf, sumOf } from '#core/metrics/figures.ts'
import type { Scope } from '#core/metrics/scope.ts'
import type { Span } from '#core/metrics/spans.ts'
import { HttpError } from './http-handler.ts'
import { type Reading, readSpan } from './read-cells.ts'
import { convertDays } from './read-rates.ts'

/** A longer span would take as many reads. */
const MAX_DAYS = 400

export type DaySpan = Span & { readonly date: string }

/** The span cut at the midnights of the zone. */
export function daysOf({ fromMs, toMs }: Span, zone: string): DaySpan[] {
  const days: DaySpan[] = []
  for (let at = fromMs; at < toMs; ) {
    const date = businessDateOf(at, zone)
    const end = Math.min(toMs, startOfBusinessDay(nextBusinessDate(date), zone))
    days.push({ fromMs: at, toMs: end, date })
    at = end
  }
  return days
}

/** `earlier`: the same span a day and a week before, where they are asked for. @throws HttpError 422 for too long a span. */
export async function readReporting(
  reading: Reading,
  scopes: readonly Scope[],
  currency: string,
  zone: string,
  span: Span,
  earlier: readonly Span[],
): Promise<ReportingMoney> {
  if (daysOf(span, zone).length > MAX_DAYS)
    throw new HttpError(422, 'The question cannot be answered', [
      {
        field: 'from',
        message: `is more than ${MAX_DAYS} days before the end: with \`currency\` each day is converted by itself`,
      },
    ])
  const converted = (of: Span) => convertedDays(reading, scopes, currency, zone, of)
  const [now, dayEarlier, weekEarlier] = await Promise.all([span, ...earlier].map(converted))
  const figure = (days: readonly ConvertedDay[] | undefined, measure: (typeof MONEY_MEASURES)[number]) =>
    days === undefined ? null : moneyOf(measure, currency, sumOf(days.map(({ sums }) => ({ sums }))).sums)
  /** A part of an earlier span is nothing to compare with. */
  const whole = (days: readonly ConvertedDay[] | undefined) =>
    days?.every(({ sums }) => currenciesIn(sums).every((code) => code === currency)) ? days : undefined
  return {
    currency,
    money: Object.fromEntries(
      MONEY_MEASURES.map((measure) => [
        measure,
        {
          value: figure(now, measure),
          dayEarlier: figure(whole(dayEarlier), measure),
          weekEarlier: figure(whole(weekEarlier), measure),
        },
      ]),
    ) as ReportingMoney['money'],
    ...conversionOf(now ?? [], currency),
  }
}

async function convertedDays(
  reading: Reading,
  scopes: readonly Scope[],
  currency: string,
  zone: string,
  span: Span,
): Promise<ConvertedDay[] | undefined> {
  const days: { date: string; sums: Record<string, number> }[] = []
  for (const { date, ...of } of daysOf(span, zone)) {
    const added = await readSpan({ ...reading, withPeople: false }, scopes, of)
    if (added === undefined) return undefined
    days.push({ date, sums: added.cell.sums })
  }
  return convertDays(reading.state, reading.merchantId, currency, days)
}
