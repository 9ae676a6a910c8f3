import type { Viewer } from '#core/ports.ts'

/** Who changes something of a merchant's: a viewer, somebody on their way in, or the engine itself where nobody asks. */
export type By = Pick<Viewer, 'merchantId' | 'subject'> & {
  /** What they got in with; absent: on the engine's machine. */
  readonly bearer?: NonNullable<Viewer['bearer']> | { readonly kind: 'password' | 'link' }
}

export const byEngine = (merchantId: string): By => ({ merchantId, subject: 'engine' })
