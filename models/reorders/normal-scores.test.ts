import { expect, it } from 'vitest'
import { scoreAt, shareBelow } from './normal-scores.ts'

it.each([[0, 0.5], [1, 0.8413447], [-1, 0.1586553], [1.959964, 0.975], [2.5758293, 0.995]])('%d: %d', (score, share) => {
  expect(shareBelow(score)).toBeCloseTo(share, 6)
  expect(scoreAt(share)).toBeCloseTo(score, 4)
}) // biome-ignore format: a table
