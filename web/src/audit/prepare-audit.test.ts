import { describe, expect, test } from 'vitest'
import type { AuditAnswer } from '#core/api/people.ts'
import { auditLines, changesOf, prepareAudit } from './prepare-audit.ts'

type Item = AuditAnswer['items'][number]
const item = (changes: Partial<Item> = {}): Item => ({
  id: 'a1',
  at: '2026-03-03T14:05:12.000Z',
  who: { id: 'owner', name: 'Meera', by: 'session' },
  what: 'person.changed',
  subject: 'p1',
  before: null,
  after: null,
  ...changes,
})
const names = new Map([['p1', 'Asha']])
const rowOf = (changes: Partial<Item>) => prepareAudit([item(changes)], names, 'UTC')[0]!.rows[0]!

describe('the audit', () => {
  test('says who did what to whom, and when', () => {
    expect(prepareAudit([item()], names, 'Asia/Kolkata')).toEqual([
      {
        day: 'Tuesday 3 March 2026',
        rows: [
          {
            id: 'a1',
            at: '2026-03-03T14:05:12.000Z',
            time: '19:35:12',
            who: 'Meera',
            whoId: 'owner',
            by: '',
            what: 'changed the role or stores of',
            subject: 'Asha',
            changes: [],
          },
        ],
      },
    ])
  })

  test('begins a day at midnight in the reader’s zone', () => {
    const items = [
      item({ id: 'c', at: '2026-03-03T18:30:00.000Z' }),
      item({ id: 'b', at: '2026-03-03T18:29:59.999Z' }),
      item({ id: 'a', at: '2026-03-03T00:00:00.000Z' }),
    ]
    const days = prepareAudit(items, names, 'Asia/Kolkata')
    expect(days.map(({ day, rows }) => [day, rows.map(({ id }) => id)])).toEqual([
      ['Wednesday 4 March 2026', ['c']],
      ['Tuesday 3 March 2026', ['b', 'a']],
    ])
  })

  test.each([
    ['session', ''],
    ['token', 'with a token'],
    ['password', 'with a password'],
    ['link', 'by a link'],
    ['machine', 'on the engine’s machine'],
  ])('by %s is %j', (by, words) => {
    expect(rowOf({ who: { id: 'owner', name: 'Meera', by } }).by).toBe(words)
  })

  test('shows ids where nobody knows the names, and no subject where it is oneself', () => {
    expect(rowOf({ who: { id: 'p8', name: null, by: 'session' }, subject: 'p9' })).toMatchObject({
      who: 'p8',
      subject: 'p9',
    })
    expect(rowOf({ subject: 'owner' }).subject).toBe('')
  })

  test('keeps the name of somebody who was let go', () => {
    const gone = rowOf({ what: 'person.removed', subject: 'p9', before: { id: 'p9', name: 'Ravi' } })
    expect([gone.what, gone.subject]).toEqual(['let go', 'Ravi'])
  })

  test('names a setting as its page does', () => {
    const subject = 'lowStockWarningDays of category Lighting'
    expect(rowOf({ what: 'settings.changed', subject, before: 3, after: 5 })).toMatchObject({
      subject: 'Low stock, days of cover of category Lighting',
      changes: [{ field: '', before: '3', after: '5' }],
    })
    expect(rowOf({ what: 'settings.changed', subject, after: 5 }).changes).toEqual([
      { field: '', before: 'default', after: '5' },
    ])
    expect(rowOf({ what: 'settings.changed', subject: 'newer' }).subject).toBe('newer')
  })

  test('reads as a sentence where somebody is not known yet', () => {
    const somebody = { id: 'somebody', name: null, by: 'password' }
    const refused = rowOf({ what: 'session.refused', who: somebody, subject: 'p1', after: { tries: 5 } })
    expect([refused.who, refused.by, refused.what, refused.subject].join(' ')).toBe(
      'somebody with a password was again and again not let in as Asha',
    )
    expect(refused.changes).toEqual([{ field: 'tries', before: '', after: '5' }])
    const left = rowOf({ what: 'session.closed', subject: 'owner' })
    expect([left.who, left.what, left.subject]).toEqual(['Meera', 'signed out', ''])
  })

  test('is a line of a file for each field that changed', () => {
    const changed = item({ before: { role: 'analyst', stores: null }, after: { role: 'owner', stores: ['s1'] } })
    const start = ['2026-03-03T14:05:12.000Z', 'Meera', '', 'changed the role or stores of', 'Asha']
    expect(auditLines([changed, item()], names)).toEqual([
      [...start, 'role', 'Analyst', 'Owner'],
      [...start, 'stores', 'all', 's1'],
      [...start, '', '', ''],
    ])
  })

  test('names a change that it has no words for', () => {
    expect(rowOf({ what: 'connection.secret-rotated' }).what).toBe('connection secret rotated')
  })
})

describe('what changed', () => {
  test.each<[string, unknown, unknown, [string, string, string][]]>([
    ['nothing said', null, null, []],
    [
      'a field that a change names',
      { role: 'analyst', name: 'Asha' },
      { role: 'owner' },
      [['role', 'Analyst', 'Owner']],
    ],
    ['a field that is the same', { role: 'owner' }, { role: 'owner' }, []],
    [
      'something new',
      null,
      { role: 'analyst', stores: null },
      [
        ['role', '', 'Analyst'],
        ['stores', '', 'all'],
      ],
    ],
    [
      'something new that has not everything',
      null,
      { label: 'till', storeId: null, scopes: null },
      [
        ['label', '', 'till'],
        ['scopes', '', 'all'],
      ],
    ],
    ['something that went', { label: 'sync' }, null, [['label', 'sync', '']]],
    ['none of what may be none', { email: null }, { email: 'a@b.c' }, [['email', 'none', 'a@b.c']]],
    ['a plain value', 5, 9, [['', '5', '9']]],
    ['a plain value that is new', null, 0, [['', '', '0']]],
    ['a list', { stores: null }, { stores: ['s1', 's2'] }, [['stores', 'all', 's1, s2']]],
    ['an object in a field', {}, { quiet: { from: 22 } }, [['quiet', '', '{"from":22}']]],
    ['yes and no', { isOn: true }, { isOn: false }, [['is on', 'yes', 'no']]],
    ['a long name', {}, { leadTimeDays: 3 }, [['lead time days', '', '3']]],
    ['bookkeeping', { id: 'a', version: 1, createdAt: 'x' }, null, []],
  ])('%s', (_case, before, after, changes) => {
    expect(changesOf(before, after)).toEqual(changes.map(([field, was, is]) => ({ field, before: was, after: is })))
  })
})
