/** The versions of a merchant's demand model, and which one serves. */
import type { By } from '#core/access/by.ts'
import type { AuditKind } from '#core/api/audit-kinds.ts'
import type { DemandModelsAnswer } from '#core/api/demand-models.ts'
import { type ChampionRow, NO_CHAMPION, promoted, rolledBack, withoutChampion } from '#core/demand/champion.ts'
import type { ModelFiles } from '#core/demand/demand-learner.ts'
import { type ModelManifest, readManifest } from '#core/demand/model-manifest.ts'
import { isVersion, MANIFEST, modelsFolder, versionFolder, versionOfManifest } from '#core/demand/model-names.ts'
import { type Clock, ConditionFailedError, type IdSource, type ObjectStore, type StateStore } from '#core/ports.ts'
import { auditRow, type Change } from './audit.ts'
import { conflict } from './http-handler.ts'
import { isUnmoved } from './is-unmoved.ts'

/** Key: the merchant. */
export const CHAMPIONS_TABLE = 'demand-champions'

export async function readChampion(state: StateStore, merchantId: string): Promise<ChampionRow> {
  return ((await state.get(CHAMPIONS_TABLE, merchantId)) as ChampionRow | undefined) ?? NO_CHAMPION
}

type ChampionPorts = { readonly state: StateStore; readonly clock: Clock; readonly ids: IdSource }

/** With the row of the audit, at once. @throws ConditionFailedError where somebody else has changed it since `before`. */
export async function keepChampion(
  { state, ...ports }: ChampionPorts,
  by: By,
  what: AuditKind,
  before: ChampionRow,
  after: ChampionRow,
): Promise<void> {
  const place = { table: CHAMPIONS_TABLE, key: by.merchantId }
  const unmoved = isUnmoved(place, before === NO_CHAMPION ? undefined : before, 'turn')
  const change: Change = { what, subject: 'demand', before: serving(before), after: serving(after) }
  await state.commitDurable([{ ...place, row: after }, auditRow(ports, by, change)], [unmoved])
}

/** As answers show it. */
export const shownChampion = ({
  champion,
  baseline,
  turn,
}: ChampionRow): Pick<DemandModelsAnswer, 'serving' | 'version'> => ({
  serving: {
    version: champion?.version ?? null,
    since: champion === undefined ? null : new Date(champion.since).toISOString(),
    baseline,
  },
  version: turn,
})

/** What a person saw and wants to be changed. `turn` undefined: whatever is there. @throws HttpError 409, with what serves now */
export async function seenChampion(
  state: StateStore,
  merchantId: string,
  turn: number | undefined,
): Promise<ChampionRow> {
  const row = await readChampion(state, merchantId)
  if (turn !== undefined && turn !== row.turn) throw decidedBefore(row)
  return row
}
const decidedBefore = (present: ChampionRow) =>
  conflict('It was decided otherwise since you saw which version serves', shownChampion(present))

const serving = ({ champion, baseline }: ChampionRow) => ({ version: champion?.version ?? null, baseline })

/** A person's decision. @throws HttpError 409, with what serves now, where somebody else was faster */
async function decide(
  ports: ChampionPorts,
  by: By,
  what: AuditKind,
  before: ChampionRow,
  after: ChampionRow,
): Promise<ChampionRow> {
  if (after === before) return after
  try {
    await keepChampion(ports, by, what, before, after)
    return after
  } catch (error) {
    if (!(error instanceof ConditionFailedError)) throw error
    throw decidedBefore(await readChampion(ports.state, by.merchantId))
  }
}

/** There is no such version, or none to go back to; the message says which. */
export class NoSuchModelError extends Error {
  override readonly name = 'NoSuchModelError'
}

/** Somebody wants this version to serve, whatever it was compared with. @throws NoSuchModelError */
export async function promoteModel(
  ports: ChampionPorts & { readonly objects: Pick<ObjectStore, 'get'> },
  by: By,
  version: string,
  turn?: number,
): Promise<ChampionRow> {
  const before = await seenChampion(ports.state, by.merchantId, turn)
  if ((await manifestOf(ports.objects, by.merchantId, version)) === undefined)
    throw new NoSuchModelError(`there is no version ${version} of the demand model`)
  return decide(ports, by, 'model.promoted', before, promoted(before, version, ports.clock.now()))
}

/** Somebody wants no version to serve, but the simple method. */
export async function demoteModel(ports: ChampionPorts, by: By, turn?: number): Promise<ChampionRow> {
  const before = await seenChampion(ports.state, by.merchantId, turn)
  return decide(ports, by, 'model.demoted', before, withoutChampion(before))
}

/** The version that served before serves again. @throws NoSuchModelError where none serves. */
export async function rollBackModel(ports: ChampionPorts, by: By, turn?: number): Promise<ChampionRow> {
  const before = await seenChampion(ports.state, by.merchantId, turn)
  const after = rolledBack(before, ports.clock.now())
  if (after === undefined)
    throw new NoSuchModelError('no version of the demand model serves: there is nothing to go back from')
  return decide(ports, by, 'model.rolled-back', before, after)
}

/** Undefined: there is none. @throws ModelFilesError */
export async function manifestOf(
  objects: Pick<ObjectStore, 'get'>,
  merchantId: string,
  version: string,
): Promise<ModelManifest | undefined> {
  if (!isVersion(version)) return undefined
  const bytes = await objects.get(`${versionFolder(merchantId, version)}${MANIFEST}`)
  return bytes && readManifest(bytes)
}

/** The oldest first. */
export async function manifestsOf(
  objects: Pick<ObjectStore, 'get' | 'list'>,
  merchantId: string,
): Promise<readonly ModelManifest[]> {
  const names = await objects.list(modelsFolder(merchantId))
  const versions = names.flatMap((name) => versionOfManifest(merchantId, name) ?? []).sort()
  return Promise.all(versions.map(async (version) => (await manifestOf(objects, merchantId, version))!))
}

/** Undefined where there is no such version. */
export async function filesOf(
  objects: Pick<ObjectStore, 'get'>,
  merchantId: string,
  version: string,
): Promise<ModelFiles | undefined> {
  const manifest = await manifestOf(objects, merchantId, version)
  if (manifest === undefined) return undefined
  const folder = versionFolder(merchantId, version)
  const files = new Map<string, Uint8Array>()
  for (const name of [...manifest.files.map((file) => file.name), MANIFEST]) {
    const bytes = await objects.get(`${folder}${name}`)
    if (bytes !== undefined) files.set(name, bytes)
  }
  return files
}
