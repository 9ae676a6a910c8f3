import { event, Id } from './envelope.ts'

/** A person decides that a held document will never be applied. It goes to the document's shard. */
export const documentDiscarded = event('document.discarded', 1, 'A held document is given up.', {
  sequence: Id,
})
