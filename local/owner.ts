import type { Viewer } from '#core/ports.ts'
import { DEMO_MERCHANT } from '#runtime/demo-merchant.ts'

/** Until people have accounts there is one: whoever owns the machine. */
export const OWNER: Viewer = { merchantId: DEMO_MERCHANT, subject: 'owner', role: 'owner' }
