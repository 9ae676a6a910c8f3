/** A series of money in one currency: each business day's amounts at the rate of that day. */
import type { SeriesWindow } from '#core/api/metrics.ts'
import { type Bucket, MAX_BUCKETS } from '#core/metrics/buckets.ts'
import { businessDateOf } from '#core/metrics/business-time.ts'
import { type Conversion, type ConvertedDay, conversionOf } from '#core/metrics/exchange-rates.ts'
import type { Span } from '#core/metrics/spans.ts'
import { refuse } from '#runtime/query-parameters.ts'
import type { Reading } from '#runtime/read-cells.ts'
import { convertDays } from '#runtime/read-rates.ts'
import { daysOf } from '#runtime/read-reporting.ts'
import { knownTogether, type Line } from './series-lines.ts'

export type LinesInCurrency = { readonly lines: readonly Line[]; readonly conversion: Conversion }

/** The lines that `read` finds, converted by the day; the days of a month or a span are each read by themselves. */
export async function convertedLines(
  { state, merchantId }: Reading,
  currency: string,
  window: SeriesWindow,
  buckets: readonly Bucket[],
  zone: string,
  read: (spans: readonly Span[]) => Promise<readonly Line[]>,
): Promise<LinesInCurrency> {
  const parts = buckets.flatMap((bucket, of) =>
    window === 'month' || window === 'span'
      ? daysOf(bucket, zone).map((day) => ({ ...day, of }))
      : [{ ...bucket, date: businessDateOf(bucket.fromMs, zone), of }],
  )
  if (parts.length > MAX_BUCKETS)
    throw refuse(
      'window',
      `has more than ${MAX_BUCKETS} days to convert: ask for a shorter span, or without \`currency\``,
    )
  const lines = await read(parts)
  const amounts = lines.flatMap(({ held }) =>
    held.map(({ bucket, cell }) => ({ date: parts[bucket]!.date, sums: cell.sums })),
  )
  const days = await convertDays(state, merchantId, currency, amounts)
  const left = days.values()
  const knownOf = new Map(
    [...new Set(lines.map(({ known }) => known))].map((known) => [
      known,
      buckets.map((_, of) => knownTogether(known.filter((__, i) => parts[i]!.of === of))),
    ]),
  )
  const converted = lines.map(
    ({ key, held, known }): Line => ({
      key,
      held: held.map(({ bucket, cell }) => ({
        bucket: parts[bucket]!.of,
        cell: { ...cell, sums: left.next().value!.sums },
      })),
      known: knownOf.get(known)!,
    }),
  )
  return { lines: converted, conversion: conversionOf(days, currency) }
}

/** What the lines hold in other currencies, which a figure in this one leaves out. */
export function leftOut(
  lines: readonly Line[],
  currency: string,
  buckets: readonly Bucket[],
  zone: string,
): Conversion {
  const dates = buckets.map(({ fromMs }) => businessDateOf(fromMs, zone))
  const days = lines.flatMap(({ held }) =>
    held.map(({ bucket, cell }): ConvertedDay => ({ date: dates[bucket]!, sums: cell.sums, used: [] })),
  )
  return conversionOf(days, currency)
}
