import { expect, test } from 'vitest'
import { seriesSample } from '../samples/answers.ts'
import { csvOf, fileNameOf } from './export-chart.ts'
import { prepareSeriesChart } from './prepare-series-chart.ts'

const chart = prepareSeriesChart(seriesSample([1_234_50, null, -5], {}, { 0: { corrected: true } }), [], 'de')

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

test('what would break a cell is quoted', () => {
  expect(csvOf({ ...chart, bars: [], title: 'Revenue, "net"' })).toBe(
    'start,end,"Revenue, ""net""",unit,state,corrected\r\n',
  )
})

test('the file’s name says what and when', () => {
  expect(fileNameOf(chart, 'csv')).toBe('net-revenue-by-minute-2026-03-03T1405Z.csv')
  expect(fileNameOf({ ...chart, bars: [] }, 'png')).toBe('net-revenue-by-minute-emptyZ.png')
})
