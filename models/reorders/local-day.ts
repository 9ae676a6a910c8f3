/** A date as a number: days since 1970-01-01. */
export type LocalDay = number

/** Monday is 0. */
export const weekdayOf = (day: LocalDay): number => (((day + 3) % 7) + 7) % 7
