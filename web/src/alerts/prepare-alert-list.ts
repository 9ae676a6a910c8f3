import { alertRank } from '#core/api/alert-rank.ts'
import type { AlertItem } from '#core/api/alerts.ts'
import { formatNumber } from '../format/format-number.ts'
import { words } from './words.ts'

export const SEVERITIES = ['CRITICAL', 'WARNING'] as const
export const KINDS = ['OVERSOLD', 'OUT_OF_STOCK', 'LOW_STOCK'] as const

/** What is looked for; undefined: everything. */
export type AlertFilter = {
  readonly severity?: AlertItem['severity'] | undefined
  readonly kind?: AlertItem['kind'] | undefined
  readonly store?: string | undefined
  readonly region?: string | undefined
  readonly category?: string | undefined
  /** In the names and ids of product and store. */
  readonly text?: string | undefined
}
export type Choice = { readonly value: string; readonly label: string; readonly count: number }
export type AlertList = {
  readonly rows: readonly AlertRow[]
  /** Of how many, without the filter. */
  readonly all: number
  /** What the filter could be, with how many each would leave; what has none is left out. */
  readonly severities: readonly Choice[]
  readonly kinds: readonly Choice[]
  readonly stores: readonly Choice[]
  readonly categories: readonly Choice[]
}
export type AlertRow = {
  readonly id: string
  readonly productId: string
  readonly storeId: string
  readonly name: string
  readonly storeName: string
  readonly critical: boolean
  readonly severity: string
  readonly kind: string
  readonly state: AlertItem['state']
  /** '14 left, sells 6.2 a day, 2.3 days of cover: below 3' */
  readonly sum: string
  /** As it was when it opened or got worse; '': as it is now. */
  readonly earlier: string
  readonly todo: string
  readonly openedMs: number
  readonly endedMs: number | null
  readonly acknowledgedMs: number | null
  /** Who did; '': nobody, or nobody knows. */
  readonly by: string
}

/** `regions`: of stores, by their ids. `selfId`: whoever looks. */
export function prepareAlertList(
  items: readonly AlertItem[],
  filter: AlertFilter,
  regions: ReadonlyMap<string, string>,
  selfId: string,
  locale?: string,
): AlertList {
  const shown = (left: AlertFilter) => items.filter((item) => passes(item, left, regions))
  const storeNames = new Map(items.map(({ storeId, storeName }) => [storeId, storeName ?? storeId]))
  return {
    rows: [...shown(filter)].sort(byUrgency).map((item) => rowOf(item, selfId, locale)),
    all: items.length,
    severities: choices(shown({ ...filter, severity: undefined }), SEVERITIES, (item) => item.severity, words.severity),
    kinds: choices(shown({ ...filter, kind: undefined }), KINDS, (item) => item.kind, words.kind),
    stores: choices(
      shown({ ...filter, store: undefined }),
      namesOf(items, ({ storeId }) => storeId).sort((a, b) => compare(storeNames.get(a)!, storeNames.get(b)!)),
      ({ storeId }) => storeId,
      (id) => storeNames.get(id)!,
    ),
    categories: choices(
      shown({ ...filter, category: undefined }),
      namesOf(items, ({ category }) => category).sort(compare),
      ({ category }) => category,
      (category) => category,
    ),
  }
}

const compare = (a: string, b: string): number => a.localeCompare(b)
const namesOf = (items: readonly AlertItem[], of: (item: AlertItem) => string | null): string[] => [
  ...new Set(items.flatMap((item) => of(item) ?? [])),
]

function choices<T extends string>(
  items: readonly AlertItem[],
  values: readonly T[],
  of: (item: AlertItem) => string | null,
  label: (value: T) => string,
): Choice[] {
  const counts = new Map<string, number>()
  for (const item of items) counts.set(of(item) ?? '', (counts.get(of(item) ?? '') ?? 0) + 1)
  return values.flatMap((value) => {
    const count = counts.get(value) ?? 0
    return count === 0 ? [] : [{ value, label: label(value), count }]
  })
}

function passes(item: AlertItem, filter: AlertFilter, regions: ReadonlyMap<string, string>): boolean {
  const { severity, kind, store, region, category, text = '' } = filter
  if (severity !== undefined && item.severity !== severity) return false
  if (kind !== undefined && item.kind !== kind) return false
  if (store !== undefined && item.storeId !== store) return false
  if (region !== undefined && regions.get(item.storeId) !== region) return false
  if (category !== undefined && item.category !== category) return false
  const wanted = text.trim().toLowerCase()
  const names = [item.title, item.productId, item.storeName, item.storeId]
  return wanted === '' || names.some((name) => name?.toLowerCase().includes(wanted))
}

/** Worst first, then newest; of what is over, the newest first. */
const byUrgency = (a: AlertItem, b: AlertItem): number =>
  endOf(b) - endOf(a) ||
  (a.resolvedAt === null ? alertRank(a) - alertRank(b) : 0) ||
  Date.parse(b.openedAt) - Date.parse(a.openedAt) ||
  (a.id < b.id ? -1 : 1)
const endOf = ({ resolvedAt }: AlertItem): number => (resolvedAt === null ? 0 : Date.parse(resolvedAt))

function rowOf(item: AlertItem, selfId: string, locale?: string): AlertRow {
  const { id, productId, storeId, kind, severity, state, resolvedAt, acknowledgedAt, acknowledgedBy } = item
  return {
    id,
    productId,
    storeId,
    name: item.title ?? productId,
    storeName: item.storeName ?? storeId,
    critical: severity === 'CRITICAL',
    severity: words.severity(severity),
    kind: words.kind(kind),
    state,
    ...arithmeticOf(item, locale),
    openedMs: Date.parse(item.openedAt),
    endedMs: resolvedAt === null ? null : Date.parse(resolvedAt),
    acknowledgedMs: acknowledgedAt === null ? null : Date.parse(acknowledgedAt),
    by: acknowledgedBy === null ? '' : acknowledgedBy === selfId ? words.you : (item.acknowledgedByName ?? ''),
  }
}

type Figures = AlertItem['figures'] | NonNullable<AlertItem['now']>

/** How an alert follows from its figures: now, then, and what to do about it. */
export function arithmeticOf(
  { kind, state, figures, now, belowDays, easesAtDays }: AlertItem,
  locale?: string,
): Pick<AlertRow, 'sum' | 'earlier' | 'todo'> {
  const said = (of: Figures) => {
    const { onHand, unitsPerDay } = of
    const rate = unitsPerDay === 0 ? null : amount(unitsPerDay, locale)
    const cover = onHand <= 0 || unitsPerDay === 0 ? null : onHand / unitsPerDay
    const days = cover === null ? null : coverText(cover, locale)
    return { text: words.sum(formatNumber(Math.abs(onHand), {}, locale), onHand, rate, days), cover }
  }
  const present = said(now ?? figures)
  const isOver = state === 'resolved'
  const limit =
    kind !== 'LOW_STOCK' || isOver || present.cover === null || belowDays === null || easesAtDays === null
      ? ''
      : present.cover < belowDays
        ? words.below(amount(belowDays, locale))
        : words.eases(amount(easesAtDays, locale))
  const before = said(figures)
  return {
    sum: present.text + limit,
    earlier: now === null || before.text === present.text ? '' : words.whenItOpened(before.text),
    todo: isOver ? '' : words.todo(kind, formatNumber(Math.abs((now ?? figures).onHand), {}, locale)),
  }
}

/** '6.2', '31': a tenth below ten. */
export const amount = (value: number, locale?: string): string =>
  formatNumber(value, { maximumFractionDigits: value < 10 ? 1 : 0 }, locale)

/** '2.3 days', '9 hours'. */
export function coverText(days: number, locale?: string): string {
  if (days >= 1) return words.days(amount(days, locale), days)
  const hours = Math.max(1, Math.round(days * 24))
  return words.hours(formatNumber(hours, {}, locale), hours)
}
