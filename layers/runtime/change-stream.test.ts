import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { type Change, ChangeStream } from './change-stream.ts'

const KEEP_MS = 1_000
const MANY = 1_000_000
let made = 0
const change = (subject: string, more: Partial<Change> = {}): Change => ({
  topic: 'stock',
  storeId: 's',
  subject,
  text: `${subject} ${made++}`,
  ...more,
})
const everything = () => true
const subjectsAfter = (stream: ChangeStream, number: number) =>
  stream.after(number, MANY, everything).changes.map(({ subject }) => subject)

describe('a stream', () => {
  it('tells the newest of each subject, in the order in which they changed', () => {
    const stream = new ChangeStream('e', KEEP_MS)
    const [first, cup, last] = [change('lamp'), change('cup'), change('lamp')]
    stream.add([first, cup], 0)
    expect(stream.after(0, MANY, everything)).toEqual({ changes: [first, cup], upTo: 2 })
    stream.add([last], 0)
    expect(stream.after(0, MANY, everything)).toEqual({ changes: [cup, last], upTo: 3 })
    expect(stream.after(2, MANY, everything)).toEqual({ changes: [last], upTo: 3 })
    expect(stream.after(3, MANY, everything)).toEqual({ changes: [], upTo: 3 })
  })

  it('knows subjects apart by topic and store', () => {
    const stream = new ChangeStream('e', KEEP_MS)
    stream.add([change('x'), change('x', { topic: 'alert' }), change('x', { storeId: 't' }), change('x')], 0)
    expect(stream.size).toBe(3)
  })

  it('says up to where that is all, where it is cut short', () => {
    const stream = new ChangeStream('e', KEEP_MS)
    stream.add(
      ['a', 'b', 'c', 'd', 'e'].map((subject) => change(subject)),
      0,
    )
    const isHeard = ({ subject }: Change) => subject !== 'c' && subject !== 'e'
    const one = stream.after(0, 2, isHeard)
    expect([one.changes.map(({ subject }) => subject), one.upTo]).toEqual([['a', 'b'], 3])
    const two = stream.after(one.upTo, 2, isHeard)
    expect([two.changes.map(({ subject }) => subject), two.upTo]).toEqual([['d'], 5])
  })

  it('lets go of what is too old or too much, and knows who has missed it', () => {
    const stream = new ChangeStream('e', KEEP_MS)
    stream.add([change('a')], 0)
    stream.add([change('b'), change('c')], 1)
    stream.forget(KEEP_MS - 1, MANY)
    expect([stream.keepsSince(0), subjectsAfter(stream, 0)]).toEqual([true, ['a', 'b', 'c']])
    stream.forget(KEEP_MS, MANY)
    expect([stream.keepsSince(0), stream.keepsSince(1), subjectsAfter(stream, 1)]).toEqual([false, true, ['b', 'c']])
    stream.forget(KEEP_MS, 1)
    expect([stream.keepsSince(1), stream.keepsSince(2), subjectsAfter(stream, 2)]).toEqual([false, true, ['c']])
  })

  it('has lost nothing where what it lets go of has changed since', () => {
    const stream = new ChangeStream('e', KEEP_MS)
    stream.add([change('a')], 0)
    stream.add([change('a')], 10)
    stream.forget(KEEP_MS, MANY)
    expect([stream.keepsSince(0), subjectsAfter(stream, 0)]).toEqual([true, ['a']])
  })

  test.each([
    ['e-all.0', 0],
    ['e-all.2', 2],
    ['e-all.02', undefined],
    ['e-all.3', undefined],
    ['e-some.2', undefined],
    ['f-all.2', undefined],
    ['2', undefined],
    ['e-all.', undefined],
  ])('of a sequence %s knows the number %j', (sequence, number) => {
    const stream = new ChangeStream('e', KEEP_MS)
    stream.add([change('a'), change('b')], 0)
    expect(stream.numberOf(sequence, 'all')).toBe(number)
    expect(stream.sequenceOf(2, 'all')).toBe('e-all.2')
  })

  it('that was broken has lost what everybody had not heard', () => {
    const stream = new ChangeStream('e', KEEP_MS)
    stream.add([change('a')], 0)
    stream.loseAll()
    expect(stream.numberOf('e-all.1', 'all')).toBeUndefined()
    expect(stream.keepsSince(stream.head)).toBe(true)
  })

  it('whoever hears when and how much, hears the newest of every subject that changed since, once, or is told of a gap', () => {
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.record({ adds: fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 4 }) }) },
      fc.record({ hears: fc.integer({ min: 0, max: 2 }), most: fc.integer({ min: 1, max: 3 }) }),
      fc.record({ forgets: fc.integer({ min: 0, max: 400 }), most: fc.integer({ min: 1, max: 8 }) }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const stream = new ChangeStream('e', KEEP_MS)
        const log: Change[] = []
        const listeners = [0, 0, 0]
        let nowMs = 0
        let lastGone = 0
        for (const each of steps) {
          if ('adds' in each) {
            const changes = each.adds.map((n) => change(`subject ${n}`))
            stream.add(changes, nowMs)
            log.push(...changes)
          } else if ('forgets' in each) {
            nowMs += each.forgets
            const before = stream.after(0, MANY, everything).changes
            stream.forget(nowMs, each.most)
            const left = stream.after(0, MANY, everything).changes
            for (const gone of before.filter((one) => !left.includes(one)))
              lastGone = Math.max(lastGone, log.indexOf(gone) + 1)
            expect(stream.size).toBeLessThanOrEqual(each.most)
          } else {
            let from = listeners[each.hears]!
            const since = log.slice(from)
            const newest = since.filter(
              ({ subject }, i) => !since.slice(i + 1).some((later) => later.subject === subject),
            )
            // A gap is told where there is one, and nowhere else.
            expect(stream.keepsSince(from)).toBe(from >= lastGone)
            if (stream.keepsSince(from)) {
              const heard: Change[] = []
              do {
                const { changes, upTo } = stream.after(from, each.most, everything)
                expect(changes.length).toBeLessThanOrEqual(each.most)
                heard.push(...changes)
                from = upTo
              } while (from < stream.head)
              expect(heard).toEqual(newest)
            }
            listeners[each.hears] = stream.head
          }
        }
      }),
    )
  })

  it('holds no more than it keeps, however often the same changes', () => {
    const stream = new ChangeStream('e', KEEP_MS)
    for (let i = 0; i < 200_000; i++) {
      stream.add([change(`subject ${i % 100}`)], i)
      if (i % 100 === 0) stream.forget(i, 50)
    }
    const { entries } = stream as unknown as { entries: unknown[] }
    expect(entries.length).toBeLessThan(2_000)
    expect(stream.size).toBeLessThanOrEqual(150)
  })
})
