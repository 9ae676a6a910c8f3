/**
 * Trees as an ONNX graph: `TreeEnsemble` of ai.onnx.ml 5 (https://onnx.ai/onnx/operators/onnx_aionnxml_TreeEnsemble.html),
 * the base added, the link applied. Version 5 and not `TreeEnsembleRegressor` of 3, since it knows sets of categories
 * (BRANCH_MEMBER). onnxruntime takes 1.25 for a member of {1}, so a category that is no whole number becomes -1, which is in
 * no set, before it comes to the trees. The graph adds in float32: which way a row goes agrees with the trees exactly, the
 * sum within float32's bounds.
 */
import { createHash } from 'node:crypto'
import { encodeModel } from './onnx-schema.ts'
import type { Link, TreeEnsemble } from './tree-ensemble.ts'

/** Names in the graph: float32 [N, features] in the ensemble's order; float32 [N, 1]. */
export const ONNX_INPUT = 'features'
export const ONNX_OUTPUT = 'prediction'

export interface OnnxModel {
  readonly bytes: Uint8Array
  /** Of the bytes, in hexadecimal. */
  readonly sha256: string
}

const FLOAT = 1
const UINT8 = 2
const BOOL = 9
const NO_CODE = -1
const ATTRIBUTE = { int: 2, tensor: 4, ints: 7 }
const MODE = { lessOrEqual: 0, member: 6 }
const SUM = 1
const NO_TRANSFORM = 0
const OPERATOR: Readonly<Record<Link, string | undefined>> = { identity: undefined, exp: 'Exp', logistic: 'Sigmoid' }

/** The metadata `features` holds names and kinds as JSON. */
export function onnxOf(trees: TreeEnsemble): OnnxModel {
  const operator = OPERATOR[trees.link]
  const raw = operator ? 'raw' : ONNX_OUTPUT
  const hasCategories = trees.features.some(({ kind }) => kind === 'category')
  const bytes = encodeModel({
    ir_version: 10,
    producer_name: 'counterflow',
    opset_import: [
      { domain: '', version: 21 },
      { domain: 'ai.onnx.ml', version: 5 },
    ],
    metadata_props: [{ key: 'features', value: JSON.stringify(trees.features) }],
    graph: {
      name: 'trees',
      node: [
        ...(hasCategories ? wholeCodes : []),
        {
          op_type: 'TreeEnsemble',
          domain: 'ai.onnx.ml',
          input: [hasCategories ? 'whole' : ONNX_INPUT],
          output: ['sum'],
          attribute: attributesOf(trees),
        },
        { op_type: 'Add', input: ['sum', 'base'], output: [raw] },
        ...(operator ? [{ op_type: operator, input: [raw], output: [ONNX_OUTPUT] }] : []),
      ],
      initializer: [
        { ...floats([trees.base]), name: 'base' },
        ...(hasCategories
          ? [
              { ...numbersOf(trees), name: 'isNumber' },
              { ...floats([NO_CODE]), name: 'noCode' },
            ]
          : []),
      ],
      input: [valueInfo(ONNX_INPUT, trees.features.length)],
      output: [valueInfo(ONNX_OUTPUT, 1)],
    },
  })
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') }
}

const wholeCodes = [
  { op_type: 'Floor', input: [ONNX_INPUT], output: ['floor'] },
  { op_type: 'Equal', input: [ONNX_INPUT, 'floor'], output: ['isWhole'] },
  { op_type: 'Or', input: ['isWhole', 'isNumber'], output: ['isGood'] },
  { op_type: 'Where', input: ['isGood', ONNX_INPUT, 'noCode'], output: ['whole'] },
]

const numbersOf = ({ features }: TreeEnsemble) => ({
  ...bytesOf(features.map(({ kind }) => Number(kind === 'number'))),
  data_type: BOOL,
})

function attributesOf(trees: TreeEnsemble): object[] {
  const { feature, threshold, codes, codeSets, missingLeft, left, right, value } = trees
  const places = placesOf(trees)
  const asks = places.asking.map((node) =>
    feature[node]! < 0 ? { leaf: true as const, node } : { leaf: false as const, node },
  )
  const child = (of: Int32Array) =>
    asks.map(({ leaf, node }) => {
      const at = leaf ? node : of[node]!
      return { isLeaf: feature[at]! < 0, place: feature[at]! < 0 ? places.leaf.get(at)! : places.ask.get(at)! }
    })
  const [ifTrue, ifFalse] = [child(left), child(right)]
  const sets = asks.flatMap(({ node }) => (codes[node]! >= 0 ? [codes[node]!] : []))
  return [
    ints(
      'nodes_featureids',
      asks.map(({ leaf, node }) => (leaf ? 0 : feature[node]!)),
    ),
    tensor('nodes_splits', floats(asks.map(({ node }) => threshold[node]!))),
    tensor('nodes_modes', bytesOf(asks.map(({ node }) => (codes[node]! >= 0 ? MODE.member : MODE.lessOrEqual)))),
    ints(
      'nodes_missing_value_tracks_true',
      asks.map(({ node }) => missingLeft[node]!),
    ),
    ints(
      'nodes_truenodeids',
      ifTrue.map(({ place }) => place),
    ),
    ints(
      'nodes_trueleafs',
      ifTrue.map(({ isLeaf }) => Number(isLeaf)),
    ),
    ints(
      'nodes_falsenodeids',
      ifFalse.map(({ place }) => place),
    ),
    ints(
      'nodes_falseleafs',
      ifFalse.map(({ isLeaf }) => Number(isLeaf)),
    ),
    ints(
      'tree_roots',
      Array.from(trees.roots, (root) => places.ask.get(root)!),
    ),
    ints(
      'leaf_targetids',
      Array.from(places.leaf, () => 0),
    ),
    tensor('leaf_weights', floats(Array.from(places.leaf.keys(), (node) => value[node]!))),
    // Each set ends with NaN.
    ...(sets.length > 0
      ? [tensor('membership_values', floats(sets.flatMap((set) => [...codeSets[set]!, Number.NaN])))]
      : []),
    int('n_targets', 1),
    int('aggregate_function', SUM),
    int('post_transform', NO_TRANSFORM),
  ]
}

/** Places among the graph's questions and leaves. A tree that is a leaf becomes a question with that leaf on both sides. */
function placesOf({ feature, roots }: TreeEnsemble) {
  const lone = new Set(roots)
  const asking = Array.from(feature.keys()).filter((node) => feature[node]! >= 0 || lone.has(node))
  const leaves = Array.from(feature.keys()).filter((node) => feature[node]! < 0)
  const placed = (nodes: readonly number[]) => new Map(nodes.map((node, place) => [node, place]))
  return { asking, ask: placed(asking), leaf: placed(leaves) }
}

const int = (name: string, i: number) => ({ name, i, type: ATTRIBUTE.int })
const ints = (name: string, values: readonly number[]) => ({ name, ints: values, type: ATTRIBUTE.ints })
const tensor = (name: string, t: object) => ({ name, t, type: ATTRIBUTE.tensor })

/** Little-endian, as the format wants it and every machine that runs this has it. */
const floats = (values: readonly number[]) => ({
  dims: [values.length],
  data_type: FLOAT,
  raw_data: new Uint8Array(Float32Array.from(values).buffer),
})

const bytesOf = (values: readonly number[]) => ({
  dims: [values.length],
  data_type: UINT8,
  raw_data: Uint8Array.from(values),
})

const valueInfo = (name: string, columns: number) => ({
  name,
  type: { tensor_type: { elem_type: FLOAT, shape: { dim: [{ dim_param: 'N' }, { dim_value: columns }] } } },
})
