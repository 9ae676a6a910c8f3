import { expect, test } from 'vitest'
import { whatStays } from './tell-failure.ts'

test.each([
  ['nightly', 'judge', '2026-03-03', 'The tables stay as they were made for 2026-03-03'],
  ['nightly', undefined, '', 'There are no tables yet'],
  ['forecasts', 'predict', '2026-03-03', 'Forecasts and proposals to order stay as they were'],
  ['forecasts', 'propose-reorders', '2026-03-03', 'The forecasts are new; proposals to order stay as they were'],
  ['forecasts', undefined, '2026-03-03', 'What it has published stays; all else is as it was'],
  ['weekly', undefined, '2026-03-03', 'A model that it has promoted serves; else the one that served'],
  ['weekly', 'train', '2026-03-03', 'The model that served goes on serving'],
])('of the chain %s, stopped at %s', (chain, state, last, says) => expect(whatStays(chain, state, last)).toBe(says))
