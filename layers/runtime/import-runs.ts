/** What was brought in lately, a row for each import: whoever was cut off sees how far it came. */
import type { By } from '#core/access/by.ts'
import type { ImportAnswer, ImportItem, ImportKind, ImportRequest } from '#core/api/imports.ts'
import { MAX_IMPORTS } from '#core/api/limits.ts'
import { conditionsHold, type Viewer } from '#core/ports.ts'
import { rowKey, under } from '#core/row-key.ts'
import { auditRow, type Change } from './audit.ts'
import type { HttpRequest } from './http-handler.ts'
import { isUnmoved } from './is-unmoved.ts'
import type { Ports } from './ports.ts'
import { newestFirst, pageOf } from './query-parameters.ts'

/** Key: merchant, run. */
export const IMPORT_RUNS = 'import-runs'
type Run = {
  readonly kind: ImportKind
  readonly file: string
  /** Epoch ms. */
  readonly beganAt: number
  readonly lastAt: number
  readonly isWhole: boolean
  /** All parts before this one were counted, or are waited for no longer: one that is sent again is counted once. */
  readonly next: number
  /** Parts after it that were counted before it, in order; absent in rows of the release before: none. */
  readonly ahead?: readonly number[]
  /** The number of the last one, where it came and none after it. */
  readonly last?: number | null
  /** How many parts were counted; absent in rows of the release before, and at first. */
  readonly version?: number
  readonly lines: number
  readonly accepted: number
  readonly repeats: number
  readonly refused: number
  readonly subject: string
}

/** So many parts that came before one are remembered. */
const MOST_AHEAD = 1_000

type RunPorts = Pick<Ports, 'state' | 'clock' | 'ids'>

/** The first part of a run is audited before anything of it is taken; so is each part of something else under its name. */
export async function beginRun(
  ports: RunPorts,
  by: By,
  kind: ImportKind,
  { run, file }: Pick<ImportRequest, 'run' | 'file'>,
): Promise<void> {
  const { state, clock } = ports
  const place = { table: IMPORT_RUNS, key: rowKey(by.merchantId, run) }
  const told: Change = { what: 'import.begun', subject: run, after: { kind, file } }
  const known = (await state.get(IMPORT_RUNS, place.key)) as Run | undefined
  if (known !== undefined) {
    if (!isOf(known, by, kind, file)) await state.commitDurable([auditRow(ports, by, told)])
    return
  }
  const at = clock.now()
  const counts = { next: 0, lines: 0, accepted: 0, repeats: 0, refused: 0 }
  const row: Run = { kind, file, beganAt: at, lastAt: at, isWhole: false, ...counts, subject: by.subject }
  const old = (await runsOf(state, by.merchantId)).slice(MAX_IMPORTS - 1)
  const writes = [
    { ...place, row },
    ...old.map((each) => ({ table: IMPORT_RUNS, key: each.key, row: undefined })),
    auditRow(ports, by, told),
  ]
  // If not, another part began it meanwhile.
  if (!(await conditionsHold(() => state.commitDurable(writes, [isUnmoved(place, undefined)]))))
    await beginRun(ports, by, kind, { run, file })
}

/** Titles come after the rows that they were counted in. */
const isOf = (known: Run, by: By, kind: ImportKind, file: string): boolean =>
  (known.kind === kind || (known.kind === 'online-retail' && kind === 'online-retail-titles')) &&
  known.file === file &&
  known.subject === by.subject

/** Of something else under the run's name nothing is counted. */
export async function countPart(
  ports: RunPorts,
  by: By,
  kind: ImportKind,
  asked: ImportRequest,
  answer: Pick<ImportAnswer, 'accepted' | 'repeats' | 'refused'>,
): Promise<void> {
  const { state, clock } = ports
  const { run, file, part, rows, isLast = false } = asked
  const place = { table: IMPORT_RUNS, key: rowKey(by.merchantId, run) }
  const before = (await state.get(IMPORT_RUNS, place.key)) as Run | undefined
  if (before === undefined || !isOf(before, by, kind, file)) return
  const parts = withPart(before, part)
  if (parts === undefined) return
  const ended = before.last ?? null
  const last = ended !== null && part < ended ? ended : isLast ? part : null
  const isWhole = last !== null && last < parts.next
  const sent: Run = { ...before, ...parts, last, isWhole, lastAt: clock.now(), version: (before.version ?? 0) + 1 }
  const counted: Run = {
    ...sent,
    lines: before.lines + rows.length,
    accepted: before.accepted + answer.accepted,
    repeats: before.repeats + answer.repeats,
    refused: before.refused + answer.refused.length,
  }
  // Titles are no lines of the file.
  const row = kind === before.kind ? counted : sent
  // If not, another part was counted meanwhile.
  if (!(await conditionsHold(() => state.commit([{ ...place, row }], [isUnmoved(place, before)]))))
    await countPart(ports, by, kind, asked, answer)
}

/** undefined: it was counted. */
function withPart({ next, ahead = [] }: Run, part: number): Pick<Run, 'next' | 'ahead'> | undefined {
  if (part < next || ahead.includes(part)) return undefined
  const known = [...ahead, part].sort((a, b) => a - b)
  let end = known.length > MOST_AHEAD ? known[0]! : next
  while (known[0] === end) end = known.shift()! + 1
  return { next: end, ahead: known }
}

/** Newest first; who sees some stores alone sees their own imports. */
export async function listRuns(
  state: Ports['state'],
  viewer: Viewer,
  request: HttpRequest,
): Promise<{ readonly items: readonly ImportItem[]; readonly next: string | null }> {
  const runs = await runsOf(state, viewer.merchantId)
  const seen = viewer.stores === undefined ? runs : runs.filter(({ row }) => row.subject === viewer.subject)
  const { items, next } = pageOf(request, seen, ({ run, row }) => newestFirst({ createdAt: row.beganAt, id: run }))
  return { items: items.map(itemOf), next }
}

const itemOf = ({ run, row }: KeptRun): ImportItem => ({
  ...row,
  run,
  beganAt: new Date(row.beganAt).toISOString(),
  lastAt: new Date(row.lastAt).toISOString(),
})

type KeptRun = { readonly key: string; readonly run: string; readonly row: Run }

async function runsOf(state: Ports['state'], merchantId: string): Promise<KeptRun[]> {
  const range = under(merchantId)
  const rows = await state.query({ table: IMPORT_RUNS, range })
  return rows
    .map(({ key, row }) => ({ key, run: key.slice(range.from.length), row: row as Run }))
    .sort((a, b) => b.row.beganAt - a.row.beganAt)
}
