import type { LocalDay } from '#core/reorders/reorder-policy.ts'

/** Monday is 0. */
export const weekdayOf = (day: LocalDay): number => (((day + 3) % 7) + 7) % 7
