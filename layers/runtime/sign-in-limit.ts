/** Guesses at passwords and codes: so many at once are free, then each waits twice as long as the one before. */
import { FREE_TRIES } from '#core/api/limits.ts'
import { conditionsHold, type StateStore, type Write } from '#core/ports.ts'
import { HttpError } from './http-handler.ts'
import { isUnmoved } from './is-unmoved.ts'
import type { Ports } from './ports.ts'
import { sweepRows } from './sweep-rows.ts'

/** Key: what is counted: an address from one place, an address, a place; or which address was told of. */
export const SIGN_IN_ATTEMPTS = 'sign-in-attempts'
type Attempts = { readonly failures: number; readonly at: number }

const LONGEST_WAIT_MS = 15 * 60_000
/** After so long without a try everything is forgotten. */
const FORGOTTEN_MS = 60 * 60_000

export type Try = {
  readonly email: string
  readonly sourceIp: string
  /** By whoever is in already, who can guess at one account alone: what others guess at their place is not theirs. */
  readonly isWithin?: boolean
}
const keysOf = ({ email, sourceIp, isWithin = false }: Try) => [
  { key: `both ${email} ${sourceIp}`, free: FREE_TRIES.both },
  { key: `email ${email}`, free: FREE_TRIES.email },
  ...(isWithin ? [] : [{ key: `place ${sourceIp}`, free: FREE_TRIES.place }]),
]

const waitAfter = (failures: number, free: number): number =>
  failures < free ? 0 : Math.min(LONGEST_WAIT_MS, 1_000 * 2 ** Math.min(20, failures - free))

/** Counts a try before it is looked at, so that many at once are as many. @throws HttpError 429 */
export async function countTry({ state, clock }: Pick<Ports, 'state' | 'clock'>, tried: Try): Promise<void> {
  for (const { key, free } of keysOf(tried)) await countOne(state, key, free, clock.now())
}

/** From so many wrong tries at an address on its merchant is told, once an hour. */
const TOLD_FROM = 5

/**
 * After a wrong try: tells of those at this address, by the row that is made of their number. Where nobody has the address
 * there is none to write, and it takes as long.
 */
export async function tellTries(
  { state, clock }: Pick<Ports, 'state' | 'clock'>,
  email: string,
  rowOf: (tries: number) => Write | undefined,
): Promise<void> {
  const nowMs = clock.now()
  const place = { table: SIGN_IN_ATTEMPTS, key: `told ${email}` }
  const [known, told] = (await state.getMany([{ ...place, key: `email ${email}` }, place])) as (Attempts | undefined)[]
  const { failures = 0 } = known ?? {}
  if (failures < TOLD_FROM || (told !== undefined && nowMs - told.at <= FORGOTTEN_MS)) return
  const row = rowOf(failures)
  const telling: Write = { ...place, row: { failures, at: nowMs } satisfies Attempts }
  const writes = row === undefined ? [telling] : [telling, row]
  // If not, another try tells of them.
  await conditionsHold(() => state.commitDurable(writes, [isUnmoved(place, told, 'at')]))
}

async function countOne(state: StateStore, key: string, free: number, nowMs: number): Promise<void> {
  const place = { table: SIGN_IN_ATTEMPTS, key }
  for (;;) {
    const known = (await state.get(SIGN_IN_ATTEMPTS, key)) as Attempts | undefined
    const isForgotten = known === undefined || nowMs - known.at > FORGOTTEN_MS
    const failures = isForgotten ? 0 : known.failures
    const waitMs = (known?.at ?? 0) + waitAfter(failures, free) - nowMs
    if (failures > 0 && waitMs > 0)
      throw new HttpError(429, 'Too many tries: wait a little', [], Math.ceil(waitMs / 1000))
    const row: Attempts = { failures: failures + 1, at: nowMs }
    // Where the count begins anew, it may come to what it was.
    const unmoved = isUnmoved(place, known, isForgotten ? 'at' : 'failures')
    if (await conditionsHold(() => state.commit([{ ...place, row }], [unmoved]))) return
  }
}

/** It was right: what this person got wrong before is forgotten. Of what was tried from there, this one is. */
export async function forgetTries(state: StateStore, tried: Try): Promise<void> {
  for (const { key, free } of keysOf(tried)) {
    const known = (await state.get(SIGN_IN_ATTEMPTS, key)) as Attempts | undefined
    if (known === undefined) continue
    const isPlace = free === FREE_TRIES.place
    const row = isPlace && known.failures > 1 ? { ...known, failures: known.failures - 1 } : undefined
    const unmoved = { table: SIGN_IN_ATTEMPTS, key, field: 'failures', equals: known.failures }
    // If not, others try there too: it counts as one of theirs.
    await conditionsHold(() => state.commit([{ table: SIGN_IN_ATTEMPTS, key, row }], isPlace ? [unmoved] : []))
  }
}

/** Deletes what is forgotten. */
export async function sweepTries({ state, clock }: Pick<Ports, 'state' | 'clock'>): Promise<void> {
  const before = clock.now() - FORGOTTEN_MS
  await sweepRows<Attempts>(state, { table: SIGN_IN_ATTEMPTS, told: 'at', isOver: ({ at }) => at < before })
}
