import { expect, test } from 'vitest'
import type { PreviewAnswer, PreviewItem } from '#core/api/settings.ts'
import { NOW } from '../samples/answers.ts'
import { preparePreview } from './prepare-preview.ts'

const item = (productId: string, daysOfCover: number): PreviewItem => ({
  storeId: 'jaipur',
  storeName: null,
  productId,
  title: null,
  onHand: daysOfCover * 2,
  unitsPerDay: 2,
  daysOfCover,
  before: null,
  after: { kind: 'LOW_STOCK', severity: 'WARNING' },
})
const none = { count: 0, items: [] }
const page = (more: Partial<PreviewAnswer>): PreviewAnswer => ({
  asOf: NOW,
  lagMs: 0,
  looked: 2000,
  opens: none,
  worsens: none,
  eases: none,
  resolves: none,
  next: null,
  ...more,
})

test('counts add up over the answers, and the shortest cover comes first', () => {
  const preview = preparePreview(
    [
      page({ opens: { count: 60, items: [item('late', 4)] }, next: 'x' }),
      page({ looked: 5, opens: { count: 1, items: [item('soon', 3)] }, resolves: { count: 2, items: [] } }),
    ],
    'en',
  )
  expect(preview).toMatchObject({ looked: 2005, isPart: false })
  expect(preview.outcomes.map(({ does, count }) => [does, count])).toEqual([
    ['opens', 61],
    ['resolves', 2],
  ])
  expect(preview.outcomes[0]!.first.map(({ name, sum }) => `${name}: ${sum}`)).toEqual([
    'soon: 6 left, sells 2 a day, 3 days of cover',
    'late: 8 left, sells 2 a day, 4 days of cover',
  ])
})

test('it says that it is a part', () => {
  expect(preparePreview([page({ next: 'x' })]).isPart).toBe(true)
})
