/** Numbers from 1 that are given once each, while one process gives them. */
import type { StateStore, Write } from '#core/ports.ts'

/** By store, then table and key: the number that was given last. */
const given = new WeakMap<StateStore, Map<string, number>>()

/** The next number of this counter. Whoever uses it commits `numberWrite` together with what bears it. */
export async function nextNumber(state: StateStore, table: string, key: string): Promise<number> {
  let numbers = given.get(state)
  if (numbers === undefined) given.set(state, (numbers = new Map()))
  const counter = `${table} ${key}`
  if (!numbers.has(counter)) {
    const number = await lastNumber(state, table, key)
    // Another one may have been given meanwhile.
    if (!numbers.has(counter)) numbers.set(counter, number)
  }
  const next = numbers.get(counter)! + 1
  numbers.set(counter, next)
  return next
}

/** The last number that was committed; 0: none. */
export async function lastNumber(state: StateStore, table: string, key: string): Promise<number> {
  return ((await state.get(table, key)) as { readonly number: number } | undefined)?.number ?? 0
}

export const numberWrite = (table: string, key: string, number: number): Write => ({ table, key, row: { number } })
