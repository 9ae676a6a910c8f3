import { describe, expect, test } from 'vitest'
import { DAY_MS } from '#core/metrics/business-time.ts'
import { daysOf, foldersOf, nothingPublished, publish, withPart } from './published.ts'

const NOTHING = nothingPublished('m 1')
const part = (table: string, day: string, version: string) => ({ table, day, version, rows: 1 })
const first = withPart(withPart(NOTHING, part('f', '2026-03-02', 'a')), part('d', '', 'a'))
const second = withPart(withPart(first, part('f', '2026-03-03', 'b')), part('d', '', 'b'))

describe('what is published', () => {
  test('names a folder for each part, days in order', () => {
    const mixed = withPart(second, part('f', '2026-03-01', 'c'))
    expect(daysOf(mixed, 'f')).toEqual(['2026-03-01', '2026-03-02', '2026-03-03'])
    expect(foldersOf(mixed, 'f', (day) => day > '2026-03-01')).toEqual([
      'warehouse/f/merchant=m_201/day=2026-03-02/version=a/',
      'warehouse/f/merchant=m_201/day=2026-03-03/version=b/',
    ])
    expect(foldersOf(mixed, 'd')).toEqual(['warehouse/d/merchant=m_201/version=b/'])
    expect(foldersOf(mixed, 'unknown')).toEqual([])
  })

  test('what is replaced stays for a day, for readers that are at it', () => {
    const one = publish(NOTHING, first, 0)
    expect(one).toEqual({ next: { ...first, number: 1 }, over: [] })
    const two = publish(one.next, withPart(one.next, part('d', '', 'b')), 1_000)
    const replaced = 'warehouse/d/merchant=m_201/version=a/'
    expect(two.next.retired).toEqual([{ folder: replaced, since: 1_000 }])
    expect(publish(two.next, two.next, 1_000 + DAY_MS - 1).over).toEqual([])
    const three = publish(two.next, two.next, 1_000 + DAY_MS)
    expect([three.over, three.next.retired, three.next.number]).toEqual([[replaced], [], 3])
  })

  test('what was replaced and is published again stays for good', () => {
    const replaced = publish(first, withPart(first, part('d', '', 'b')), 0).next
    const again = publish(replaced, withPart(replaced, part('d', '', 'a')), 1).next
    expect(publish(again, again, 2 * DAY_MS).over).toEqual(['warehouse/d/merchant=m_201/version=b/'])
  })
})
