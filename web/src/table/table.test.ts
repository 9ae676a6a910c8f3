import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cellText, choicesOf, type DataColumn, footText, plainCell, tableCells } from './data-column.ts'
import {
  type Filters,
  nextSort,
  readColumns,
  readFilters,
  readPins,
  readSort,
  toggleFilter,
  writeColumns,
  writeFilters,
  writeSort,
} from './table-view.ts'

type Row = { name: string; net: number | null; units: number | null; at: number | null }
const name: DataColumn<Row> = { id: 'name', name: 'Product', value: (row) => row.name }
const net: DataColumn<Row> = {
  id: 'net',
  name: 'Net',
  kind: 'money',
  currency: 'INR',
  sum: true,
  value: (row) => row.net,
}
const units: DataColumn<Row> = { id: 'units', name: 'Units', kind: 'number', sum: true, value: (row) => row.units }
const at: DataColumn<Row> = { id: 'at', name: 'Last', kind: 'time', zone: 'Asia/Kolkata', value: (row) => row.at }
const row = (changes: Partial<Row> = {}): Row => ({ name: 'Lamp', net: 1_234_50, units: 1000, at: 0, ...changes })

describe('cells', () => {
  test('are read by their kind', () => {
    expect([name, net, units, at].map((column) => cellText(column, row(), 'en'))).toEqual([
      'Lamp',
      '1,234.50',
      '1,000',
      '1 Jan 05:30:00',
    ])
    expect(cellText(net, row({ net: null }), 'en')).toBe('')
    expect(cellText({ ...units, text: () => 'many' }, row(), 'en')).toBe('many')
  })

  test('are plain in a file, with units once', () => {
    expect(tableCells([name, net, at], [row({ net: -5 }), row({ net: null, at: null })])).toEqual([
      ['Product', 'Net INR', 'Last'],
      ['Lamp', '-0.05', '1970-01-01T00:00:00.000Z'],
      ['Lamp', '', ''],
    ])
    expect(plainCell(units, row({ units: 2.5 }))).toBe('2.5')
    const day: DataColumn<Row> = { id: 'day', name: 'Last sale', kind: 'day', value: () => '2026-03-02' }
    expect([plainCell(day, row()), cellText(day, row(), 'en')]).toEqual(['2026-03-02', '2 Mar'])
  })

  test('are added up where that means something', () => {
    expect(footText(net, [row(), row({ net: null }), row({ net: 50 })], 'en')).toBe('1,235.00')
    expect(footText(net, [row({ net: null })], 'en')).toBe('')
    expect(footText(name, [row()], 'en')).toBe('')
    expect(footText({ ...net, sum: (rows: readonly Row[]) => `${rows.length} of it` }, [row()], 'en')).toBe('1 of it')
    const tooMuch = row({ net: Number.MAX_SAFE_INTEGER })
    expect(footText(net, [tooMuch, tooMuch], 'en')).toBe('')
  })

  test('the most frequent values are offered first', () => {
    const rows = ['b', 'a', 'b', 'c'].map((text) => row({ name: text }))
    expect(choicesOf(name, rows, 2)).toEqual([
      ['b', 2],
      ['a', 1],
    ])
  })
})

describe('sorting', () => {
  test.each([
    ['net:desc', { id: 'net', desc: true }],
    ['net:asc', { id: 'net', desc: false }],
    ['net:up', null],
    ['gone:asc', null],
    [undefined, null],
  ])('%s', (text, sort) => {
    expect(readSort(text, ['net'])).toEqual(sort)
    if (sort !== null) expect(writeSort(sort)).toBe(text)
  })

  test('goes down, up and back for numbers; up, down and back for texts', () => {
    const usual = { id: 'name', desc: false }
    const down = nextSort(usual, 'net', true, usual)
    expect(down).toEqual({ id: 'net', desc: true })
    const up = nextSort(down, 'net', true, usual)
    expect(up).toEqual({ id: 'net', desc: false })
    expect(nextSort(up, 'net', true, usual)).toBe(usual)
    expect(nextSort(null, 'name', false, null)).toEqual({ id: 'name', desc: false })
  })
})

describe('filters', () => {
  test('come back from the address as they went', () => {
    const texts = fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 3 })
    const filters = fc.record({ store: texts, 'a:b,c': texts }, { requiredKeys: [] })
    fc.assert(
      fc.property(filters, (given) => {
        expect(readFilters(writeFilters(given as Filters), ['store', 'a:b,c'])).toEqual(given)
      }),
    )
  })

  test('what is broken or gone is left out', () => {
    expect(readFilters('store:%E0%A4%A,gone:a,store', ['store'])).toEqual({})
    expect(writeFilters({})).toBeUndefined()
  })

  test('are turned on and off', () => {
    const one = toggleFilter({}, 'kind', 'Sale')
    const two = toggleFilter(one, 'kind', 'Refund')
    expect(two).toEqual({ kind: ['Sale', 'Refund'] })
    expect(toggleFilter(toggleFilter(two, 'kind', 'Sale'), 'kind', 'Refund')).toEqual({})
  })
})

describe('columns', () => {
  const columns = [{ id: 'a' }, { id: 'b' }, { id: 'c', off: true }]

  test.each([
    [undefined, { a: true, b: true, c: false }],
    ['-b,c', { a: true, b: false, c: true }],
  ])('%s', (text, shown) => {
    expect(readColumns(text, columns)).toEqual(shown)
    expect(writeColumns(shown, columns)).toBe(text)
  })

  test('the first one always stays', () => {
    expect(readPins(undefined, ['a', 'b'])).toEqual(['a'])
    expect(readPins('b,a,gone', ['a', 'b'])).toEqual(['a', 'b'])
  })
})
