import type { ProductFigures } from '#core/api/product-figures.ts'
import { useAccount } from '../people/account-context.ts'
import { answerOf, engine } from '../reach/ask-engine.ts'
import { figuresQuery, seriesQuery } from '../reach/queries.ts'
import { longPage, useAllPages } from '../reach/use-all-pages.ts'
import { useFresh } from '../reach/use-fresh.ts'
import { earlierKept, isOfSomeStores } from '../scope/kept.ts'
import { useScope } from '../scope/use-scope.ts'
import type { SalesMeasure } from './sales-measure.ts'
import { type Asked, heatQuestion, notAsked, overTimeQuestion, type Split, splitQuestion } from './sales-questions.ts'

/** Of many thousand groups it is work: not as often as of one total. */
const EVERY_MS = 5000
/** As many products as a table shows. */
const MOST_PRODUCTS = 100_000

/** What the page is about: the scope of its address, and whose stores these are. */
export function useAsked(measure: SalesMeasure) {
  const { earlier: before, ...used } = useScope()
  const { stores } = useAccount()
  const earlier = before && earlierKept(before, Date.now())
  const asked: Asked = { measure, scope: used.scope, span: used.span, someStores: stores !== null }
  return { ...used, earlier, asked }
}
type Used = ReturnType<typeof useAsked>

/** All figures of the scope, and those of the time that it is compared with. */
export function useFigures({ params, earlier, span }: Used) {
  const now = useFresh(figuresQuery(params), { moves: span.to === undefined })
  const { from: _from, to: _to, ...part } = params
  const { from, to } = earlier ?? NO_SPAN
  const before = useFresh({ ...figuresQuery({ ...part, from, to }), enabled: earlier !== null }, { moves: false })
  return { now, before: earlier === null ? undefined : before.data }
}

/** One thing's parts of the whole, and of the time before. */
export function useSplit({ asked, earlier, span }: Used, by: Split) {
  const why = notAsked(asked, by)
  const now = useFresh(
    { ...seriesQuery(splitQuestion(asked, by)), enabled: why === undefined },
    { everyMs: EVERY_MS, moves: span.to === undefined },
  )
  const question = splitQuestion(asked, by, earlier ?? NO_SPAN)
  // Of products in some stores nothing earlier is kept.
  const isKept = earlier !== null && why === undefined && !(isOfProducts(by) && isOfSomeStores(asked))
  const before = useFresh({ ...seriesQuery(question), enabled: isKept }, { moves: false })
  return { why, now, before: isKept ? before.data : undefined }
}

/** The products over time; undefined: they are known as a whole alone. */
export function useOverTime({ asked, span }: Used) {
  const question = overTimeQuestion(asked)
  const isAsked = question !== undefined && notAsked(asked, 'product') === undefined
  const query = seriesQuery(question ?? splitQuestion(asked, 'product'))
  const answer = useFresh({ ...query, enabled: isAsked }, { everyMs: EVERY_MS, moves: span.to === undefined })
  return isAsked ? answer : undefined
}

/** The hours of the weeks up to the end of the span. */
export function useHours({ asked, span }: Used) {
  const inStores = isOfSomeStores(asked)
  const isKept = asked.scope.category === undefined || (!inStores && asked.measure !== 'orders')
  const query = { ...seriesQuery(heatQuestion(asked)), enabled: isKept }
  const answer = useFresh(query, { everyMs: 60_000, moves: span.to === undefined })
  return isKept ? answer : undefined
}

/** Every product with its figures, the first page at once and the others behind it. */
export function useProducts({ asked, params, earlier, span }: Used) {
  // The whole table has every measure: it is the same whichever is looked at.
  const why = notAsked({ ...asked, measure: 'net' }, 'product')
  const before = earlier !== null && !isOfSomeStores(asked) ? earlier : undefined
  const { store, region, category } = params
  const question = {
    from: span.from,
    ...(span.to !== undefined && { to: span.to }),
    ...(before !== undefined && { earlierFrom: before.from, earlierTo: before.to }),
    ...(store !== undefined && { store }),
    ...(region !== undefined && { region }),
    ...(category !== undefined && { category }),
  }
  // The comparison of an unfinished time moves with each minute; the long list is not asked anew for that.
  const key = { ...question, earlierTo: span.to === undefined ? before?.from : before?.to }
  const pages = useAllPages<ProductFigures>(
    ['products', key],
    (next, signal) =>
      answerOf(engine.GET('/metrics/products', { signal, params: { query: { ...question, ...longPage(next) } } })),
    { most: MOST_PRODUCTS, enabled: why === undefined, ...(span.to === undefined && { everyMs: 20_000 }) },
  )
  return { why, pages }
}

const NO_SPAN = { from: '', to: '' }
const isOfProducts = (by: Split): boolean => by === 'product' || by === 'category'
