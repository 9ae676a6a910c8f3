import type { PreviewAnswer, PreviewItem } from '#core/api/settings.ts'
import { formatNumber } from '../format/format-number.ts'
import { amount, coverText } from './prepare-alert-list.ts'
import { words } from './words.ts'

export const OUTCOMES = ['opens', 'worsens', 'eases', 'resolves'] as const
export type Outcome = (typeof OUTCOMES)[number]

export type PreviewLine = { readonly key: string; readonly name: string; readonly store: string; readonly sum: string }
export type Preview = {
  /** How many places in stock it is about. */
  readonly looked: number
  readonly outcomes: readonly {
    readonly does: Outcome
    readonly count: number
    readonly first: readonly PreviewLine[]
  }[]
  /** There are places that were not looked at. */
  readonly isPart: boolean
}
const MOST_NAMED = 50

/** The answers together: what changes, most urgent first; an outcome that nothing has is left out. */
export function preparePreview(pages: readonly PreviewAnswer[], locale?: string): Preview {
  return {
    looked: pages.reduce((sum, { looked }) => sum + looked, 0),
    outcomes: OUTCOMES.flatMap((does) => {
      const count = pages.reduce((sum, page) => sum + page[does].count, 0)
      const items = pages.flatMap((page) => page[does].items).sort((a, b) => coverOf(a) - coverOf(b))
      return count === 0 ? [] : [{ does, count, first: items.slice(0, MOST_NAMED).map((item) => lineOf(item, locale)) }]
    }),
    isPart: (pages.at(-1)?.next ?? null) !== null,
  }
}

const coverOf = ({ daysOfCover }: PreviewItem): number => daysOfCover ?? Number.MAX_VALUE

function lineOf({ storeId, storeName, productId, title, ...figures }: PreviewItem, locale?: string): PreviewLine {
  const { onHand, unitsPerDay, daysOfCover } = figures
  const rate = unitsPerDay === 0 ? null : amount(unitsPerDay, locale)
  const cover = onHand <= 0 || daysOfCover === null ? null : coverText(daysOfCover, locale)
  return {
    key: `${storeId}\n${productId}`,
    name: title ?? productId,
    store: storeName ?? storeId,
    sum: words.sum(formatNumber(Math.abs(onHand), {}, locale), onHand, rate, cover),
  }
}
