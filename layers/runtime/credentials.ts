/** What people prove themselves with: a password, and a code of an authenticator app where they want one. */
import { Secret, TOTP } from 'otpauth'
import type { By } from '#core/access/by.ts'
import { type User, userKey } from '#core/access/user.ts'
import { conditionsHold, type Person, type StateStore, type Write } from '#core/ports.ts'
import { auditRow, type Change } from './audit.ts'
import { HttpError } from './http-handler.ts'
import { isUnmoved } from './is-unmoved.ts'
import { type HashedPassword, hashPassword, isPassword, passwordProblems } from './passwords.ts'
import type { Ports } from './ports.ts'
import { countTry, forgetTries, tellTries } from './sign-in-limit.ts'
import { findByEmail } from './users.ts'

/** Key: merchant, user. */
export const CREDENTIALS = 'credentials'
type Credentials = {
  readonly password?: HashedPassword
  /** When a code is asked for: that of the newest 30 seconds that was used, since none counts twice. */
  readonly totpCounter?: number
  /** Each change adds one. */
  readonly version: number
}
const NONE: Credentials = { version: 0 }

const placeOf = ({ merchantId, subject }: Person) => ({ table: CREDENTIALS, key: userKey(merchantId, subject) })
const read = async (state: StateStore, person: Person): Promise<Credentials> =>
  ((await state.get(CREDENTIALS, placeOf(person).key)) as Credentials | undefined) ?? NONE

async function write(
  state: StateStore,
  person: Person,
  before: Credentials,
  change: Partial<Credentials>,
): Promise<void> {
  const place = placeOf(person)
  const row: Credentials = { ...before, ...change, version: before.version + 1 }
  const unmoved = isUnmoved(place, before.version === 0 ? undefined : before)
  if (!(await conditionsHold(() => state.commitDurable([{ ...place, row }], [unmoved]))))
    throw new HttpError(409, 'Somebody else changed this account: try again')
}

export async function proofsOf(
  state: StateStore,
  person: Person,
): Promise<{ readonly hasPassword: boolean; readonly hasTotp: boolean }> {
  const { password, totpCounter } = await read(state, person)
  return { hasPassword: password !== undefined, hasTotp: totpCounter !== undefined }
}

/** @throws HttpError 422 */
export async function refuseWeakPassword({ name, email }: User, password: string): Promise<void> {
  const problems = await passwordProblems(password, [name, email, ...email.split(/[@.]/)])
  if (problems.length > 0) throw new HttpError(422, 'This cannot be a password: see its problems', problems)
}

/** One that was found to be strong. */
export async function setPassword(state: StateStore, user: User, password: string): Promise<void> {
  const person = { merchantId: user.merchantId, subject: user.id }
  await write(state, person, await read(state, person), { password: await hashPassword(password) })
}

/** Of whoever is in already, as who they are. @throws HttpError 401; 429 after too many tries. */
export async function checkPassword(
  ports: Pick<Ports, 'state' | 'clock' | 'ids'>,
  by: By,
  password: string,
  sourceIp: string,
): Promise<void> {
  const tried = { email: `${by.merchantId}/${by.subject}`, sourceIp, isWithin: true }
  await countTry(ports, tried)
  if (!(await isPassword(password, (await read(ports.state, by)).password))) {
    const told = (tries: number): Change => ({ what: 'password.refused', subject: by.subject, after: { tries } })
    await tellTries(ports, tried.email, (tries) => auditRow(ports, by, told(tries)))
    throw new HttpError(401, 'The present password is another one')
  }
  await forgetTries(ports.state, tried)
}

export type SignIn = {
  readonly email: string
  readonly password: string
  readonly code?: string | undefined
  readonly sourceIp: string
}

/** Who this is. An address that nobody has and a wrong password look the same. @throws HttpError 401, 429 */
export async function signIn(
  ports: Pick<Ports, 'state' | 'clock' | 'secrets' | 'ids'>,
  { email, password, code, sourceIp }: SignIn,
): Promise<Person> {
  await countTry(ports, { email, sourceIp })
  const user = await findByEmail(ports.state, email)
  const person = user?.status === 'active' ? { merchantId: user.merchantId, subject: user.id } : undefined
  const known = person === undefined ? NONE : await read(ports.state, person)
  try {
    if (!(await isPassword(password, known.password)) || person === undefined)
      throw new HttpError(401, 'The address or the password is wrong')
    if (known.totpCounter !== undefined) await spendTotp(ports, person, known, code)
  } catch (error) {
    await tellTries(ports, email, (tries) => person && refusedRow(ports, person, tries))
    throw error
  }
  await forgetTries(ports.state, { email, sourceIp })
  return person
}

/** Who it was nobody knows: the person of the account is whom it was about. */
const refusedRow = (ports: Pick<Ports, 'clock' | 'ids'>, { merchantId, subject }: Person, tries: number): Write =>
  auditRow(
    ports,
    { merchantId, subject: 'somebody', bearer: { kind: 'password' } },
    { what: 'session.refused', subject, after: { tries } },
  )

// --- Authenticator apps: RFC 6238, six digits each 30 s, one step early or late ------------------------------------

const WINDOW = 1
const secretName = ({ merchantId, subject }: Person): string => `totp/${merchantId}/${subject}`
const totpOf = (secret: string, label = ''): TOTP =>
  new TOTP({ issuer: 'Counterflow', label, secret: Secret.fromBase32(secret) })

/** The counter of the step that the code is of; undefined: of none that counts now. */
function counterOf(secret: string, code: string, nowMs: number): number | undefined {
  const totp = totpOf(secret)
  const delta = totp.validate({ token: code, timestamp: nowMs, window: WINDOW })
  return delta === null ? undefined : totp.counter({ timestamp: nowMs }) + delta
}

async function spendTotp(
  { state, secrets, clock }: Pick<Ports, 'state' | 'clock' | 'secrets'>,
  person: Person,
  known: Credentials,
  code: string | undefined,
): Promise<void> {
  const ask = (message: string) =>
    new HttpError(401, 'A code of the authenticator app is needed too', [{ field: 'code', message }])
  if (code === undefined) throw ask('is missing: send the six digits that the app shows')
  const secret = await secrets.get(secretName(person))
  const counter = secret === undefined ? undefined : counterOf(secret, code, clock.now())
  if (counter === undefined || counter <= known.totpCounter!) throw ask('is not the one that the app shows now')
  await write(state, person, known, { totpCounter: counter })
}

/** A new secret, which counts from `confirmTotp` on. */
export async function beginTotp(
  { state, secrets }: Pick<Ports, 'state' | 'secrets'>,
  person: Person,
  label: string,
): Promise<{ readonly secret: string; readonly uri: string }> {
  if ((await proofsOf(state, person)).hasTotp)
    throw new HttpError(409, 'An authenticator app is set up already: remove it first')
  const secret = new Secret({ size: 20 }).base32
  await secrets.set(secretName(person), secret)
  return { secret, uri: totpOf(secret, label).toString() }
}

/** @throws HttpError 422 where the code is not the app's, 409 where no secret was made. */
export async function confirmTotp(
  { state, secrets, clock }: Pick<Ports, 'state' | 'clock' | 'secrets'>,
  person: Person,
  code: string,
): Promise<void> {
  const secret = await secrets.get(secretName(person))
  const known = await read(state, person)
  if (secret === undefined || known.totpCounter !== undefined)
    throw new HttpError(409, 'There is nothing to confirm: begin with POST /account/totp')
  const counter = counterOf(secret, code, clock.now())
  if (counter === undefined)
    throw new HttpError(422, 'The code is not the app’s', [
      { field: 'code', message: 'is not the one that the app shows now: is its clock right?' },
    ])
  await write(state, person, known, { totpCounter: counter })
}

export async function removeTotp({ state, secrets }: Pick<Ports, 'state' | 'secrets'>, person: Person): Promise<void> {
  const { totpCounter: _, ...known } = await read(state, person)
  await write(state, person, known, {})
  await secrets.delete(secretName(person))
}
