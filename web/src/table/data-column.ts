import type { ReactNode } from 'react'
import { formatMinor } from '#core/events/money.ts'
import { moneyText } from '../format/format-money.ts'
import { formatNumber } from '../format/format-number.ts'
import { formatTime } from '../format/format-time.ts'

/**
 * A column of a table. `value` is what is sorted, added up and written to a file: text; a number; money in minor units of
 * `currency`; a time in epoch ms. null: there is none; it comes last however the table is sorted.
 */
export type DataColumn<R> = {
  readonly id: string
  readonly name: string
  readonly value: (row: R) => string | number | null
  /** What is seen, where it is more than the value: a link, a mark. */
  readonly show?: (row: R) => ReactNode
  /** What is seen as text, where `value` is another: it is found and filtered by. */
  readonly text?: (row: R) => string
  /** Whether rows can be narrowed to some of its values. */
  readonly filter?: boolean
  /** In px; it can be dragged. */
  readonly width?: number
  /** Not there until it is chosen. */
  readonly off?: boolean
} & (
  | { readonly kind?: 'text' }
  | {
      readonly kind: 'number'
      /** Said once, in the heading. */
      readonly unit?: string
      readonly digits?: number
      /** Whether adding it up means something; or what stands below it. */
      readonly sum?: boolean | ((rows: readonly R[]) => string)
    }
  | {
      readonly kind: 'money'
      readonly currency: string
      readonly sum?: boolean | ((rows: readonly R[]) => string)
    }
  | { readonly kind: 'time'; readonly zone: string }
  /** 'YYYY-MM-DD', as it goes into a file. */
  | { readonly kind: 'day' }
)

export const isRight = (column: { readonly kind?: string }): boolean =>
  column.kind === 'number' || column.kind === 'money'

/** 'INR', 'days'; '' where there is none. */
export const unitOf = <R>(column: DataColumn<R>): string =>
  column.kind === 'money' ? column.currency : column.kind === 'number' ? (column.unit ?? '') : ''

/** A cell as it is read; '' where there is nothing. */
export function cellText<R>(column: DataColumn<R>, row: R, locale?: string): string {
  if (column.text !== undefined) return column.text(row)
  const value = column.value(row)
  if (value === null) return ''
  // A date has no zone: it is that of a day in UTC.
  if (column.kind === 'day') return formatTime(Date.parse(String(value)), 'UTC', 'shortDate')
  if (typeof value === 'string') return value
  return valueText(column, value, locale)
}

function valueText<R>(column: DataColumn<R>, value: number, locale?: string): string {
  if (column.kind === 'money') return moneyText(Math.round(value), column.currency, locale)
  if (column.kind === 'time') {
    return `${formatTime(value, column.zone, 'shortDate')} ${formatTime(value, column.zone, 'clockSeconds')}`
  }
  const digits = column.kind === 'number' ? column.digits : undefined
  return formatNumber(value, digits === undefined ? {} : { maximumFractionDigits: digits }, locale)
}

/** A cell as it goes into a file: plain decimals, instants in UTC. */
export function plainCell<R>(column: DataColumn<R>, row: R): string {
  const value = column.value(row)
  if (value === null) return ''
  if (typeof value === 'string') return column.kind === 'day' ? value : (column.text?.(row) ?? value)
  if (column.kind === 'money') return formatMinor(Math.round(value), column.currency)
  return column.kind === 'time' ? new Date(value).toISOString() : String(value)
}

/** What stands below a column; '' where nothing does. A sum that cannot be exact is not shown. */
export function footText<R>(column: DataColumn<R>, rows: readonly R[], locale?: string): string {
  if ((column.kind !== 'number' && column.kind !== 'money') || !column.sum) return ''
  if (typeof column.sum === 'function') return column.sum(rows)
  let sum = 0
  let known = false
  for (const row of rows) {
    const value = column.value(row)
    if (typeof value !== 'number') continue
    known = true
    sum += value
  }
  const isExact = column.kind === 'number' || Number.isSafeInteger(sum)
  return known && isExact ? valueText(column, sum, locale) : ''
}

/** The file of what is shown: its columns and rows, in its order. */
export const tableCells = <R>(columns: readonly DataColumn<R>[], rows: readonly R[]): string[][] => [
  columns.map((column) => [column.name, unitOf(column)].filter(Boolean).join(' ')),
  ...rows.map((row) => columns.map((column) => plainCell(column, row))),
]

/** The different texts of a column, by how often they come, with how often. */
export function choicesOf<R>(column: DataColumn<R>, rows: readonly R[], most: number): [text: string, count: number][] {
  const counts = new Map<string, number>()
  for (const row of rows) {
    const text = cellText(column, row)
    counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, most)
}
