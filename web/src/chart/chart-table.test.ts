import { expect, test } from 'vitest'
import { seriesSample } from '../samples/answers.ts'
import type { HeatSpec, RankedSpec } from './chart-spec.ts'
import { csvOf, csvText, summaryOf, tableOf } from './chart-table.ts'
import { strengthsOf } from './heat-steps.ts'
import { lengthsOf } from './ranked-lengths.ts'
import { fileNameOf } from './save-file.ts'
import { timeSpecOf } from './series-spec.ts'

const about = { title: 'Net revenue by minute', span: 'last hour', name: 'Net revenue', adds: true }
const chart = timeSpecOf(seriesSample([1_234_50, null, -5], {}, { 0: { corrected: true } }), about)

test('the table is plain, whatever the reader’s language', () => {
  expect(csvOf(chart)).toBe(
    [
      'start,end,Net revenue by minute,unit,state,corrected\r\n',
      '2026-03-03T14:03:00.000Z,2026-03-03T14:04:00.000Z,1234.50,INR,may still change,corrected\r\n',
      '2026-03-03T14:04:00.000Z,2026-03-03T14:05:00.000Z,,INR,missing,\r\n',
      '2026-03-03T14:05:00.000Z,2026-03-03T14:06:00.000Z,-0.05,INR,not over yet,\r\n',
    ].join(''),
  )
})

test.each([
  ['Revenue, "net"', '"Revenue, ""net"""'],
  ['=1+1', "'=1+1"],
  ['-0.05', '-0.05'],
  ['+8.2 %', '+8.2 %'],
  ['-cmd', "'-cmd"],
  ['@sum', "'@sum"],
])('%s is the cell %s', (text, cell) => {
  expect(csvText([[text]])).toBe(`${cell}\r\n`)
})

test('the file’s name says what and when', () => {
  expect(fileNameOf('Net revenue by minute', '2026-03-03T14:05:00.000Z', 'csv')).toBe(
    'net-revenue-by-minute-2026-03-03T1405Z.csv',
  )
  expect(fileNameOf('Umsatz (netto)', undefined, 'png')).toBe('umsatz-netto-empty.png')
})

const ranked: RankedSpec = {
  kind: 'ranked',
  title: 'Revenue',
  unit: { kind: 'money', currency: 'INR' },
  span: 'today',
  of: 'Product',
  than: 'than yesterday',
  rows: [
    { key: 'a', name: 'Lamp', value: 300_00, share: 0.75, change: null, colour: 'amount' },
    { key: 'b', name: 'Bulb', value: null, share: null, change: null, colour: 'amount' },
  ],
}

test('a ranked list is a table of its own', () => {
  expect(tableOf(ranked, 'en')).toEqual({
    columns: [
      { key: 'name', name: 'Product', unit: '', right: false },
      { key: 'value', name: 'Revenue', unit: 'INR', right: true },
      { key: 'change', name: 'Change than yesterday', unit: '', right: true },
      { key: 'share', name: 'Share', unit: '', right: true },
    ],
    rows: [
      { key: 'a', cells: ['Lamp', '300.00', '', '75 %'] },
      { key: 'b', cells: ['Bulb', null, '', ''] },
    ],
  })
  expect(csvOf(ranked)).toBe('key,Product,Revenue,unit,change,share\r\na,Lamp,300.00,INR,,0.75\r\nb,Bulb,,INR,,\r\n')
  expect(summaryOf(ranked, String)).toBe('Revenue, today. 2 rows. First: Lamp, 30000. Press t for the table.')
})

const heat: HeatSpec = {
  kind: 'heat',
  title: 'Orders',
  unit: { kind: 'count' },
  span: 'last week',
  rowsOf: 'Day',
  columnsOf: 'Hour',
  rows: ['Mon', 'Tue'],
  columns: ['00', '01'],
  values: [
    [1, null],
    [4, -1],
  ],
}

test('a heat map is its table', () => {
  expect(csvOf(heat)).toBe('Day,00,01\r\nMon,1,\r\nTue,4,-1\r\n')
  expect(summaryOf(heat, String)).toBe('Orders, last week. Most at Tue 00: 4. Press t for the table.')
  expect(tableOf(heat, 'en').rows[0]).toEqual({ key: 'Mon', cells: ['Mon', '1', null] })
})

test('strength goes from nothing to the most; a gap has none', () => {
  expect(strengthsOf(heat)).toEqual([
    [0.25, null],
    [1, 0],
  ])
  expect(strengthsOf({ ...heat, values: [[0, null]] })).toEqual([
    [0, null],
    [null, null],
  ])
})

test.each([
  [
    [10, -20, null, 0],
    [0.5, 1, 0, 0],
  ],
  [
    [0, 0],
    [0, 0],
  ],
])('bars of %j are %j long', (values, lengths) => {
  expect(lengthsOf([...values.map((value) => ({ key: 'a', value })), { key: 'other', value: 99 }])).toEqual([
    ...lengths,
    0,
  ])
  expect(lengthsOf(values.map((value) => ({ key: 'a', value })))).toEqual(lengths)
})
