import { beforeEach, expect, test } from 'vitest'
import { PAINT_MS, paceFrames } from './pace-frames.ts'

let now = 0
let timers: { at: number; run: () => void }[] = []
let paintTakes = 0
let painted: { at: number; frames: number[] }[] = []

const clock = {
  now: () => now,
  after: (ms: number, run: () => void) => {
    const timer = { at: now + ms, run }
    timers.push(timer)
    return () => {
      timers = timers.filter((it) => it !== timer)
    }
  },
  painted: (run: () => void) => void clock.after(paintTakes, run),
}
const advanceTo = (ms: number) => {
  for (;;) {
    const next = timers.filter(({ at }) => at <= ms).sort((a, b) => a.at - b.at)[0]
    if (next === undefined) break
    timers = timers.filter((it) => it !== next)
    now = next.at
    next.run()
  }
  now = ms
}
const paced = () => paceFrames<number>((frames) => painted.push({ at: now, frames }), clock, PAINT_MS)

beforeEach(() => {
  now = 0
  timers = []
  painted = []
  paintTakes = 0
})

test('a single change is painted at once', () => {
  paced().take(1)
  expect(painted).toEqual([{ at: 0, frames: [1] }])
})

test('what comes sooner waits for the next paint, together and in order', () => {
  const pace = paced()
  pace.take(1)
  advanceTo(10)
  pace.take(2)
  advanceTo(200)
  pace.take(3)
  advanceTo(1000)
  expect(painted).toEqual([
    { at: 0, frames: [1] },
    { at: PAINT_MS, frames: [2, 3] },
  ])
})

test('a stream of 100 frames a second is painted 4 times a second', () => {
  const pace = paced()
  for (let at = 0; at < 10_000; at += 10) {
    advanceTo(at)
    pace.take(at)
  }
  advanceTo(20_000)
  expect(painted.length).toBeLessThanOrEqual(41)
  expect(painted.flatMap(({ frames }) => frames)).toEqual(Array.from({ length: 1000 }, (_, index) => index * 10))
})

test('where a paint takes long, two thirds of the time stay free', () => {
  paintTakes = 200
  const pace = paced()
  for (let at = 0; at < 6000; at += 10) {
    advanceTo(at)
    pace.take(at)
  }
  expect(painted.slice(1, 4).map(({ at }) => at)).toEqual([PAINT_MS, 850, 1450])
  expect(pace.tookMs()).toBe(200)
})

test('a change after a pause is painted at once again', () => {
  const pace = paced()
  pace.take(1)
  advanceTo(PAINT_MS)
  pace.take(2)
  expect(painted.map(({ at }) => at)).toEqual([0, PAINT_MS])
})

test('what was dropped is never painted', () => {
  const pace = paced()
  pace.take(1)
  pace.take(2)
  pace.drop()
  advanceTo(1000)
  pace.take(3)
  expect(painted.map(({ frames }) => frames)).toEqual([[1], [3]])
})
