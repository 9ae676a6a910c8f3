/** The table of a chart, as it is read and as it goes into a file. */
import type { ChartSpec, HeatSpec, RankedSpec, TimeSpec } from './chart-spec.ts'
import { bucketSum, ownSeries, totalOf } from './read-time.ts'
import { figureText, plainValue, shareText, tellDifference, unitText } from './tell-value.ts'
import { words } from './words.ts'

export type ChartTable = {
  readonly columns: readonly {
    readonly key: string
    readonly name: string
    readonly unit: string
    readonly right: boolean
  }[]
  /** null: a gap. The first cell names the row. */
  readonly rows: readonly { readonly key: string; readonly cells: readonly (string | null)[] }[]
}

export function tableOf(spec: ChartSpec, locale?: string): ChartTable {
  if (spec.kind === 'time') return timeTable(spec, locale)
  return spec.kind === 'ranked' ? rankedTable(spec, locale) : heatTable(spec, locale)
}

const column = (key: string, name: string, unit = '', right = true) => ({ key, name, unit, right })

/** Newest first. A series that is alone has its changes and shares beside it. */
function timeTable(spec: TimeSpec, locale?: string): ChartTable {
  const { buckets, series, unit } = spec
  const own = ownSeries(spec)
  const alone = own.length === 1 ? own[0]! : null
  const total = alone === null ? null : totalOf(spec)
  const rows = buckets.map(({ start, label, state, corrected }, index) => {
    const figures = series.map(({ values }) => textOf(values[index] ?? null, unit, locale))
    const [value, before] = [alone?.values[index] ?? null, alone?.values[index - 1] ?? null]
    const change = value === null || before === null ? '' : tellDifference(value - before, unit, locale)
    const share = total !== null && total > 0 && value !== null && value >= 0 ? shareText(value / total, locale) : ''
    const states = [words.states[state], corrected ? words.correctedShort : ''].filter(Boolean).join(', ')
    return { key: start, cells: [label, ...figures, ...(alone === null ? [] : [change, share]), states] }
  })
  const unitName = unitText(unit)
  return {
    columns: [
      column('time', words.time(spec.bucket), '', false),
      ...series.map(({ key, name }) => column(`series ${key}`, name, unitName)),
      ...(alone === null ? [] : [column('change', words.change), column('share', words.share)]),
      column('state', words.state, '', false),
    ],
    rows: rows.reverse(),
  }
}

function rankedTable({ title, of, unit, than, rows }: RankedSpec, locale?: string): ChartTable {
  const changes = rows.some(({ change }) => change !== undefined)
  const shares = rows.some(({ share }) => share !== undefined)
  return {
    columns: [
      column('name', of, '', false),
      column('value', title, unitText(unit)),
      ...(changes ? [column('change', than === '' ? words.change : `${words.change} ${than}`)] : []),
      ...(shares ? [column('share', words.share)] : []),
    ],
    rows: rows.map(({ key, name, value, change, share }) => ({
      key,
      cells: [
        name,
        textOf(value, unit, locale),
        ...(changes ? [change?.text ?? ''] : []),
        ...(shares ? [share == null ? '' : shareText(share, locale)] : []),
      ],
    })),
  }
}

const heatTable = ({ rowsOf, columnsOf, rows, columns, values, unit }: HeatSpec, locale?: string): ChartTable => ({
  columns: [
    column('row', `${rowsOf} / ${columnsOf}`, unitText(unit), false),
    ...columns.map((name) => column(`column ${name}`, name)),
  ],
  rows: rows.map((name, at) => ({
    key: name,
    cells: [name, ...columns.map((_, index) => textOf(values[at]?.[index] ?? null, unit, locale))],
  })),
})

const textOf = (value: number | null, unit: ChartSpec['unit'], locale?: string): string | null =>
  value === null ? null : figureText(value, unit, locale)

/** The same as CSV (RFC 4180): instants in UTC, plain decimals, an empty value where nothing is kept. */
export function csvOf(spec: ChartSpec): string {
  return csvText(spec.kind === 'time' ? timeCells(spec) : spec.kind === 'ranked' ? rankedCells(spec) : heatCells(spec))
}

export const csvText = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map(quoted).join(',')}\r\n`).join('')

/** A spreadsheet takes a text that begins like a formula for one: it is told that it is text. */
function quoted(cell: string): string {
  const text = /^[=@\t]|^[+-](?![\d.])/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function timeCells({ buckets, series, unit, title }: TimeSpec): string[][] {
  const names = series.length === 1 ? [title] : series.map(({ name }) => name)
  const rows = buckets.map(({ start, end, state, corrected }, index) => [
    start,
    end,
    ...series.map(({ values }) => plainOf(values[index] ?? null, unit)),
    unitText(unit),
    state === 'missing' ? 'missing' : words.states[state],
    corrected ? 'corrected' : '',
  ])
  return [['start', 'end', ...names, 'unit', 'state', 'corrected'], ...rows]
}

const rankedCells = ({ of, title, unit, rows }: RankedSpec): string[][] => [
  ['key', of, title, 'unit', 'change', 'share'],
  ...rows.map(({ key, name, value, change, share }) => [
    key,
    name,
    plainOf(value, unit),
    unitText(unit),
    change?.text ?? '',
    share == null ? '' : String(Math.round(share * 1e6) / 1e6),
  ]),
]

const heatCells = ({ rowsOf, columns, rows, values, unit }: HeatSpec): string[][] => [
  [rowsOf, ...columns],
  ...rows.map((name, at) => [name, ...columns.map((_, index) => plainOf(values[at]?.[index] ?? null, unit))]),
]

const plainOf = (value: number | null, unit: ChartSpec['unit']): string =>
  value === null ? '' : plainValue(value, unit)

/** A chart in sentences, for those who do not see it. */
export function summaryOf(spec: ChartSpec, tell: (value: number) => string): string {
  const { title, span } = spec
  if (spec.kind === 'ranked') {
    const first = spec.rows.find(({ value }) => value !== null)
    if (first === undefined) return words.noDataFor(title, span)
    return words.ranked(title, span, spec.rows.length) + words.first(first.name, tell(first.value!)) + words.pressT
  }
  if (spec.kind === 'heat') {
    const cells = spec.rows.flatMap((row, at) =>
      spec.columns.map((name, index) => ({ row, name, value: spec.values[at]?.[index] ?? null })),
    )
    const most = largest(cells)
    if (most === null) return words.noDataFor(title, span)
    return `${title}, ${span}.${words.heatMost(most.row, most.name, tell(most.value))}${words.pressT}`
  }
  const sums = spec.buckets.map(({ label }, index) => ({ label, value: bucketSum(spec, index) }))
  const most = largest(sums)
  if (most === null) return words.noDataFor(title, span)
  const total = totalOf(spec)
  const missing = sums.filter(({ value }) => value === null).length
  return [
    `${title}, ${spec.buckets[0]!.label} to ${spec.buckets.at(-1)!.label}.`,
    total === null ? '' : words.allInAll(tell(total)),
    words.mostAt(most.label, tell(most.value)),
    missing === 0 ? '' : words.missing(missing, sums.length, spec.bucket),
    words.pressT,
  ].join('')
}

type Known<T> = T & { readonly value: number }

function largest<T extends { readonly value: number | null }>(items: readonly T[]): Known<T> | null {
  const known = items.filter((item): item is T & Known<T> => item.value !== null)
  return known.reduce<Known<T> | null>((best, item) => (best === null || item.value > best.value ? item : best), null)
}
