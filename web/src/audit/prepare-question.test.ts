import { expect, test } from 'vitest'
import { type AuditFilter, questionOf } from './prepare-question.ts'

const NOTHING: AuditFilter = { what: '', who: '', from: '', to: '' }
const NOW = Date.parse('2026-03-10T12:00:00Z')

test.each<[string, Partial<AuditFilter>, object]>([
  ['nothing', {}, {}],
  ['a kind and a person', { what: 'settings', who: 'p1' }, { what: 'settings', who: 'p1' }],
  ['a first day', { from: '2026-03-02' }, { from: '2026-03-01T18:30:00.000Z' }],
  ['a last day, which is in it', { to: '2026-03-02' }, { to: '2026-03-02T18:30:00.000Z' }],
  [
    'one day',
    { from: '2026-03-02', to: '2026-03-02' },
    { from: '2026-03-01T18:30:00.000Z', to: '2026-03-02T18:30:00.000Z' },
  ],
  ['days the wrong way round, which are none', { from: '2026-03-03', to: '2026-03-02' }, {}],
  ['a day to come, which is none', { from: '2026-03-12' }, {}],
])('%s', (_what, filter, question) => {
  expect(questionOf({ ...NOTHING, ...filter }, 'Asia/Kolkata', NOW)).toEqual(question)
})
