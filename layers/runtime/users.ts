/** People who may sign in, by merchant. */
import type { Role } from '#core/access/rights.ts'
import type { StateStore, Viewer } from '#core/ports.ts'
import { rowKey, under } from '#core/row-key.ts'

/** Key: merchant, user's id. */
export const USERS = 'users'

export type User = {
  readonly id: string
  readonly merchantId: string
  readonly email: string
  readonly name: string
  readonly role: Role
  /** Stores that they may see; absent: all. */
  readonly stores?: readonly string[]
  readonly status: 'invited' | 'active' | 'removed'
  /** Epoch ms. */
  readonly createdAt: number
  readonly version: number
}

export async function usersOf(state: StateStore, merchantId: string): Promise<readonly User[]> {
  return (await state.query({ table: USERS, range: under(merchantId) })).map(({ row }) => row as User)
}

export async function findUser(state: StateStore, merchantId: string, id: string): Promise<User | undefined> {
  return (await state.get(USERS, rowKey(merchantId, id))) as User | undefined
}

export const viewerOf = ({ id, merchantId, role, stores }: User): Viewer => ({
  merchantId,
  subject: id,
  role,
  ...(stores !== undefined && { stores }),
})
