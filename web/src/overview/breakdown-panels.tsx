import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { SeriesAnswer, SeriesBy } from '#core/api/metrics.ts'
import { ChartPanel } from '../chart/chart-panel.tsx'
import type { ChartUnit } from '../chart/chart-spec.ts'
import { groupSums, rankedSpecOf } from '../chart/ranked-spec.ts'
import { colouring } from '../chart/series-spec.ts'
import { panelStateOf } from '../panel/panel-state.ts'
import { itemPath } from '../paths.ts'
import { useAccount } from '../people/account-context.ts'
import { seriesQuery } from '../reach/queries.ts'
import { useFresh } from '../reach/use-fresh.ts'
import { isOfSomeStores, notKept } from '../scope/kept.ts'
import { sayNotKept } from '../scope/say-not-kept.tsx'
import { useScope } from '../scope/use-scope.ts'
import { prepareCumulative, prepareVolume } from './prepare-trend.ts'
import { usePlace, useTrend } from './use-overview.ts'
import { words } from './words.ts'

const STAYS_MS = 60_000

type GroupMeasure = 'goodsRevenue' | 'netRevenue' | 'orders'

/** Sums by group of the time that is chosen, and of the time before it; `limit` groups at the most. */
export function useGroups(by: SeriesBy, measure: GroupMeasure, currency: string | null, limit: number) {
  const { scope, span, earlier } = useScope()
  const { stores } = useAccount()
  const place = usePlace()
  const asked = { scope, span, someStores: stores !== null }
  const whyNot = notKept(asked, by)
  const common = { measure, by, window: 'span', limit, ...place, ...(currency !== null && { currency }) } as const
  const question = seriesQuery({ ...common, from: span.from, ...(span.to !== undefined && { to: span.to }) })
  const answer = useFresh({ ...question, enabled: whyNot === undefined }, { moves: span.to === undefined })
  // Of products in some stores the engine keeps the day so far alone.
  const compared = earlier !== null && whyNot === undefined && (by === 'store' || !isOfSomeStores(asked))
  const before = useQuery({
    ...seriesQuery({ ...common, limit: MOST_GROUPS, from: earlier?.from ?? '', to: earlier?.to ?? '' }),
    enabled: compared,
    staleTime: STAYS_MS,
  })
  const sums = useMemo(() => answer.data && groupSums(answer.data), [answer.data])
  const beforeSums = useMemo(() => (compared && before.data ? groupSums(before.data) : null), [compared, before.data])
  return { answer, sums, earlier: beforeSums, whyNot }
}

/** As many as the engine tells apart in one answer: who is in front now may have been far behind. */
const MOST_GROUPS = 500

type Props = { readonly currency: string | null }

const unitOf = ({ currency }: SeriesAnswer): ChartUnit =>
  currency === null ? { kind: 'count' } : { kind: 'money', currency }

const CATEGORIES = 8
const PRODUCTS = 8

export function CategoriesPanel({ currency }: Props) {
  return (
    <GroupsPanel
      id="categories"
      by="category"
      title={words.categories}
      of={words.category}
      most={CATEGORIES}
      currency={currency}
    />
  )
}

export function ProductsPanel({ currency }: Props) {
  return (
    <GroupsPanel
      id="products"
      by="product"
      title={words.products}
      of={words.product}
      most={PRODUCTS}
      currency={currency}
      linked
    />
  )
}

type GroupsProps = Props & {
  readonly id: string
  readonly by: 'category' | 'product'
  readonly title: string
  readonly of: string
  readonly most: number
  readonly linked?: boolean
}

function GroupsPanel({ id, by, title, of, most, currency, linked = false }: GroupsProps) {
  const { span, earlier: compared, change } = useScope()
  const { answer, sums, earlier, whyNot } = useGroups(by, 'goodsRevenue', currency, most)
  const { data } = answer
  const label = span.label.toLowerCase()
  const than = compared?.label ?? ''
  const spec =
    data && sums
      ? rankedSpecOf(sums, earlier, {
          title,
          span: label,
          of,
          than,
          unit: unitOf(data),
          good: 'up',
          most,
          colourOf: linked ? colouring([...sums.keys()].slice(0, most)) : () => 'amount',
          ...(linked && { toOf: itemPath }),
          nameOf: (key, name) => (key === '' || key === '-' ? words.uncategorised : name),
        })
      : undefined
  if (whyNot !== undefined)
    return <ChartPanel id={id} title={title} spec={undefined} empty={sayNotKept(whyNot, { change, span })} />
  const empty = spec?.rows.length === 0 ? { title: words.noneYet(title), why: words.noSale } : undefined
  return <ChartPanel id={id} title={title} spec={spec} state={panelStateOf(answer)} empty={empty} />
}

/** Today beside the same day last week; of a time that is over there is nothing to come. */
export function CumulativePanel({ currency }: Props) {
  const { span } = useScope()
  const place = usePlace()
  const dayMs = 24 * 3_600_000
  const weekMs = 7 * dayMs
  const fromMs = span.toMs === null ? startOfLast(span) : span.toMs - dayMs
  const inMoney = currency === null ? {} : { currency }
  const common = { measure: 'netRevenue', by: 'total', window: 'quarter', ...place, ...inMoney } as const
  const iso = (ms: number) => new Date(ms).toISOString()
  const own = useFresh(
    seriesQuery({ ...common, from: iso(fromMs), ...(span.toMs !== null && { to: iso(span.toMs) }) }),
    {
      moves: span.toMs === null,
    },
  )
  const before = useQuery({
    ...seriesQuery({ ...common, from: iso(fromMs - weekMs), to: iso(fromMs - weekMs + dayMs) }),
    staleTime: STAYS_MS,
  })
  const spec = useMemo(
    () => (own.data && before.data ? prepareCumulative(own.data, before.data) : undefined),
    [own.data, before.data],
  )
  return <ChartPanel id="cumulative" title={words.cumulative} spec={spec} state={panelStateOf(own, before)} />
}

/** The start of today, by the days of the zone: the last of the days that are chosen. */
const startOfLast = ({ fromMs, days }: { readonly fromMs: number; readonly days: number }): number =>
  days === 1 ? fromMs : fromMs + (days - 1) * 24 * 3_600_000

/** How many papers of trade there were. */
export function VolumePanel({ currency }: Props) {
  const { span } = useScope()
  const bucket = span.days === 1 ? 'hour' : span.days <= 3 ? 'hour' : 'day'
  const orders = useTrend('orders', bucket, currency).answer
  const place = usePlace()
  const refunds = useFresh(
    seriesQuery({
      measure: 'refunds',
      by: 'total',
      window: bucket,
      from: span.from,
      ...(span.to !== undefined && { to: span.to }),
      ...place,
    }),
    { moves: span.to === undefined },
  )
  const spec = useMemo(
    () =>
      orders.data && refunds.data ? prepareVolume(orders.data, refunds.data, span.label.toLowerCase()) : undefined,
    [orders.data, refunds.data, span.label],
  )
  return <ChartPanel id="volume" title={words.volume} spec={spec} state={panelStateOf(orders, refunds)} />
}
