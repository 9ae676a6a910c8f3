/** A model as the objects of a version, and read back from them. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { ModelFiles } from '#core/demand/demand-learner.ts'
import { FORECAST_KINDS, type ForecastKind } from '#core/demand/forecast-columns.ts'
import { ModelFilesError, type ModelManifest, readManifest } from '#core/demand/model-manifest.ts'
import { MANIFEST } from '#core/demand/model-names.ts'
import type { TreeEnsemble } from '../learners/tree-ensemble.ts'
import { TreeFileError, treeFileOf, treesFromFile } from '../learners/tree-file.ts'
import { onnxOf } from '../learners/write-onnx.ts'
import type { FeatureLayout } from './features/demand-features.ts'
import type { Chosen, DemandModel } from './serve-forecast.ts'
import type { DemandTrees } from './trees/tree-forecaster.ts'

const CHOSEN = 'chosen.json'
export const GOLDEN = 'golden.json'
export const CARD = 'MODEL_CARD.md'
/** How features were spread in training; versions of before have none. */
export const SPREADS = 'spreads.json'

const weighted = z.strictObject({
  member: z.string(),
  column: z.enum(FORECAST_KINDS as [ForecastKind]),
  weight: z.number(),
})
const chosenFile = z.strictObject({
  layout: z.strictObject({
    given: z.array(z.enum(['orders', 'stockout', 'price', 'discount', 'activity'])),
    groups: z.array(z.strictObject({ name: z.string(), codes: z.record(z.string(), z.int()) })),
  }),
  /** By member that is trees, by kind of forecast: the file, without `.json` and `.onnx`. */
  trees: z.record(z.string(), z.partialRecord(z.enum(FORECAST_KINDS as [ForecastKind]), z.string())),
  blend: z.record(z.enum(FORECAST_KINDS as [ForecastKind]), z.array(weighted)),
  calibration: z.strictObject({ from: z.array(z.number()), factors: z.array(z.number()) }),
  serves: z.strictObject({ smooth: z.string(), erratic: z.string(), intermittent: z.string(), lumpy: z.string() }),
})
type ChosenFile = z.infer<typeof chosenFile>

const textOf = (value: object): Uint8Array => new TextEncoder().encode(`${JSON.stringify(value)}\n`)

/** By the file's name without its ending. */
export const ensemblesOf = ({ trained }: Pick<DemandModel, 'trained'>): ReadonlyMap<string, TreeEnsemble> =>
  new Map(
    [...trained.trees].flatMap(([member, kinds]) =>
      Object.entries(kinds).map(([kind, one]) => [treesFile(member, kind), one] as const),
    ),
  )

const treesFile = (member: string, kind: string): string => `trees/${member.replaceAll(/[^a-z0-9]+/g, '-')}-${kind}`

/** All files but the manifest, which names them. */
export function filesOfModel(model: DemandModel): Map<string, Uint8Array> {
  const { trained, chosen } = model
  const trees = [...trained.trees].map(([member, kinds]) => {
    const files = Object.keys(kinds).map((kind) => [kind, treesFile(member, kind)] as const)
    return [member, Object.fromEntries(files)] as const
  })
  const told = { layout: trained.layout, trees: Object.fromEntries(trees), ...chosen }
  const files = new Map([[CHOSEN, textOf(told)]])
  for (const [name, one] of ensemblesOf(model)) {
    files.set(`${name}.json`, textOf(treeFileOf(one)))
    files.set(`${name}.onnx`, onnxOf(one).bytes)
  }
  return files
}

export function withManifest(files: ReadonlyMap<string, Uint8Array>, manifest: Omit<ModelManifest, 'files'>) {
  const listed = [...files].map(([name, bytes]) => ({ name, bytes: bytes.byteLength, sha256: sha256(bytes) }))
  const whole: ModelManifest = { ...manifest, files: listed }
  return { manifest: whole, files: new Map([...files, [MANIFEST, textOf(whole)]]) }
}

export type StoredModel = {
  readonly manifest: ModelManifest
  readonly layout: FeatureLayout
  readonly chosen: Chosen
  /** By member, then by kind: the name of its file, without ending. */
  readonly trees: ReadonlyMap<string, Readonly<Partial<Record<ForecastKind, string>>>>
}

/** What the files say, but for the trees. Each is compared with its hash. @throws ModelFilesError */
export function readModel(files: ModelFiles): StoredModel {
  const manifest = readManifest(fileOf(files, MANIFEST))
  for (const { name, sha256: wanted } of manifest.files)
    if (sha256(fileOf(files, name)) !== wanted)
      throw new ModelFilesError(`${name} is not what it was when it was trained`)
  const parsed = chosenFile.safeParse(jsonOf(files, CHOSEN))
  if (!parsed.success) throw new ModelFilesError(`${CHOSEN}: ${z.prettifyError(parsed.error)}`)
  const { layout, trees, ...chosen } = parsed.data as ChosenFile & { layout: FeatureLayout; blend: Chosen['blend'] }
  return { manifest, layout, chosen, trees: new Map(Object.entries(trees)) }
}

/** With the trees themselves, as this program runs them. @throws ModelFilesError */
export function modelOf(files: ModelFiles): DemandModel & { readonly manifest: ModelManifest } {
  const { manifest, layout, chosen, trees } = readModel(files)
  const read = (name: string): TreeEnsemble => {
    try {
      return treesFromFile(jsonOf(files, `${name}.json`))
    } catch (error) {
      if (error instanceof TreeFileError) throw new ModelFilesError(`${name}.json: ${error.message}`, { cause: error })
      throw error
    }
  }
  const ensembles = [...trees].map(([member, kinds]) => {
    const own = Object.entries(kinds).map(([kind, name]) => [kind, read(name)] as const)
    return [member, Object.fromEntries(own) as DemandTrees] as const
  })
  return { manifest, trained: { layout, trees: new Map(ensembles) }, chosen }
}

/** @throws ModelFilesError where there is none. */
export function fileOf(files: ModelFiles, name: string): Uint8Array {
  const bytes = files.get(name)
  if (bytes === undefined) throw new ModelFilesError(`${name} is missing`)
  return bytes
}

export const jsonOf = (files: ModelFiles, name: string): unknown =>
  JSON.parse(new TextDecoder().decode(fileOf(files, name)))

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
