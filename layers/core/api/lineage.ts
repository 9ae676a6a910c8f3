/** What was made of what: from raw objects to a day's forecasts. */
import { z } from 'zod'
import { freshness } from './freshness.ts'

/** Of what comes with the program or lies in the lake there is no more than its name. */
const KINDS = ['part', 'model', 'raw', 'given'] as const

export const lineageNode = z.object({
  /** `part:fact_sales:2026-03-04:VERSION`, `model:demand:2026-03-05`, `raw:booked_line:2026-03-04`, `given:holidays:1`. */
  id: z.string(),
  kind: z.enum(KINDS),
  /** The table, raw or of the warehouse; `demand`; what was given. */
  name: z.string(),
  /** Of what it is a part: a business date, of raw objects a UTC day; empty: it is whole. */
  day: z.string(),
  version: z.string(),
  /** Whether it is what pages and questions read now; of raw objects and models: whether it is still there. */
  isPresent: z.boolean(),
  /** Whether what it was made of is known: older artefacts have no record, and the record goes with what it describes. */
  isKnown: z.boolean(),
  /** The program, and the SELECT with the beginning of its hash. */
  code: z.string().nullable(),
  madeAt: z.string().nullable(),
  durationMs: z.number().nullable(),
  rowsIn: z.int().nullable(),
  rowsOut: z.int().nullable(),
  /** The run that made it: `GET /runs/{id}`. null: somebody at the command line, or it is not known. */
  run: z.string().nullable(),
  checks: z.object({ passed: z.int(), failed: z.int(), warned: z.int(), skipped: z.int() }).nullable(),
})
export type LineageNode = z.infer<typeof lineageNode>

const lineageLink = z.object({
  /** The newest of the inputs of this kind and table: what the walk goes on with. */
  from: z.string(),
  to: z.string(),
  /** How many there are of these inputs: parts, or objects; of raw objects days, where one of several merchants asks. */
  count: z.int(),
  /** Their first and last day; empty: they are whole. */
  firstDay: z.string(),
  lastDay: z.string(),
})
export type LineageLink = z.infer<typeof lineageLink>

export const lineageAnswer = z.object({
  ...freshness,
  artefact: lineageNode,
  /** It, and what it was made of, level by level. */
  nodes: z.array(lineageNode),
  links: z.array(lineageLink),
  /** The walk ended at its depth or at 200 artefacts, and there is more above. */
  isCut: z.boolean(),
})
export type LineageAnswer = z.infer<typeof lineageAnswer>

export const lineageInputsAnswer = z.object({
  ...freshness,
  items: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(KINDS),
      name: z.string(),
      day: z.string(),
      version: z.string(),
      /** Of a part; null: it was not counted. */
      rows: z.int().nullable(),
      /**
       * Of raw objects, the name of one; null: of every day there is a hash of all names. Where an engine has several merchants
       * objects hold records of all of them, and names, counts and hashes are told to whoever runs it alone.
       */
      object: z.string().nullable(),
      /** How many objects the hash is of. */
      count: z.int().nullable(),
      sha256: z.string().nullable(),
    }),
  ),
  /** Send it back as `next` for the others; null: there are none. */
  next: z.string().nullable(),
})
export type LineageInputsAnswer = z.infer<typeof lineageInputsAnswer>

export const artefactsAnswer = z.object({
  ...freshness,
  items: z.array(z.object({ id: z.string(), table: z.string(), day: z.string(), version: z.string(), rows: z.int() })),
  /** Send it back as `next` for older ones; null: there are none. */
  next: z.string().nullable(),
})
export type ArtefactsAnswer = z.infer<typeof artefactsAnswer>
