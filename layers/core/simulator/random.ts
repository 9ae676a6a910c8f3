/**
 * Chance that can be repeated: xoshiro128**, 32 bits at a time, period 2^128 - 1. Source: D. Blackman, S. Vigna, Scrambled
 * linear pseudorandom number generators, ACM Transactions on Mathematical Software 47 (2021). The state is plain data, so
 * that a world and its chance can be stored between two steps.
 */
export type Random = { a: number; b: number; c: number; d: number }

/** `seed`: a whole number from 0 to 2^32 - 1. Its bits are spread by the finaliser of MurmurHash3 (A. Appleby). */
export function randomFrom(seed: number): Random {
  let at = seed >>> 0
  const next = () => {
    at = (at + 0x9e3779b9) >>> 0
    let x = at
    x = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
    x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
    return (x ^ (x >>> 16)) | 0
  }
  return { a: next(), b: next(), c: next(), d: next() }
}

/** A number from 0 up to, and without, 1. HOT. */
export function uniform(random: Random): number {
  const { a, b, c, d } = random
  const x = Math.imul(b, 5)
  const result = Math.imul((x << 7) | (x >>> 25), 9)
  const c2 = c ^ a
  const d2 = d ^ b
  random.b = b ^ c2
  random.a = a ^ d2
  random.c = c2 ^ (b << 9)
  random.d = (d2 << 11) | (d2 >>> 21)
  return (result >>> 0) / 4294967296
}

/** A whole number from 0 to `count - 1`. */
export const below = (random: Random, count: number): number => Math.floor(uniform(random) * count)

export const happens = (random: Random, probability: number): boolean => uniform(random) < probability

export const between = (random: Random, low: number, high: number): number => low + (high - low) * uniform(random)

export const pick = <T>(random: Random, of: readonly T[]): T => of[below(random, of.length)]!

/** A waiting time with this mean. */
export const exponential = (random: Random, mean: number): number => -Math.log(1 - uniform(random)) * mean

/** Mean 0, deviation 1. Source: G. Box, M. Muller, Annals of Mathematical Statistics 29 (1958). */
export const gaussian = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - uniform(random))) * Math.cos(2 * Math.PI * uniform(random))

/** How many successes come before the first failure; mean p / (1 - p). */
export function geometric(random: Random, p: number): number {
  let count = 0
  while (uniform(random) < p) count++
  return count
}

/** The place of one of these weights, by their shares. For few weights. */
export function pickWeighted(random: Random, weights: readonly number[]): number {
  let left = uniform(random) * weights.reduce((sum, weight) => sum + weight, 0)
  for (let i = 0; i < weights.length - 1; i++) if ((left -= weights[i]!) < 0) return i
  return weights.length - 1
}
