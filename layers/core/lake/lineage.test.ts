import { expect, test } from 'vitest'
import { type Artefact, artefactId, artefactOf } from './lineage.ts'

const ARTEFACTS: readonly (readonly [string, Artefact])[] = [
  [
    'part:fact_sales:2026-03-04:night-2026-03-04-x1',
    { kind: 'part', table: 'fact_sales', day: '2026-03-04', version: 'night-2026-03-04-x1' },
  ],
  ['part:dim_store::night-1', { kind: 'part', table: 'dim_store', day: '', version: 'night-1' }],
  ['model:demand:2026-03-05', { kind: 'model', version: '2026-03-05' }],
  ['raw:booked_line:2026-03-04', { kind: 'raw', table: 'booked_line', day: '2026-03-04' }],
  ['raw:product_listed:', { kind: 'raw', table: 'product_listed', day: '' }],
  ['given:holidays:1', { kind: 'given', name: 'holidays', version: '1' }],
  ['given:baseline:moving average 28', { kind: 'given', name: 'baseline', version: 'moving average 28' }],
]

test.each(ARTEFACTS)('%s', (id, artefact) => {
  expect(artefactId(artefact)).toBe(id)
  expect(artefactOf(id)).toEqual(artefact)
})

test('without its version a part is the published one', () => {
  expect(artefactOf('part:fact_sales:2026-03-04')).toEqual({
    kind: 'part',
    table: 'fact_sales',
    day: '2026-03-04',
    version: '',
  })
})

test.each(
  [
    '',
    'part',
    'part:fact_sales',
    'part:../x:2026-03-04:v',
    'part:fact_sales:today:v',
    'part:fact_sales:2026-03-04:../x',
  ].concat([
    ...[
      'raw:booked_line:2026-03-04:x',
      'model:price:2026-03-05',
      'model:demand:',
      'other:a:b',
      'part:a:2026-03-04:v:w',
    ],
  ]),
)('%j is no artefact', (id) => {
  expect(artefactOf(id)).toBeUndefined()
})
