import type { AlertItem } from '#core/api/alerts.ts'
import { words } from './words.ts'

export type Happening = {
  readonly key: string
  readonly productId: string
  readonly name: string
  readonly store: string
  readonly atMs: number
  readonly critical: boolean
  /** 'Sold out', 'No longer sold out' */
  readonly what: string
  readonly isOver: boolean
}

export const MOST = 20

/** What happened last: alerts that opened and alerts that are over, newest first. */
export function prepareHistory(open: readonly AlertItem[], over: readonly AlertItem[]): Happening[] {
  return [...open.map(openingOf), ...over.flatMap((item) => [openingOf(item), endOf(item)])]
    .sort((a, b) => b.atMs - a.atMs || (a.key < b.key ? -1 : 1))
    .slice(0, MOST)
}

const aboutOf = ({ productId, title, storeName, storeId, severity }: AlertItem) => ({
  productId,
  name: title ?? productId,
  store: storeName ?? storeId,
  critical: severity === 'CRITICAL',
})
const openingOf = (item: AlertItem): Happening => ({
  ...aboutOf(item),
  key: item.id,
  atMs: Date.parse(item.openedAt),
  what: words.kind(item.kind, item.severity),
  isOver: false,
})
const endOf = (item: AlertItem): Happening => ({
  ...aboutOf(item),
  key: `${item.id} over`,
  atMs: Date.parse(item.resolvedAt ?? item.changedAt),
  what: words.over(item.kind),
  isOver: true,
})

/** How many open alerts are critical and nobody's yet. */
export const criticalOf = (items: readonly AlertItem[]): number =>
  items.filter(({ state, severity }) => state === 'open' && severity === 'CRITICAL').length
