import { describe, expect, test } from 'vitest'
import type { PersonItem } from '#core/api/people.ts'
import { peopleText, preparePeople, storeIdsIn, storesText } from './prepare-people.ts'

const person = (changes: Partial<PersonItem> = {}): PersonItem => ({
  id: 'p1',
  email: 'asha@example.com',
  name: 'Asha',
  role: 'analyst',
  stores: null,
  status: 'active',
  createdAt: '2026-03-03T23:30:00.000Z',
  version: 1,
  ...changes,
})
const names = new Map([
  ['s1', 'Pune'],
  ['s2', 'Delhi'],
])

describe('people', () => {
  test('are listed by name, each in words', () => {
    const owner = person({ id: 'owner', name: 'Owner', email: null, role: 'owner', createdAt: null })
    const rows = preparePeople([owner, person({ status: 'invited' })], 'owner', names, 'Asia/Kolkata')
    expect(rows.map(({ person: _, ...row }) => row)).toEqual([
      {
        id: 'p1',
        name: 'Asha',
        address: 'asha@example.com',
        role: 'Analyst',
        stores: 'All stores',
        allStores: '',
        state: 'Invited',
        isInvited: true,
        since: 'since 4 March 2026',
        isSelf: false,
      },
      {
        id: 'owner',
        name: 'Owner',
        address: 'no address yet: gets in by the terminal’s link',
        role: 'Owner',
        stores: 'All stores',
        allStores: '',
        state: 'Active',
        isInvited: false,
        since: '',
        isSelf: true,
      },
    ])
  })

  test('of the same name stand by id, whatever the order they came in', () => {
    const two = [person({ id: 'b' }), person({ id: 'a' })]
    expect(preparePeople(two, '', names, 'UTC').map(({ id }) => id)).toEqual(['a', 'b'])
  })

  test.each([
    [1, 0, '1 person'],
    [3, 0, '3 people'],
    [3, 1, '3 people, 1 invited'],
  ])('%i with %i invited are %s', (all, invited, text) => {
    const items = Array.from({ length: all }, (_, at) => person({ status: at < invited ? 'invited' : 'active' }))
    expect(peopleText(items)).toBe(text)
  })
})

test.each([
  [null, 'All stores'],
  [[], 'No store'],
  [['s1'], 'Pune'],
  [['s9'], 's9'],
  [['s1', 's2', 's9'], '3 stores'],
])('the stores %j are %s', (stores, text) => {
  expect(storesText(stores, names)).toBe(text)
})

test.each([
  ['', []],
  [' , ;\n', []],
  ['s1, s2;s1\ns3', ['s1', 's2', 's3']],
])('the text %j names the stores %j', (text, ids) => {
  expect(storeIdsIn(text)).toEqual(ids)
})
