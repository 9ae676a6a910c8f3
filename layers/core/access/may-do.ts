/** What people and programs of a merchant may do: decided here alone. */
import type { Viewer } from '../ports.ts'
import { RIGHTS, type Right, type Role } from './rights.ts'

const EVERYTHING = Object.keys(RIGHTS) as Right[]
const RIGHTS_OF: Readonly<Record<Role, readonly Right[]>> = {
  owner: EVERYTHING,
  executive: [
    'figures:read',
    'catalogue:read',
    'alerts:handle',
    'quality:read',
    'models:read',
    'settings:read',
    'integrations:read',
    'audit:read',
    'account:manage',
  ],
  // Of their stores; what is the whole merchant's is not theirs.
  'store-manager': [
    'figures:read',
    'catalogue:read',
    'alerts:handle',
    'stock:change',
    'reorders:decide',
    'account:manage',
  ],
  analyst: [
    'figures:read',
    'catalogue:read',
    'quality:read',
    'runs:start',
    'models:read',
    'models:decide',
    'settings:read',
    'audit:read',
    'account:manage',
  ],
  // Connects shops and mends what they send, and sees no figures.
  integrator: [
    'catalogue:read',
    'events:send',
    'storefront:send',
    'quality:read',
    'quarantine:decide',
    'settings:read',
    'integrations:read',
    'integrations:change',
    'account:manage',
  ],
}

/** Rights over the whole merchant: nobody who sees some of its stores alone has them. */
const OF_ALL_STORES: readonly Right[] = [
  'quality:read',
  'runs:start',
  'models:read',
  'models:decide',
  'quarantine:decide',
  'settings:change',
  'integrations:read',
  'integrations:change',
  'audit:read',
  'customers:forget',
  'users:manage',
]

/** A token may do what its person may, and of that what its scopes say. */
export function mayDo({ role, stores, scopes }: Viewer, right: Right): boolean {
  if (!RIGHTS_OF[role].includes(right)) return false
  if (stores !== undefined && OF_ALL_STORES.includes(right)) return false
  return scopes === undefined || scopes.includes(right)
}
