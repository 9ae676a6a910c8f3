/** Numbers from 1 that are given once each, however many processes give them. */
import { conditionsHold, type StateStore, type Write } from '#core/ports.ts'
import { inTurn } from './in-turn.ts'

/**
 * Takes the counter's next number together with what bears it, in one commit on condition that nobody else took it: then
 * what `writesOf` read is read again. Within this process one takes after the other, so that on one machine none fails.
 *
 * `writesOf` is asked after the last number was read: rows that change with a number of this counter alone are, at the
 * commit, still as it read them.
 */
export function commitNumbered(
  state: StateStore,
  table: string,
  key: string,
  writesOf: (number: number) => Promise<readonly Write[]>,
): Promise<number> {
  return inTurn(state, `${table} ${key}`, async () => {
    for (;;) {
      const last = await lastNumber(state, table, key)
      const number = last + 1
      const unmoved = last === 0 ? { table, key, field: undefined } : { table, key, field: 'number', equals: last }
      const writes = await writesOf(number)
      // If not, another process took this number.
      if (await conditionsHold(() => state.commit([...writes, { table, key, row: { number } }], [unmoved])))
        return number
    }
  })
}

/** The last number that was taken; 0: none. */
export async function lastNumber(state: StateStore, table: string, key: string): Promise<number> {
  return ((await state.get(table, key)) as { readonly number: number } | undefined)?.number ?? 0
}
