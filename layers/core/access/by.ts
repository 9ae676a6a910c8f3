import type { Viewer } from '#core/ports.ts'

/** Who changes something of a merchant's: a person or a token; or the engine where nobody asks, which has no role. */
export type By = Pick<Viewer, 'merchantId' | 'subject'> & Partial<Pick<Viewer, 'role'>>

export const byEngine = (merchantId: string): By => ({ merchantId, subject: 'engine' })
