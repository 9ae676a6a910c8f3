/** Passwords: how they are kept, and which are too weak to be one. */
import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import type { Problem } from '#core/outcome.ts'

/** 32 MiB and some 60 ms a try: OWASP's password storage cheat sheet. */
const COST = { N: 2 ** 15, r: 8, p: 1 } as const
const MAX_MEMORY = 64 * 1024 * 1024
const KEY_BYTES = 32
const MIN_LENGTH = 10
/** zxcvbn: 3 is safely unguessable, 10^8 to 10^10 guesses. https://www.usenix.org/conference/usenixsecurity16 */
const MIN_SCORE = 3

export type HashedPassword = { readonly salt: string; readonly hash: string; readonly N: number; readonly r: number }

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt)
const keyOf = (password: string, salt: Buffer, cost: { readonly N: number; readonly r: number }): Promise<Buffer> =>
  derive(password.normalize('NFKC'), salt, KEY_BYTES, { ...cost, p: COST.p, maxmem: MAX_MEMORY })

export async function hashPassword(password: string): Promise<HashedPassword> {
  const salt = randomBytes(16)
  const hash = await keyOf(password, salt, COST)
  return { salt: salt.toString('base64'), hash: hash.toString('base64'), N: COST.N, r: COST.r }
}

/** Somebody without a password is checked like anybody: it takes as long. */
const NOBODYS: HashedPassword = { salt: '', hash: Buffer.alloc(KEY_BYTES).toString('base64'), N: COST.N, r: COST.r }

export async function isPassword(password: string, known: HashedPassword | undefined): Promise<boolean> {
  const { salt, hash, N, r } = known ?? NOBODYS
  const key = await keyOf(password, Buffer.from(salt, 'base64'), { N, r })
  return timingSafeEqual(key, Buffer.from(hash, 'base64')) && known !== undefined
}

/** Why this cannot be a password; `about`: words that are no secret, as a name. The list of breached ones is shipped. */
export async function passwordProblems(password: string, about: readonly string[]): Promise<readonly Problem[]> {
  const wrong = (message: string) => [{ field: 'password', message }]
  if (password.length < MIN_LENGTH) return wrong(`is too short: take ${MIN_LENGTH} characters or more`)
  const { score, sequence } = (await strengthMeter()).check(password.slice(0, 100), [...about, 'counterflow'])
  if (score >= MIN_SCORE) return []
  const isBreached = sequence.some((part) => 'dictionaryName' in part && part.dictionaryName === 'passwords-common')
  return isBreached
    ? wrong('is one of those that were stolen elsewhere, or like one: take several words that do not belong together')
    : wrong('is easy to guess: take several words that do not belong together')
}

let meter: Promise<import('@zxcvbn-ts/core').ZxcvbnFactory> | undefined
/** Its lists take 40 MB, which an engine needs when somebody chooses a password, and not before. */
function strengthMeter() {
  meter ??= Promise.all([import('@zxcvbn-ts/core'), import('@zxcvbn-ts/language-common')]).then(
    ([{ ZxcvbnFactory }, { dictionary, adjacencyGraphs }]) =>
      new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs }),
  )
  return meter
}
