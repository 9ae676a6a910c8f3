import { describe, expect, it } from 'vitest'
import type { SeriesAnswer } from '#core/api/metrics.ts'
import { splitSpecOf } from './split-spec.ts'

type Line = readonly [key: string, value: number | null, label?: string]
const answer = (lines: readonly Line[], currency: string | null = 'INR') =>
  ({
    currency,
    series: lines.map(([key, value, label = `name of ${key}`]) => ({ key, label, values: [value] })),
  }) as unknown as SeriesAnswer
const about = { title: 'Net revenue by store', span: 'Today', of: 'Store', than: 'than yesterday' }
const rows = (now: readonly Line[], before?: readonly Line[], more: object = {}) =>
  splitSpecOf(answer(now), before && answer(before), { ...about, ...more }).rows

describe('the rows', () => {
  it('have their part of the whole', () => {
    expect(
      rows([
        ['a', 75],
        ['b', 25],
      ]).map(({ name, share }) => [name, share]),
    ).toEqual([
      ['name of a', 0.75],
      ['name of b', 0.25],
    ])
  })

  it.each<[readonly Line[]]>([
    [
      [
        ['a', 75],
        ['b', -25],
      ],
    ],
    [
      [
        ['a', 75],
        ['b', null],
      ],
    ],
    [
      [
        ['a', 0],
        ['b', 0],
      ],
    ],
  ])('have none where it would say nothing: %j', (lines) => {
    expect(rows(lines).map(({ share }) => share)).toEqual([null, null])
  })

  it('have no change where nothing is compared', () => {
    expect('change' in rows([['a', 1]])[0]!).toBe(false)
  })

  it.each<[string, readonly Line[], string | undefined]>([
    ['of the same', [['a', 100]], '+10 %'],
    ['of what was not sold then', [['b', 100]], 'from 0'],
    [
      'of what may be among the others',
      [
        ['b', 100],
        ['other', 9, '3 others'],
      ],
      undefined,
    ],
    ['of what is not known', [['a', null]], undefined],
    ['where nothing is known at all', [], undefined],
  ])('have a change %s', (_, before, text) => {
    expect(rows([['a', 110]], before)[0]!.change?.text).toBe(text)
  })

  it('are not compared across currencies', () => {
    const spec = splitSpecOf(answer([['a', 1]]), answer([['a', 1]], 'EUR'), about)
    expect(spec.rows[0]!.change).toBeNull()
  })

  it('say whether more is good', () => {
    expect(rows([['a', 110]], [['a', 100]], { good: 'down' })[0]!.change?.verdict).toBe('worse')
  })

  it('tell the rest from a reason that is called so', () => {
    const [rest, reason] = rows(
      [
        ['other', 5, '1200 others'],
        ['other', 4, 'other'],
      ],
      undefined,
      {
        nameOf: () => 'Other reason',
        pageOf: (key: string) => `/x/${key}`,
      },
    )
    expect([rest!.name, rest!.colour, rest!.to]).toEqual(['Other (1,200)', 'other', undefined])
    expect([reason!.name, reason!.colour, reason!.to]).toEqual(['Other reason', 'amount', '/x/other'])
  })

  it('name what belongs to no group', () => {
    expect(rows([['(none)', 5, '(none)']])[0]!.name).toBe('Without one')
  })
})
