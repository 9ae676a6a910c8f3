/** Writes beside what was made of what, by which code, in which run. */
import { createHash } from 'node:crypto'
import type { ModelManifest } from '#core/demand/model-manifest.ts'
import { versionFolder } from '#core/demand/model-names.ts'
import { type BusinessDay, utcDaysOf } from '#core/lake/business-day-run.ts'
import {
  artefactId,
  folderOfPart,
  type LineageInput,
  type LineageRecord,
  lineageObject,
  lineageRecord,
  type RawInput,
} from '#core/lake/lineage.ts'
import { type MadePart, type Published, WHOLE } from '#core/lake/published.ts'
import { withoutCovered } from '#core/lake/raw-compaction.ts'
import { RAW, rawFolder } from '#core/lake/raw-names.ts'
import { HOLIDAYS_VERSION, isReadFor } from '#core/lake/warehouse-inputs.ts'
import type { TableInput } from '#core/lake/warehouse-table.ts'
import { FACT_PREDICTIONS } from '#core/lake/warehouse-tables.ts'
import type { ObjectStore } from '#core/ports.ts'
import program from '../../package.json' with { type: 'json' }

export const PROGRAM = program.version

/** The program, and the SELECT by its name and hash. */
export const codeOf = (file: string, sql: string): string =>
  `${PROGRAM} ${file} ${createHash('sha256').update(sql).digest('hex').slice(0, 12)}`

/** Everything that the inputs name now: to be asked before they are read. What comes while they are, the next night finds. */
export async function inputsOf(
  objects: Pick<ObjectStore, 'list'>,
  inputs: readonly TableInput[],
  day: BusinessDay,
  draft: Published,
): Promise<LineageInput[]> {
  const found: LineageInput[] = []
  for (const input of inputs) {
    if ('given' in input) found.push({ kind: 'given', name: input.given, version: HOLIDAYS_VERSION })
    else if ('table' in input) found.push(...partsIn(draft, input.table, isReadFor(input, day)))
    else if (input.days === 'all') found.push(await rawInput(objects, input.raw, WHOLE))
    else for (const utcDay of utcDaysOf(day)) found.push(await rawInput(objects, input.raw, utcDay))
  }
  return found
}

export const partsIn = (
  { tables }: Published,
  table: string,
  isAsked: (day: string) => boolean = () => true,
): LineageInput[] =>
  Object.entries(tables[table] ?? {})
    .filter(([day]) => isAsked(day))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([day, { version, rows }]) => ({ kind: 'part', table, day, version, rows }))

/** Names of what lies there now, and counts. */
export async function rawObjects(
  objects: Pick<ObjectStore, 'list'>,
  { table, day }: Pick<RawInput, 'table' | 'day'>,
): Promise<readonly string[]> {
  return withoutCovered(await objects.list(day === WHOLE ? `${RAW}${table}/` : rawFolder(table, Date.parse(day))))
}

async function rawInput(objects: Pick<ObjectStore, 'list'>, table: string, day: string): Promise<RawInput> {
  const names = (await rawObjects(objects, { table, day })).toSorted()
  const sha256 = createHash('sha256').update(names.join('\n')).digest('hex')
  return { kind: 'raw', table, day, count: names.length, sha256, ...(day !== WHOLE && { objects: names }) }
}

export const keepLineage = (objects: Pick<ObjectStore, 'put'>, folder: string, record: LineageRecord): Promise<void> =>
  objects.put(lineageObject(folder), new TextEncoder().encode(JSON.stringify(record)))

/** Undefined: it was made before there were any, or is gone. */
export async function readLineage(
  objects: Pick<ObjectStore, 'get'>,
  folder: string,
): Promise<LineageRecord | undefined> {
  const bytes = await objects.get(lineageObject(folder))
  return bytes && lineageRecord.parse(JSON.parse(new TextDecoder().decode(bytes)))
}

/** Of a part that was just written, before anybody may count it as made. */
export async function keepPartLineage(
  objects: Pick<ObjectStore, 'put'>,
  merchantId: string,
  { table, day, version, rows }: MadePart,
  made: Omit<LineageRecord, 'artefact' | 'rowsOut'>,
): Promise<void> {
  const artefact = artefactId({ kind: 'part', table, day, version })
  await keepLineage(objects, folderOfPart(merchantId, table, day, version), { artefact, rowsOut: rows, ...made })
}

/** How a part's checks came out: known when all of the night is made. */
export async function keepLineageChecks(
  objects: Pick<ObjectStore, 'get' | 'put'>,
  merchantId: string,
  { table, day, version }: Omit<MadePart, 'rows'>,
  checks: LineageRecord['checks'],
): Promise<void> {
  const folder = folderOfPart(merchantId, table, day, version)
  const record = await readLineage(objects, folder)
  if (record !== undefined) await keepLineage(objects, folder, { ...record, checks })
}

/** Of a version of the demand model: every part that was published as it began to learn. One that has a record keeps it. */
export async function keepModelLineage(
  objects: Pick<ObjectStore, 'get' | 'put'>,
  published: Published,
  { version, codeVersion }: Pick<ModelManifest, 'version' | 'codeVersion'>,
  made: Pick<LineageRecord, 'madeAt' | 'durationMs' | 'run'>,
): Promise<void> {
  const folder = versionFolder(published.merchantId, version)
  if ((await readLineage(objects, folder)) !== undefined) return
  const artefact = artefactId({ kind: 'model', version })
  const inputs = FACT_PREDICTIONS.from.flatMap((table) => partsIn(published, table))
  const counted = { rowsIn: null, rowsOut: null, checks: null }
  await keepLineage(objects, folder, { artefact, code: codeVersion, ...counted, ...made, inputs })
}
