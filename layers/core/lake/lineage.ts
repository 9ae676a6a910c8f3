/**
 * What was made of what. A record lies beside what it describes, in the same folder: it is there as soon as that is, is the same
 * wherever the folder is, and goes with it.
 */
import { z } from 'zod'
import { WHOLE } from './published.ts'
import { partFolder } from './warehouse-names.ts'

const checks = z.object({ passed: z.int(), failed: z.int(), warned: z.int(), skipped: z.int() })

const partInput = z.object({
  kind: z.literal('part'),
  table: z.string(),
  day: z.string(),
  version: z.string(),
  rows: z.int(),
})
const modelInput = z.object({ kind: z.literal('model'), version: z.string() })
/** What comes with the program: holidays, the simple method that forecast where no model serves. */
const givenInput = z.object({ kind: z.literal('given'), name: z.string(), version: z.string() })
const rawInput = z.object({
  kind: z.literal('raw'),
  table: z.string(),
  /** A UTC day; '': every day that there was. */
  day: z.string(),
  count: z.int(),
  /** Of their names in order, a line each. A name says which records of the log the object holds, so it is its version. */
  sha256: z.string(),
  /** Their names, of a day; of every day there may be thousands, and the hash has to do. */
  objects: z.array(z.string()).optional(),
})
const lineageInput = z.discriminatedUnion('kind', [partInput, modelInput, givenInput, rawInput])
export type LineageInput = z.infer<typeof lineageInput>
export type RawInput = z.infer<typeof rawInput>

export const lineageRecord = z.object({
  artefact: z.string(),
  /** Of the program, and of the SELECT where one has made it: `0.1.0 fact-sales 1a2b3c4d5e6f`. */
  code: z.string(),
  /** Epoch ms. */
  madeAt: z.number(),
  durationMs: z.number(),
  /** null: not counted. */
  rowsIn: z.int().nullable(),
  rowsOut: z.int().nullable(),
  /** The run of a chain that made it; null: somebody at the command line. */
  run: z.string().nullable(),
  /** How its checks came out; null: none was asked. */
  checks: checks.nullable(),
  inputs: z.array(lineageInput),
})
export type LineageRecord = z.infer<typeof lineageRecord>

/** Engines take no file for rows whose name begins with `_`. */
const FILE = '_lineage.json'

/** `folder`: of the version of a part, or of a model. */
export const lineageObject = (folder: string): string => `${folder}${FILE}`

/** Something that was made, or came: `day` is '' for what is whole. */
export type Artefact =
  | {
      readonly kind: 'part'
      readonly table: string
      readonly day: string /** '': that which is published. */
      readonly version: string
    }
  | { readonly kind: 'model'; readonly version: string }
  | { readonly kind: 'raw'; readonly table: string; readonly day: string }
  | { readonly kind: 'given'; readonly name: string; readonly version: string }

/** `part:fact_sales:2026-03-04:night-2026-03-04-x`, `model:demand:2026-03-05`, `raw:booked_line:2026-03-04`, `given:holidays:1`. */
export function artefactId(artefact: Artefact): string {
  switch (artefact.kind) {
    case 'part':
      return `part:${artefact.table}:${artefact.day}:${artefact.version}`
    case 'model':
      return `model:demand:${artefact.version}`
    case 'raw':
      return `raw:${artefact.table}:${artefact.day}`
    case 'given':
      return `given:${artefact.name}:${artefact.version}`
  }
}

const isDay = (text: string): boolean =>
  text === '' || (/^\d{4}-\d{2}-\d{2}$/.test(text) && isoDayOf(Date.parse(text)) === text)
const isoDayOf = (at: number): string => (Number.isNaN(at) ? '' : new Date(at).toISOString().slice(0, 10))
const NAME = /^[a-z_]+$/

/** Undefined: it is no id of one. */
export function artefactOf(id: string): Artefact | undefined {
  const [kind, name = '', third, fourth = '', ...rest] = id.split(':')
  if (third === undefined || rest.length > 0 || !NAME.test(name)) return undefined
  if (kind === 'part' && isDay(third) && /^[A-Za-z0-9-]*$/.test(fourth))
    return { kind, table: name, day: third, version: fourth }
  if (fourth !== '') return undefined
  if (kind === 'raw' && isDay(third)) return { kind, table: name, day: third }
  if (kind === 'model' && name === 'demand' && third !== '' && isDay(third)) return { kind, version: third }
  if (kind === 'given' && /^[\w .-]+$/.test(third)) return { kind, name, version: third }
  return undefined
}

/** The folder of a part's version. */
export const folderOfPart = (merchantId: string, table: string, day: string, version: string): string =>
  partFolder(table, merchantId, day === WHOLE ? undefined : day, version)
