import type { AlertItem } from '#core/api/alerts.ts'
import type { StoresAnswer } from '#core/api/listings.ts'
import type { RankedSpec, TimeSpec } from '../chart/chart-spec.ts'
import { type GroupSums, sumIn } from '../chart/ranked-spec.ts'
import { colouring } from '../chart/series-spec.ts'
import { type Change, changeOf } from '../format/format-change.ts'
import { storePath } from '../paths.ts'
import { isOpenAt, openHours, openSpans, readOpeningHours } from './opening-hours.ts'
import { words } from './words.ts'

type Listing = StoresAnswer['items'][number]

export type StoreRow = {
  readonly storeId: string
  readonly name: string
  readonly city: string
  readonly region: string
  readonly openingHours: string
  /** null: no hours are listed. */
  readonly isOpen: boolean | null
  /** In minor units; null: nothing is known. */
  readonly revenue: number | null
  readonly change: Change | null
  /** The change as a part of before; null: of nothing it cannot be said. */
  readonly growth: number | null
  readonly share: number | null
  readonly orders: number | null
  /** Minor units; null where hours, size or revenue are not known, or it was not open in this time. */
  readonly perHour: number | null
  readonly perSqft: number | null
  readonly openAlerts: number
}

type Known = {
  readonly listings: readonly Listing[]
  readonly revenue: GroupSums
  readonly earlier: GroupSums | null
  readonly orders: GroupSums | null
  readonly alerts: readonly AlertItem[]
  /** What the revenue is of, epoch ms, up to now where it goes on. */
  readonly fromMs: number
  readonly toMs: number
  readonly nowMs: number
  /** Of stores that list none. */
  readonly timeZone: string
}

/** Every store that is listed or sold something, the one with the most revenue first. */
export function prepareStores(known: Known, locale?: string): StoreRow[] {
  const { listings, revenue, earlier, orders, alerts, fromMs, toMs, nowMs, timeZone } = known
  const listed = new Map(listings.map((listing) => [listing.storeId, listing]))
  const ids = new Set([...listed.keys(), ...[...revenue.keys()].filter((key) => key !== 'other')])
  const all = [...revenue.values()].reduce((total, { sum }) => total + (sum ?? 0), 0)
  const open = new Map<string, number>()
  for (const { storeId, state } of alerts) if (state === 'open') open.set(storeId, (open.get(storeId) ?? 0) + 1)
  const rows = [...ids].map((storeId): StoreRow => {
    const listing = listed.get(storeId)
    const hours = readOpeningHours(listing?.openingHours)
    const zone = listing?.timeZone ?? timeZone
    const sum = revenue.get(storeId)?.sum ?? null
    const before = earlier === null ? null : sumIn(earlier, storeId)
    const hoursOpen = hours === null ? 0 : openHours(hours, fromMs, toMs, zone)
    return {
      storeId,
      name: listing?.name ?? revenue.get(storeId)?.name ?? storeId,
      city: listing?.city ?? '',
      region: listing?.region ?? '',
      openingHours: listing?.openingHours ?? '',
      isOpen: hours === null ? null : isOpenAt(hours, nowMs, zone),
      revenue: sum,
      change: earlier === null ? null : changeOf(sum, before, 'up', locale),
      growth: sum === null || !before ? null : (sum - before) / Math.abs(before),
      share: sum === null || all <= 0 || sum < 0 ? null : sum / all,
      orders: orders?.get(storeId)?.sum ?? null,
      perHour: sum === null || hoursOpen === 0 ? null : Math.round(sum / hoursOpen),
      perSqft: sum === null || listing?.sizeSqft === undefined ? null : Math.round(sum / listing.sizeSqft),
      openAlerts: open.get(storeId) ?? 0,
    }
  })
  return rows.sort((a, b) => (b.revenue ?? -1) - (a.revenue ?? -1) || (a.name < b.name ? -1 : 1))
}

const MOST = 15

type About = {
  readonly currency: string
  readonly span: string
  readonly than: string
  readonly compared: boolean
  /** By what they are ranked. */
  readonly by?: 'revenue' | 'perSqft'
}

/** The largest stores, each in the colour of its region. */
export function rankStores(
  rows: readonly StoreRow[],
  { currency, span, than, compared, by = 'revenue' }: About,
): RankedSpec {
  const known = rows.filter((row) => row[by] !== null && row[by] !== 0).sort((a, b) => b[by]! - a[by]!)
  const regions = [...new Set(rows.map(({ region }) => region))].sort()
  const colourOf = colouring(regions)
  const shown = known.slice(0, MOST)
  return {
    kind: 'ranked',
    title: by === 'revenue' ? words.ranking : words.rankingBySize,
    unit: { kind: 'money', currency },
    span,
    of: words.store,
    than,
    legend: regions
      .filter((region) => shown.some((row) => row.region === region))
      .map((region) => ({ name: region === '' ? words.noRegion : region, colour: colourOf(region) })),
    rows: shown.map((row) => ({
      key: row.storeId,
      name: row.name,
      about: row.region,
      value: row[by],
      colour: colourOf(row.region),
      to: storePath(row.storeId),
      ...(by === 'revenue' && { share: row.share }),
      ...(by === 'revenue' && compared && { change: row.change }),
    })),
  }
}

/** The same chart with the time in which the store is closed on another ground. */
export function withClosed(spec: TimeSpec, listing: Listing | undefined): TimeSpec {
  const hours = readOpeningHours(listing?.openingHours)
  if (hours === null) return spec
  const buckets = spec.buckets.map((bucket) => {
    const [startMs, endMs] = [Date.parse(bucket.start), Date.parse(bucket.end)]
    return { ...bucket, closed: openSpans(hours, startMs, endMs, listing?.timeZone ?? spec.zone).length === 0 }
  })
  return { ...spec, buckets }
}
