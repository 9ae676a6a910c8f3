import type { Viewer } from '#core/ports.ts'

/** Who changes something of a merchant's: a viewer, or the engine itself where nobody asks. */
export type By = Pick<Viewer, 'merchantId' | 'subject' | 'bearer'>

export const byEngine = (merchantId: string): By => ({ merchantId, subject: 'engine' })
