import { describe, expect, it } from 'vitest'
import type { LeadTimeSeen } from '#core/reorders/reorder-policy.ts'
import { between, gaussian, randomFrom } from '#core/simulator/random.ts'
import { daysLeftAt, type LeadTime, leadDaysAt, learnLeadTimes } from './lead-times.ts'
import { weekdayOf } from './local-day.ts'

const order = (supplierId: string, placedOn: number, leadDays: number, quantity = 10): LeadTimeSeen => ({
  supplierId, placedOn, quantity, leadDays,
}) // biome-ignore format: one shape
const ask = (supplierId: string, placedOn = 20_000, quantity = 10) => ({ supplierId, placedOn, quantity })
const lead: LeadTime = { days: [3, 5, 9], upTo: [0.5, 0.8, 1], orders: 10 }

const meanLeadDays = ({ days, upTo }: LeadTime) =>
  days.reduce((mean, day, place) => mean + day * (upTo[place]! - (upTo[place - 1] ?? 0)), 0)

describe('a distribution of lead times', () => {
  it.each([[0, 3], [0.5, 3], [0.51, 5], [0.8, 5], [0.81, 9], [1, 9]])('a share of %d comes within %d days', (share, days) =>
    expect(leadDaysAt(lead, share)).toBe(days)) // biome-ignore format: a table
  it.each([
    ['just placed', 0, 0.5, 3],
    ['three days old, so not one of the quick half', 3, 0, 2],
    ['of those that are left two in five are slow', 3, 0.7, 6],
    ['older than any: tomorrow', 20, 0.5, 1],
  ])('what is under way: %s', (_, age, share, days) => expect(daysLeftAt(lead, age, share)).toBe(days))
})

describe('lead times of suppliers', () => {
  it('nothing known: about a week, wide', () => {
    const { days, upTo, orders } = learnLeadTimes([]).predict(ask('a'))
    expect([days[0]! < 5, days.at(-1)! > 10, upTo.at(-1), orders]).toEqual([true, true, 1, 0])
  })
  it('nothing has come of this one: what it promises', () => {
    const model = learnLeadTimes(Array.from({ length: 40 }, (_, k) => order('a', 19_000 + k, 5)))
    expect(meanLeadDays(model.predict({ ...ask('b'), promisedDays: 12 }))).toBeCloseTo(12, 0)
    expect(meanLeadDays(model.predict(ask('b')))).toBeCloseTo(5, 0)
  })
  it('few orders are drawn to those of all; many stand for themselves', () => {
    const many = Array.from({ length: 200 }, (_, k) => order('quick', 19_000 + k, 4))
    const few = learnLeadTimes([...many, order('new', 19_500, 16)])
    const longer = learnLeadTimes([...many, ...Array.from({ length: 200 }, (_, k) => order('new', 19_000 + k, 16))])
    expect(meanLeadDays(few.predict(ask('new')))).toBeLessThan(9)
    expect(meanLeadDays(longer.predict(ask('new')))).toBeGreaterThan(15)
    expect(meanLeadDays(longer.predict(ask('quick')))).toBeLessThan(5)
  })
  it('keeps the tail of a supplier that is late one time in five', () => {
    const seen = Array.from({ length: 300 }, (_, k) => order('late', 19_000 + k, k % 5 === 0 ? 14 : 6))
    const model = learnLeadTimes(seen).predict(ask('late'))
    expect(leadDaysAt(model, 0.7)).toBeLessThan(8)
    expect(leadDaysAt(model, 0.9)).toBeGreaterThan(11)
  })
  it('finds that orders of a Friday, and large ones, take longer, and says the same again', () => {
    const random = randomFrom(3)
    const seen = Array.from({ length: 600 }, (_, k) => {
      const placedOn = 19_000 + k
      const quantity = Math.round(between(random, 5, 100))
      const usual = 6 * (weekdayOf(placedOn) === 4 ? 1.5 : 1) * (quantity / 30) ** 0.2
      return order('a', placedOn, Math.round(usual * Math.exp(0.1 * gaussian(random))), quantity)
    })
    const model = learnLeadTimes(seen)
    const friday = 20_001 + ((4 - weekdayOf(20_001) + 7) % 7)
    const ofFriday = meanLeadDays(model.predict(ask('a', friday, 30)))
    const ofTuesday = meanLeadDays(model.predict(ask('a', friday + 4, 30)))
    expect(ofFriday / ofTuesday).toBeGreaterThan(1.3)
    expect(ofFriday / ofTuesday).toBeLessThan(1.7)
    expect(meanLeadDays(model.predict(ask('a', friday, 90)))).toBeGreaterThan(ofFriday * 1.1)
    expect(learnLeadTimes(seen).predict(ask('a'))).toEqual(model.predict(ask('a')))
  })
})
