/**
 * Trees as plain data, for a file beside the ONNX file: ONNX holds no covers, and SHAP needs them. Numbers survive JSON
 * exactly. Within a tree nodes count from 0, its root.
 */
import { z } from 'zod'
import { isCode } from './bin-features.ts'
import { LINKS, type TreeEnsemble } from './tree-ensemble.ts'

const FORMAT = 'counterflow-trees'
const VERSION = 1

const whole = z.array(z.int())
const treeSchema = z.strictObject({
  feature: whole,
  threshold: z.array(z.number()),
  codes: whole,
  missingLeft: z.array(z.union([z.literal(0), z.literal(1)])),
  left: whole,
  right: whole,
  value: z.array(z.number()),
  cover: z.array(z.number().positive()),
})
const fileSchema = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  features: z.array(z.strictObject({ name: z.string(), kind: z.enum(['number', 'category']) })),
  link: z.enum(LINKS),
  base: z.number(),
  codeSets: z.array(z.array(z.number())),
  trees: z.array(treeSchema),
})
export type TreeFile = z.output<typeof fileSchema>
type Tree = z.output<typeof treeSchema>

/** The data is no file of trees, or one of another version, or its trees are none; the message says where. */
export class TreeFileError extends Error {}

export function treeFileOf(ensemble: TreeEnsemble): TreeFile {
  const { features, link, base, roots, codeSets } = ensemble
  const trees = Array.from(roots, (root, t): Tree => {
    const end = roots[t + 1] ?? ensemble.feature.length
    const child = (node: number) => (node > 0 ? node - root : 0)
    const part = <A extends Int32Array | Float32Array | Float64Array | Uint8Array>(all: A) =>
      Array.from(all.subarray(root, end))
    return {
      feature: part(ensemble.feature),
      threshold: part(ensemble.threshold),
      codes: part(ensemble.codes),
      missingLeft: part(ensemble.missingLeft) as Tree['missingLeft'],
      left: part(ensemble.left).map(child),
      right: part(ensemble.right).map(child),
      value: part(ensemble.value),
      cover: part(ensemble.cover),
    }
  })
  return {
    format: FORMAT,
    version: VERSION,
    features: features.map(({ name, kind }) => ({ name, kind })),
    link,
    base,
    codeSets: codeSets.map((set) => [...set]),
    trees,
  }
}

/** @throws TreeFileError */
export function treesFromFile(data: unknown): TreeEnsemble {
  const { version } = z.looseObject({ format: z.literal(FORMAT), version: z.int() }).safeParse(data).data ?? {}
  if (version !== undefined && version !== VERSION)
    throw new TreeFileError(
      `the trees are of version ${version}, and this program reads version ${VERSION}: train anew, or update`,
    )
  const parsed = fileSchema.safeParse(data)
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!
    throw new TreeFileError(`this is no file of trees: ${[...path.map(String), message].join(': ')}`)
  }
  const file = parsed.data
  file.codeSets.forEach((set, k) => {
    if (set.some((code, i) => !isFloat32(code) || !isCode(code) || code <= (set[i - 1] ?? -Infinity)))
      throw new TreeFileError(`code set ${k} is not ascending codes of float32`)
  })
  for (const [t, tree] of file.trees.entries()) checkTree(tree, t, file)
  return joined(file)
}

function checkTree(tree: Tree, t: number, { features, codeSets }: TreeFile): void {
  const nodes = tree.feature.length
  const fail = (problem: string): never => {
    throw new TreeFileError(`tree ${t}: ${problem}`)
  }
  if (nodes === 0) fail('it has no node')
  for (const [key, { length }] of Object.entries(tree))
    if (length !== nodes) fail(`${nodes} nodes, but ${length} of ${key}`)
  const parents = new Uint8Array(nodes)
  for (let node = 0; node < nodes; node++) {
    const feature = tree.feature[node]!
    if (feature === -1) continue
    if (feature < -1 || feature >= features.length) fail(`node ${node} asks feature ${feature} of ${features.length}`)
    for (const child of [tree.left[node]!, tree.right[node]!]) {
      if (child <= node || child >= nodes)
        fail(`node ${node} leads to ${child}, and must lead to one behind it, below ${nodes}`)
      if (parents[child]!++ > 0) fail(`two ways lead to node ${child}`)
    }
    const set = tree.codes[node]!
    if (features[feature]!.kind === 'category' ? codeSets[set] === undefined : set !== -1)
      fail(`node ${node} asks a ${features[feature]!.kind} by code set ${set}`)
    if (!isFloat32(tree.threshold[node]!)) fail(`the threshold of node ${node} is no float32`)
  }
  const alone = parents.indexOf(0, 1)
  if (alone > 0) fail(`no way leads to node ${alone}`)
}

const isFloat32 = (value: number): boolean => Math.fround(value) === value

function joined({ features, link, base, codeSets, trees }: TreeFile): TreeEnsemble {
  let nodes = 0
  const roots = Int32Array.from(trees, ({ feature }) => (nodes += feature.length) - feature.length)
  const all = (key: keyof Tree) => trees.flatMap((tree): readonly number[] => tree[key])
  const children = (key: 'left' | 'right') =>
    Int32Array.from(trees.flatMap((tree, t) => tree[key].map((node) => (node > 0 ? node + roots[t]! : 0))))
  return {
    features,
    link,
    base,
    roots,
    feature: Int32Array.from(all('feature')),
    threshold: Float32Array.from(all('threshold')),
    codes: Int32Array.from(all('codes')),
    missingLeft: Uint8Array.from(all('missingLeft')),
    left: children('left'),
    right: children('right'),
    value: Float64Array.from(all('value')),
    cover: Float64Array.from(all('cover')),
    codeSets: codeSets.map((set) => Float32Array.from(set)),
  }
}
