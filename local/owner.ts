import { NO_MERCHANT } from '#core/events/envelope.ts'
import type { Viewer } from '#core/ports.ts'
import { DEMO_MERCHANT } from '#runtime/demo-merchant.ts'

/** Until people have accounts each merchant has one: whoever owns the machine, or has a token that they made. */
export const ownerOf = (merchantId: string): Viewer => ({ merchantId, subject: 'owner', role: 'owner' })
export const OWNER: Viewer = ownerOf(DEMO_MERCHANT)

/** Whoever runs the engine, and can read its secrets: no merchant's token is theirs. */
export const OPERATOR: Viewer = ownerOf(NO_MERCHANT)
