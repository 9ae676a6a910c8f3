/** What each person wants to be told, and who may be told anything at all. */
import { withoutAbsent } from '#core/absent.ts'
import { maySeeStore } from '#core/access/may-see.ts'
import { OWNER_ID, type User, viewerOf } from '#core/access/user.ts'
import { NO_CHOICES, type NoticeChoices } from '#core/notices/choices.ts'
import type { Person } from '#core/notices/decide-deliveries.ts'
import { conditionsHold, type StateStore, type Viewer } from '#core/ports.ts'
import { partsOf, rowKey, under } from '#core/row-key.ts'
import { settingOf } from '#core/settings/settings.ts'
import { auditRow } from './audit.ts'
import { HttpError } from './http-handler.ts'
import { isUnmoved } from './is-unmoved.ts'
import type { Ports } from './ports.ts'
import { readSettings } from './read-catalogue.ts'
import { findUser, usersOf } from './users.ts'

/** Key: merchant, subject. */
export const NOTICE_CHOICES = 'notice-choices'

/** Raised by each change; 0: nothing was ever chosen. */
export type VersionedChoices = NoticeChoices & { readonly version: number }
type NoticeChange = { readonly [K in keyof NoticeChoices]?: NoticeChoices[K] | undefined }
const NOTHING_CHOSEN: VersionedChoices = { ...NO_CHOICES, version: 0 }

/** Whoever owns the machine, with an account or without. */
const isMachineOwner = (subject: string): boolean => subject === OWNER_ID

export async function choicesOf(state: StateStore, merchantId: string, subject: string): Promise<VersionedChoices> {
  const row = await state.get(NOTICE_CHOICES, rowKey(merchantId, subject))
  // Rows of earlier releases lack what was added since.
  return { ...NOTHING_CHOSEN, ...(row as VersionedChoices | undefined) }
}

/**
 * Changes what is named, if `version` is still the present one; undefined: it is not. Durable.
 * @throws HttpError 422 stores that this viewer may not see, or an address where the account has one.
 */
export async function changeChoices(
  ports: Pick<Ports, 'state' | 'clock' | 'ids'>,
  viewer: Viewer,
  version: number,
  change: NoticeChange,
): Promise<VersionedChoices | undefined> {
  const { state } = ports
  const { merchantId, subject } = viewer
  checkChange(viewer, change)
  const row = { table: NOTICE_CHOICES, key: rowKey(merchantId, subject) }
  const before = await choicesOf(state, merchantId, subject)
  if (before.version !== version) return undefined
  const after: VersionedChoices = { ...before, ...withoutAbsent(change), version: version + 1 }
  const audit = auditRow(ports, viewer, { what: 'notices.chosen', subject, before: told(before), after: told(after) })
  const unmoved = isUnmoved(row, version === 0 ? undefined : before)
  return (await conditionsHold(() => state.commitDurable([{ ...row, row: after }, audit], [unmoved])))
    ? after
    : undefined
}

/** Of the address as much as says that it is another one: the audit need not know more. */
const told = ({ email, ...choices }: VersionedChoices): object => ({ ...choices, email: email && partOf(email) })
const partOf = (email: string): string => `${[...email][0]}…${email.slice(email.lastIndexOf('@'))}`

function checkChange(viewer: Viewer, { stores, email }: NoticeChange): void {
  const problems = (stores ?? []).flatMap((storeId, i) =>
    maySeeStore(viewer, viewer.merchantId, storeId)
      ? []
      : [{ field: `stores.${i}`, message: `is none of the stores that you may see: ${viewer.stores?.join(', ')}` }],
  )
  if (email !== undefined && email !== null && !isMachineOwner(viewer.subject))
    problems.push({ field: 'email', message: 'is your account’s own address: change it there, and leave this null' })
  if (problems.length > 0) throw new HttpError(422, 'The choices cannot be taken: see their problems', problems)
}

type PeoplePorts = Pick<Ports, 'state'>

/** Everybody of a merchant who wants to be told anything. */
export async function peopleToTell({ state }: PeoplePorts, merchantId: string): Promise<readonly Person[]> {
  const rows = await state.query({ table: NOTICE_CHOICES, range: under(merchantId) })
  if (rows.length === 0) return []
  const users = new Map((await usersOf(state, merchantId)).map((user) => [user.id, user]))
  const timeZone = await zoneOf(state, merchantId)
  return rows.flatMap(({ key, row }) => {
    const subject = partsOf(key)[1]!
    const person = personOf(users.get(subject), { ...NOTHING_CHOSEN, ...row }, timeZone)
    return person === undefined ? [] : [person]
  })
}

/** One of them as they are now; undefined: nobody who may be told anything any more. */
export async function findPerson(
  { state }: PeoplePorts,
  merchantId: string,
  subject: string,
): Promise<Person | undefined> {
  const user = await findUser(state, merchantId, subject)
  const choices = await choicesOf(state, merchantId, subject)
  return personOf(user, choices, await zoneOf(state, merchantId))
}

const zoneOf = async (state: StateStore, merchantId: string): Promise<string> =>
  settingOf('timeZone', await readSettings(state, merchantId))

function personOf(user: User | undefined, choices: VersionedChoices, merchantZone: string): Person | undefined {
  if (user?.status !== 'active') return undefined
  // The owner of a machine need not have said who they are.
  const email = user.email === '' ? (choices.email ?? undefined) : user.email
  return { viewer: viewerOf(user), email, choices, timeZone: choices.timeZone ?? merchantZone }
}
