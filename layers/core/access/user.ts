/** People with accounts: who works at a merchant, as what, and in which stores. */
import type { Viewer } from '../ports.ts'
import { rowKey } from '../row-key.ts'
import type { Role } from './rights.ts'

export type User = {
  readonly id: string
  readonly merchantId: string
  /** In lower case; '': the owner of a machine has not said. Nobody else of the engine has the same. */
  readonly email: string
  readonly name: string
  readonly role: Role
  /** Stores that they may see; absent: all. */
  readonly stores?: readonly string[]
  /** invited: has not followed the link yet. removed: for good; the row stays, so that what they did keeps its name. */
  readonly status: 'invited' | 'active' | 'removed'
  /** Epoch ms. */
  readonly createdAt: number
  /** Each change adds one. */
  readonly version: number
}

/** Key: merchant, user's id. */
export const USERS = 'users'
export const userKey = (merchantId: string, id: string): string => rowKey(merchantId, id)

/** Every merchant has an owner from the start, who gets in by a link or the command line until they have a password. */
export const OWNER_ID = 'owner'
const firstOwner = (merchantId: string): User => ({
  id: OWNER_ID,
  merchantId,
  email: '',
  name: 'Owner',
  role: 'owner',
  status: 'active',
  createdAt: 0,
  version: 0,
})

/** The user of that id, given the row that is kept of them, if one is. */
export const userOf = (row: object | undefined, merchantId: string, id: string): User | undefined =>
  row === undefined && id === OWNER_ID ? firstOwner(merchantId) : (row as User | undefined)

export const viewerOf = ({ merchantId, id, role, stores }: User): Viewer => ({
  merchantId,
  subject: id,
  role,
  ...(stores !== undefined && { stores }),
})

/** What a token of this person sees, if it was made for some stores alone: never more than they do. */
export const inStores = (viewer: Viewer, stores: readonly string[] | undefined): Viewer =>
  stores === undefined
    ? viewer
    : { ...viewer, stores: stores.filter((store) => viewer.stores === undefined || viewer.stores.includes(store)) }
