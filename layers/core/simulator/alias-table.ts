/**
 * Draws one of many weighted things in constant time. Source: M. Vose, A linear algorithm for generating random numbers
 * with a given distribution, IEEE Transactions on Software Engineering 17 (1991).
 */
import { type Random, uniform } from './random.ts'

export type AliasTable = {
  /** By place: the chance that the place itself is drawn, and not its alias. */
  readonly own: Float64Array
  readonly alias: Int32Array
}

export const emptyTable = (size: number): AliasTable => ({ own: new Float64Array(size), alias: new Int32Array(size) })

/** Fills the table for these weights, at least one of them above 0. */
export function fillTable({ own, alias }: AliasTable, weights: Float64Array): void {
  const size = weights.length
  let sum = 0
  for (let i = 0; i < size; i++) sum += weights[i]!
  const small: number[] = []
  const large: number[] = []
  for (let i = 0; i < size; i++) {
    own[i] = (weights[i]! * size) / sum
    alias[i] = i
    if (own[i]! < 1) small.push(i)
    else large.push(i)
  }
  while (small.length > 0 && large.length > 0) {
    const less = small.pop()!
    const more = large.at(-1)!
    alias[less] = more
    own[more] = own[more]! + own[less]! - 1
    if (own[more]! < 1) small.push(large.pop()!)
  }
  // What is left is 1 but for rounding.
  for (const i of small) own[i] = 1
  for (const i of large) own[i] = 1
}

/** HOT. */
export function draw({ own, alias }: AliasTable, random: Random): number {
  const x = uniform(random) * own.length
  const place = Math.floor(x)
  return x - place < own[place]! ? place : alias[place]!
}
