import { expect, it } from 'vitest'
import type { Notice } from '#core/ports.ts'
import { digestIdOf, digestOf } from './digest.ts'
import { noticeIdOf } from './notice-of-alert.ts'

const notice = (storeId: string, severity: Notice['severity'], n: number): Notice => ({
  id: `n${n}`,
  merchantId: 'asha',
  storeId,
  kind: 'low-stock',
  severity,
  at: '2026-03-02T10:00:00Z',
  subject: 's',
  text: `Lamp ${n} is low.`,
  data: {},
})

it('a digest is by store and severity, the most severe first, with counts', () => {
  const all = [notice('jaipur', 'WARNING', 1), notice('delhi', 'WARNING', 2), notice('delhi', 'CRITICAL', 3)]
  const digest = digestOf('d', [...all, notice('delhi', 'WARNING', 4)], '2026-03-02T11:00:00.000Z')
  expect(digest).toMatchObject({ id: 'd', merchantId: 'asha', storeId: '-', kind: 'digest', severity: 'CRITICAL' })
  expect(digest.subject).toBe('4 notices, 1 critical, of 2 stores')
  expect(digest.text).toBe(
    [
      'delhi, critical: 1\n- Lamp 3 is low.',
      'delhi, warning: 2\n- Lamp 2 is low.\n- Lamp 4 is low.',
      'jaipur, warning: 1\n- Lamp 1 is low.',
    ].join('\n\n'),
  )
  expect(digest.data).toMatchObject({
    groups: [
      { storeId: 'delhi', severity: 'CRITICAL', count: 1, notices: [{ id: 'n3' }] },
      { storeId: 'delhi', severity: 'WARNING', count: 2 },
      { storeId: 'jaipur', severity: 'WARNING', count: 1 },
    ],
  })
})

it('one of a single store and many notices shows the first twenty and counts the others', () => {
  const digest = digestOf(
    'd',
    Array.from({ length: 25 }, (_, n) => notice('jaipur', 'WARNING', n)),
    '2026-03-02T11:00:00.000Z',
  )
  expect(digest).toMatchObject({ storeId: 'jaipur', severity: 'WARNING' })
  expect(digest.subject).toBe('25 notices, 0 critical, of 1 store')
  expect(digest.text.split('\n').length).toBe(22)
  expect(digest.text).toMatch(/Lamp 19 is low\.\n- and 5 more$/)
})

it('ids are of characters that a header may bear, and different for what is different', () => {
  expect(noticeIdOf('e1-LOW_STOCK', 'WARNING')).toBe('e1-LOW_STOCK-warning')
  expect(noticeIdOf('e1-LOW_STOCK', 'CRITICAL')).toBe('e1-LOW_STOCK-critical')
  expect(noticeIdOf('ü.1', 'WARNING')).toBe('_fc__2e_1-warning')
  expect(digestIdOf('u 1', 'email', 5, 0)).toBe('digest-u_1-email-5')
  expect(digestIdOf('u1', 'email', 5, 2)).toBe('digest-u1-email-5-2')
})
