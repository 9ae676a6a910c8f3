import { sayNotKept } from '../scope/say-not-kept.tsx'
import type { NotAsked } from './sales-questions.ts'
import type { useAsked } from './use-sales.ts'
import { words } from './words.ts'

/** Why there is no figure, and what to look at in its stead. */
export const sayNotAsked = (why: NotAsked, used: ReturnType<typeof useAsked>) =>
  why === 'orders-of-product'
    ? { title: words.ordersOfNoProductTitle, why: words.ordersOfNoProductWhy }
    : sayNotKept(why, used)
