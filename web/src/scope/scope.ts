import { Temporal } from 'temporal-polyfill'

export const PERIODS = ['today', 'yesterday', '7d', '28d', '90d', 'custom'] as const
export type Period = (typeof PERIODS)[number]

/** previous: the span of the same length just before, of today the same hours of yesterday. week: a week earlier. */
export const COMPARISONS = ['previous', 'week', 'none'] as const
export type Comparison = (typeof COMPARISONS)[number]

/** What the figures of a page are about. It lives in the address. At most one of store and region is said. */
export type Scope = {
  readonly period: Period
  /** First and last day of a custom period, 'YYYY-MM-DD', in the zone of the figures. */
  readonly from?: string
  readonly to?: string
  readonly compare: Comparison
  readonly store?: string
  readonly region?: string
  readonly category?: string
}

/** What `/metrics` and its like are asked with. */
export type ScopeParams = {
  readonly from?: string
  readonly to?: string
  readonly store?: string
  readonly region?: string
  readonly category?: string
}

/** A span of time, as the API takes it: RFC 3339; `to` undefined: up to now. */
export type Span = { readonly from: string; readonly to: string | undefined }

export type ScopeSpan = Span & {
  readonly fromMs: number
  /** Epoch ms of its end; null: now. */
  readonly toMs: number | null
  readonly isToday: boolean
  readonly timeZone: string
  /** Business days in it, the last one perhaps unfinished. */
  readonly days: number
  /** Its first and last day, 'YYYY-MM-DD'. */
  readonly firstDay: string
  readonly lastDay: string
}

/** The longest custom period. */
const LONGEST_DAYS = 366
const lengths = { '7d': 7, '28d': 28, '90d': 90 } as const

/** What an address says of the scope; what makes no sense is as if it was not there. */
export function readScope(search: Readonly<Record<string, string | undefined>>): Scope {
  const { from, to, store, region, category } = search
  const compare = COMPARISONS.find((each) => each === search.compare) ?? 'previous'
  const rest = { compare, ...(store ? { store } : region ? { region } : {}), ...(category ? { category } : {}) }
  const period = PERIODS.find((each) => each === search.period) ?? 'today'
  if (period !== 'custom') return { period, ...rest }
  return isPeriod(from, to) ? { period, from: from!, to: to!, ...rest } : { period: 'today', ...rest }
}

/** The part of an address that says it; what is as usual is not said. */
export const writeScope = ({ period, from, to, compare, store, region, category }: Scope) => ({
  period: period === 'today' ? undefined : period,
  from: period === 'custom' ? from : undefined,
  to: period === 'custom' ? to : undefined,
  compare: compare === 'previous' ? undefined : compare,
  store,
  region,
  category,
})

/** Whether two days make a period. */
export const isPeriod = (from: string | undefined, to: string | undefined): boolean =>
  isDay(from) && isDay(to) && from <= to && daysFrom(from, to) <= LONGEST_DAYS

function isDay(text: string | undefined): text is string {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  try {
    return Temporal.PlainDate.from(text).toString() === text
  } catch {
    return false
  }
}

const daysFrom = (from: string, to: string): number =>
  Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to)).days + 1

/** The span of a period, of whole days in `timeZone`, up to now where today is in it. */
export function spanOf({ period, from, to }: Scope, nowMs: number, timeZone: string): ScopeSpan {
  const today = dayAt(nowMs, timeZone)
  const [first, last] = daysOf(period, today, from, to)
  const fromMs = startOf(first, timeZone)
  const endMs = startOf(last.add({ days: 1 }), timeZone)
  const isOver = endMs <= nowMs
  return {
    from: instantText(fromMs),
    to: isOver ? instantText(endMs) : undefined,
    fromMs,
    toMs: isOver ? endMs : null,
    isToday: first.equals(today) && last.equals(today),
    timeZone,
    days: first.until(last).days + 1,
    firstDay: first.toString(),
    lastDay: last.toString(),
  }
}

function daysOf(
  period: Period,
  today: Temporal.PlainDate,
  from = '',
  to = '',
): [Temporal.PlainDate, Temporal.PlainDate] {
  switch (period) {
    case 'today':
      return [today, today]
    case 'yesterday': {
      const yesterday = today.subtract({ days: 1 })
      return [yesterday, yesterday]
    }
    case 'custom': {
      const first = earliest(Temporal.PlainDate.from(from), today)
      return [first, earliest(Temporal.PlainDate.from(to), today)]
    }
    default:
      return [today.subtract({ days: lengths[period] - 1 }), today]
  }
}

const earliest = (a: Temporal.PlainDate, b: Temporal.PlainDate) => (Temporal.PlainDate.compare(a, b) < 0 ? a : b)

/**
 * What it is compared with, at the same times of day; null: with nothing. Up to now is up to the same time of the
 * earlier days, at whole minutes.
 */
export function earlierSpan(span: ScopeSpan, compare: Comparison, nowMs: number): { from: string; to: string } | null {
  if (compare === 'none') return null
  const days = compare === 'week' ? Math.max(7, Math.ceil(span.days / 7) * 7) : span.days
  const back = (atMs: number) =>
    Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(span.timeZone).subtract({ days }).epochMilliseconds
  const MINUTE_MS = 60_000
  const toMs = span.toMs ?? Math.floor(nowMs / MINUTE_MS) * MINUTE_MS + MINUTE_MS
  return { from: instantText(back(span.fromMs)), to: instantText(back(toMs)) }
}

const dayAt = (atMs: number, timeZone: string): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(timeZone).toPlainDate()

const startOf = (day: Temporal.PlainDate, timeZone: string): number =>
  day.toZonedDateTime({ timeZone }).epochMilliseconds

const instantText = (atMs: number): string => new Date(atMs).toISOString().replace('.000Z', 'Z')
