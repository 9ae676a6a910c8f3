import { expect, test } from 'vitest'
import { exportFolder, isExportOver } from './export-names.ts'

const at = (time: string) => Date.parse(`2026-03-02T${time}Z`)

test.each([
  ['10:59:59.999', false],
  ['11:00:00', false],
  ['11:59:59.999', false],
  ['12:00:00', true],
])('what was made at half past ten is over at %s: %s', (time, isOver) => {
  expect(isExportOver(`${exportFolder(at('10:30:00'), 'tag')}part-0.parquet`, at(time))).toBe(isOver)
})

test('a day later it is over, too, and nothing else is', () => {
  expect(isExportOver(`${exportFolder(at('23:30:00'), 'tag')}x`, at('23:30:00') + 86_400_000)).toBe(true)
  expect(isExportOver('raw/x/y.parquet', at('23:30:00'))).toBe(false)
})
