import { expect, it } from 'vitest'
import { demandTable } from './demand-table.ts'

it('the table of the demand bench has a line a candidate, dashes for what it does not forecast, and the figures to beat', () => {
  const median = {
    name: 'median',
    wape: 0.71,
    mase: 0.9,
    rmsse: Number.NaN,
    weightedQuantileLoss: Number.NaN,
    coverage80: 0,
  }
  const [head, line, beat, empty, second] = demandTable({ 'online-retail': [median], 'freshretail-city4': [] }).split(
    '\n',
  )
  expect(head).toMatch(/^online-retail +WAPE +RMSSE +MASE/)
  expect(line!.split(/ {2,}/)).toEqual(['median', '0.7100', '-', '0.9000', '-', '-', '-', '-'])
  expect(beat).toMatch(/^to beat +0\.7220 +0\.5940/)
  expect([empty, second!.split(' ')[0]]).toEqual(['', 'freshretail-city4'])
})
