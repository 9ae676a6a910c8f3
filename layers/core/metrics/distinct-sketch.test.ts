import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDistinct,
  countDistinct,
  type Distinct,
  EMPTY_DISTINCT,
  EXACT_UP_TO,
  hash53,
  mergeAllDistinct,
  mergeDistinct,
} from './distinct-sketch.ts'

const sketchOf = (members: Iterable<string>): Distinct => {
  let state = EMPTY_DISTINCT
  for (const member of members) state = addDistinct(state, member)
  return state
}
const ids = (count: number, prefix = 'order-', from = 0): string[] =>
  Array.from({ length: count }, (_, i) => `${prefix}${from + i}`)

const anyMembers = fc
  .tuple(fc.integer({ min: 0, max: 700 }), fc.constantFrom('order-', 'c', ''), fc.integer({ min: 0, max: 9999 }))
  .map(([count, prefix, from]) => ids(count, prefix, from))

/** The state as it is defined, by big integers and from the set alone. */
function oracle(members: Iterable<string>): Distinct {
  const hashes = [...new Set([...members].map(hash53))].sort((a, b) => a - b)
  if (hashes.length <= EXACT_UP_TO) return hashes
  const ranks = new Array<number>(4096).fill(0)
  for (const hash of hashes) {
    const bits = BigInt(hash).toString(2).padStart(53, '0')
    const index = Number.parseInt(bits.slice(41), 2)
    const leadingZeros = bits.slice(0, 41).indexOf('1')
    ranks[index] = Math.max(ranks[index]!, leadingZeros === -1 ? 42 : leadingZeros + 1)
  }
  return ranks.map((rank) => String.fromCharCode(48 + rank)).join('')
}

describe('hash53', () => {
  // Rows in stores hold these numbers: this table may grow and never change.
  it.each([
    ['', 1078648880257505],
    ['a', 6251877417533741],
    ['ab', 375557368257525],
    ['abc', 2198331345995465],
    ['order-1', 2637367381199522],
    ['order-2', 3688657941326366],
    ['日本', 1425258189242291],
    ['\u0000', 1405456674983500],
    ['\u0000\u0000', 440551130223035],
  ])('of %j is %i', (text, hash) => {
    expect(hash53(text)).toBe(hash)
  })

  it.each([
    ['numbered ids', (i: number) => `order-${i}`],
    ['plain numbers', (i: number) => String(i)],
    ['padded numbers', (i: number) => `c${String(i).padStart(12, '0')}`],
    ['two code units', (i: number) => String.fromCharCode(i % 65_536, Math.floor(i / 65_536))],
  ])(
    'gives a million %s different hashes, spread evenly over both ends of the 53 bits',
    (_, nth) => {
      const count = 1_000_000
      const hashes = Float64Array.from({ length: count }, (_, i) => hash53(nth(i)))
      const low = new Float64Array(4096)
      const high = new Float64Array(4096)
      for (const hash of hashes) {
        low[hash % 4096]!++
        high[Math.floor(hash / 2 ** 41)]!++
      }
      hashes.sort()
      let collisions = 0
      for (let i = 1; i < count; i++) if (hashes[i] === hashes[i - 1]) collisions++
      expect(collisions).toBe(0)
      for (const cells of [low, high]) {
        const expected = count / 4096
        const chiSquare = cells.reduce((sum, seen) => sum + (seen - expected) ** 2 / expected, 0)
        expect(Math.abs(chiSquare - 4095)).toBeLessThan(5 * Math.sqrt(2 * 4095))
      }
    },
    30_000,
  )

  it('turns about half of its bits when one bit of the text turns', () => {
    const flips = new Array<number>(53).fill(0)
    const trials = 4000
    for (let n = 0; n < trials; n++) {
      const text = `customer-${n * 7919}`
      const at = n % text.length
      const other = text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ (1 << (n % 7))) + text.slice(at + 1)
      let differ = BigInt(hash53(text)) ^ BigInt(hash53(other))
      for (let bit = 0; bit < 53; bit++, differ >>= 1n) if (differ & 1n) flips[bit]!++
    }
    for (const count of flips) expect(Math.abs(count / trials - 0.5)).toBeLessThan(0.04)
  })
})

describe('addDistinct', () => {
  it.each([0, 1, 2, 255, 256])('holds %i members exactly, each once', (count) => {
    const state = sketchOf([...ids(count), ...ids(count).reverse()])
    expect(state).toHaveLength(count)
    expect(countDistinct(state)).toEqual({ value: count, exact: true })
  })

  it('becomes a sketch with member 257', () => {
    const full = sketchOf(ids(EXACT_UP_TO))
    const state = addDistinct(full, 'one more')
    expect(full).toHaveLength(EXACT_UP_TO)
    expect(state).toMatch(/^[0-Z]{4096}$/)
    expect(countDistinct(state).exact).toBe(false)
  })

  it.each([1, 200, 256, 257, 5000])('gives the very same object for a member that is known, of %i', (count) => {
    const state = sketchOf(ids(count))
    for (const member of ids(count)) expect(addDistinct(state, member)).toBe(state)
  })

  it('leaves the former state alone', () => {
    const before = Object.freeze(['x', 'y'].map(hash53).sort((a, b) => a - b))
    expect(addDistinct(before, 'z')).toHaveLength(3)
    expect(before).toHaveLength(2)
    expect(EMPTY_DISTINCT).toEqual([])
  })

  it('is the state that the set of members defines', () => {
    fc.assert(
      fc.property(anyMembers, (members) => {
        expect(sketchOf(members)).toEqual(oracle(members))
      }),
      { numRuns: 60 },
    )
  })

  it('does not care for order or repetition', () => {
    fc.assert(
      fc.property(anyMembers, fc.array(fc.nat(), { maxLength: 300 }), fc.integer(), (members, again, seed) => {
        const mixed = [...members, ...again.flatMap((i) => (members.length > 0 ? [members[i % members.length]!] : []))]
        mixed.sort((a, b) => Math.sin(hash53(a) + seed) - Math.sin(hash53(b) + seed))
        expect(sketchOf(mixed)).toEqual(sketchOf(members))
      }),
      { numRuns: 60 },
    )
  })

  it('is small and plain JSON', () => {
    for (const count of [0, 256, 257, 20_000]) {
      const state = sketchOf(ids(count))
      const text = JSON.stringify(state)
      expect(JSON.parse(text)).toEqual(state)
      expect(text.length).toBeLessThan(4500)
      if (count > 256) expect(text).toHaveLength(4096 + 2)
    }
  })
})

describe('mergeDistinct', () => {
  it('is the state of the union, however the members were split and the parts merged', () => {
    fc.assert(
      fc.property(
        anyMembers,
        anyMembers,
        fc.array(fc.nat(), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 5 }),
        (some, others, picks, parts) => {
          const members = [...some, ...others]
          const states = Array.from({ length: parts }, (_, part) =>
            sketchOf(members.filter((_, i) => i % parts === part || picks[i % picks.length]! % parts === part)),
          )
          for (const pick of picks) {
            if (states.length < 2) break
            const [one] = states.splice(pick % states.length, 1)
            const [two] = states.splice(pick % states.length, 1)
            states.push(pick % 2 === 0 ? mergeDistinct(one!, two!) : mergeDistinct(two!, one!))
          }
          expect(states.reduce(mergeDistinct, EMPTY_DISTINCT)).toEqual(oracle(members))
        },
      ),
      { numRuns: 80 },
    )
  })

  it.each([
    [0, 0],
    [1, 0],
    [256, 256],
    [256, 100],
    [300, 0],
    [300, 299],
    [5000, 5000],
  ])('gives the very first object when %i members hold the other %i', (all, some) => {
    const state = sketchOf(ids(all))
    expect(mergeDistinct(state, sketchOf(ids(some)))).toBe(state)
  })

  it.each([
    [0, 0, 42], // no one at all in 41 bits
    [1, 1, 42],
    [4095, 4095, 42],
    [4096, 0, 41],
    [2 ** 31, 0, 22],
    [2 ** 32 - 4096, 0, 22],
    [2 ** 32, 0, 21],
    [2 ** 33 - 4096, 0, 21],
    [2 ** 51, 0, 2],
    [2 ** 52, 0, 1],
    [2 ** 53 - 1, 4095, 1],
  ])('puts hash %i into register %i as %i', (hash, index, rank) => {
    // 256 hashes of rank 1 in registers that no row of the table asks about.
    const filler = Array.from({ length: EXACT_UP_TO }, (_, i) => 2 ** 52 + 1000 + i)
    const state = mergeDistinct(filler, [hash])
    expect(typeof state === 'string' && state.charCodeAt(index) - 48).toBe(rank)
  })
})

describe('countDistinct', () => {
  it.each(['order-', '', 'c000'])(
    'is within 5 percent for 1e3 to 1e6 sequential members of %j',
    (prefix) => {
      let state = EMPTY_DISTINCT
      for (let i = 1; i <= 1_000_000; i++) {
        state = addDistinct(state, prefix + i)
        if (i === 1000 || i === 10_000 || i === 100_000 || i === 1_000_000) {
          expect(Math.abs(countDistinct(state).value / i - 1), `${i}`).toBeLessThan(0.05)
        }
      }
    },
    30_000,
  )

  it.each([257, 1000, 5000, 12_000, 30_000])(
    'of %i members has a standard error of 1.6 percent and no bias',
    (count) => {
      const trials = 64
      const errors = Array.from(
        { length: trials },
        (_, n) => countDistinct(sketchOf(ids(count, `${n}/`))).value / count - 1,
      )
      const bias = errors.reduce((a, b) => a + b, 0) / trials
      const deviation = Math.sqrt(errors.reduce((a, b) => a + b * b, 0) / trials)
      expect(Math.abs(bias)).toBeLessThan(0.008) // four standard errors of the mean
      expect(deviation).toBeLessThan(0.0163 * 1.4)
    },
    30_000,
  )

  // Registers at the quantiles of their distribution for n members: P(K <= k) = exp(-n / (4096 * 2^k)), 42 at most.
  it.each([300, 1000, 4096, 20_000, 1e6, 1e9, 1e12, 1e15, 2 ** 52, 2 ** 53, 2 ** 54])(
    'reads registers as %d members leave them, within 0.5 percent',
    (members) => {
      let registers = ''
      for (let i = 0; i < 4096; i++) {
        const share = (i + 0.5) / 4096
        let rank = 0
        while (rank < 42 && Math.exp(-members / (4096 * 2 ** rank)) < share) rank++
        registers += String.fromCharCode(48 + rank)
      }
      expect(Math.abs(countDistinct(registers).value / members - 1)).toBeLessThan(0.005)
    },
  )

  it('never falls below what the form of the state proves', () => {
    for (let n = 0; n < 50; n++) expect(countDistinct(sketchOf(ids(257, `${n}:`))).value).toBeGreaterThanOrEqual(257)
  })
})

describe('mergeAllDistinct', () => {
  it('finds what merging one by one finds, in any order', () => {
    fc.assert(
      fc.property(fc.array(anyMembers, { maxLength: 6 }), (groups) => {
        const states = groups.map(sketchOf)
        const all = oracle(groups.flat())
        expect(mergeAllDistinct(states)).toEqual(all)
        expect(mergeAllDistinct(states.toReversed())).toEqual(all)
      }),
    )
  })
})
