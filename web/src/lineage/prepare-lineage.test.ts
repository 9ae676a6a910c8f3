import { expect, it } from 'vitest'
import type { LineageAnswer, LineageNode } from '#core/api/lineage.ts'
import { prepareGraph } from './prepare-graph.ts'
import { prepareInputs, prepareSteps } from './prepare-lineage.ts'

const node = (id: string, more: Partial<LineageNode> = {}): LineageNode => {
  const [kind, name, day = '', version = ''] = id.split(':') as [LineageNode['kind'], string]
  return {
    ...{ id, kind, name, day: kind === 'model' ? '' : day, version: kind === 'model' ? day : version },
    ...{ isPresent: true, isKnown: true, code: '1.0.0', madeAt: '2026-03-04T10:00:00Z', durationMs: 1_200 },
    ...{
      rowsIn: null,
      rowsOut: 7,
      run: 'forecasts-2026-03-03',
      checks: { passed: 8, failed: 0, warned: 1, skipped: 2 },
    },
    ...more,
  }
}
const nothing = { isKnown: false, code: null, madeAt: null, durationMs: null, rowsOut: null, run: null, checks: null }
const FORECAST = node('part:fact_predictions:2026-03-04:made-1')
const SALES = node('part:fact_sales:2026-03-03:night-1', { rowsOut: 1_200, isPresent: false })
const PRODUCTS = node('part:dim_product::night-1')
const RAW = node('raw:booked_line:2026-03-03', nothing)
const MODEL = node('model:demand:2026-03-01', { run: null, checks: null, rowsOut: null })
const link = (from: LineageNode, to: LineageNode, more: object = {}) => ({
  ...{ from: from.id, to: to.id, count: 1, firstDay: from.day, lastDay: from.day },
  ...more,
})
const answer: LineageAnswer = {
  ...{ asOf: '2026-03-04T11:00:00Z', lagMs: 0, artefact: FORECAST, isCut: false },
  nodes: [FORECAST, SALES, PRODUCTS, MODEL, RAW],
  links: [
    link(SALES, FORECAST, { count: 2, firstDay: '2026-03-02' }),
    link(PRODUCTS, FORECAST),
    link(MODEL, FORECAST),
    link(SALES, PRODUCTS),
    link(RAW, SALES, { count: 3 }),
  ],
}

it('each step says what it was made of, whether it is still read, and how its checks came out', () => {
  const [forecast, sales, products, model, raw] = prepareSteps(answer)
  expect(forecast).toMatchObject({
    ...{ name: 'Forecasts', day: '2026-03-04', rows: 7, checks: '8 of 9 held', stands: 'read now' },
    madeOf: 'Sales 2 (2026-03-02 to 2026-03-03), Products, demand model',
  })
  expect(sales).toMatchObject({ stands: 'replaced', isOff: true, madeOf: 'raw booked_line 3' })
  expect(products).toMatchObject({ day: 'all days', madeOf: 'Sales' })
  expect(model).toMatchObject({ name: 'demand model', day: '2026-03-01', run: '', isOpenable: true })
  expect(raw).toMatchObject({ name: 'raw booked_line', stands: 'there', code: '', isOpenable: true })
})

it('what something was made of stands left of it, by the longest way', () => {
  const graph = prepareGraph(answer)
  const x = Object.fromEntries(graph.nodes.map(({ name, x: at }) => [name, at]))
  expect(x['raw booked_line']).toBe(2)
  expect(x.Sales! > x['raw booked_line']! && x.Products! > x.Sales!).toBe(true)
  expect([x.Forecasts! > x.Products!, x['demand model']]).toEqual([true, x.Products])
  expect(graph.ways).toHaveLength(5)
  const boxes = graph.nodes.map(({ x: left, y }) => `${left} ${y}`)
  expect(new Set(boxes).size).toBe(boxes.length)
  expect(Math.max(...graph.nodes.map(({ x: left }) => left + graph.nodeWidth))).toBe(graph.width - 2)
  expect(graph.nodes[1]!.said).toBe('2026-03-03 · 1,200 rows')
})

it('inputs: an object by its name, many by their number and hash', () => {
  const none = { version: '', rows: null, object: null, count: null, sha256: null }
  const lines = prepareInputs([
    {
      ...none,
      id: 'raw:a:2026-03-03',
      kind: 'raw',
      name: 'a',
      day: '2026-03-03',
      object: 'raw/a/day=03/0-1-9.parquet',
    },
    { ...none, id: 'raw:b:', kind: 'raw', name: 'b', day: '', count: 1_200, sha256: 'abcdef0123456789' },
    { ...none, id: 'given:holidays:1', kind: 'given', name: 'holidays', day: '', version: '1' },
    {
      ...none,
      id: 'part:fact_sales:2026-03-03:v',
      kind: 'part',
      name: 'fact_sales',
      day: '2026-03-03',
      version: 'v',
      rows: 4,
    },
  ])
  expect(lines.map(({ name, day, version, rows }) => [name, day, version, rows])).toEqual([
    ['raw a', '2026-03-03', '0-1-9.parquet', null],
    ['raw b', 'all days', '1,200 objects, abcdef012345', null],
    ['holidays', '', '1', null],
    ['Sales', '2026-03-03', 'v', 4],
  ])
})
