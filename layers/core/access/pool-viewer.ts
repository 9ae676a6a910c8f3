/** A person of a user pool as the claims of their token say it: the same roles and stores as an account of ours. */
import { z } from 'zod'
import type { Viewer } from '../ports.ts'
import { ROLES } from './rights.ts'

const claims = z.object({
  sub: z.string().min(1),
  /** An id token alone says what we need; an access token does not. */
  token_use: z.literal('id'),
  'cognito:groups': z.array(z.string()).default([]),
  'custom:merchantId': z.string().min(1),
  /** Ids of stores with commas between them. */
  'custom:stores': z.string().optional(),
})

/**
 * undefined: they are nobody here. Of several groups the one counts that may do most. Without a claim for stores all are
 * theirs, but for a store manager, who then has none.
 */
export function poolViewer(said: unknown): Viewer | undefined {
  const read = claims.safeParse(said)
  if (!read.success) return undefined
  const { sub, 'cognito:groups': groups, 'custom:merchantId': merchantId, 'custom:stores': text } = read.data
  const role = ROLES.find((each) => groups.includes(each))
  if (role === undefined) return undefined
  const isLimited = text !== undefined || role === 'store-manager'
  const stores = (text ?? '')
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '')
  return { merchantId, subject: sub, role, ...(isLimited && { stores }) }
}
