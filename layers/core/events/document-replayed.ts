import { z } from 'zod'
import { event, Id } from './envelope.ts'

/** A person asks that a held document be tried again, as it stands now or mended. It goes to the document's shard. */
export const documentReplayed = event('document.replayed', 1, 'A held document is tried again.', {
  /** Where the document lies in this shard of the log. */
  sequence: Id,
  /** The whole document as it is to be tried. */
  document: z.string(),
})
