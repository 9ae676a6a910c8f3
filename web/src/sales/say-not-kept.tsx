import classes from './sales-page.module.css'
import type { NotKept, Split } from './sales-questions.ts'
import type { useAsked } from './use-sales.ts'
import { words } from './words.ts'

/** Why there is no figure, and what to look at in its stead. */
export function sayNotKept(why: NotKept, split: Split, { change, span }: ReturnType<typeof useAsked>) {
  if (why === 'orders-of-product') return { title: words.ordersOfNoProductTitle, why: words.ordersOfNoProductWhy }
  if (why === 'category-by-store') return { title: words.notOfCategoryTitle(split), why: words.notOfCategoryWhy }
  const action = span.isToday ? undefined : (
    <button type="button" className={classes.button} onClick={() => change({ period: 'today' })}>
      {words.showToday}
    </button>
  )
  return { title: words.onlyTodayTitle, why: words.onlyTodayWhy, action }
}
