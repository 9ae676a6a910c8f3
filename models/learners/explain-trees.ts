/**
 * What each feature contributed to a raw score: exact path-dependent TreeSHAP, algorithm 2 of S. Lundberg, G. Erion, S. Lee,
 * Consistent Individualized Feature Attribution for Tree Ensembles, arXiv 1802.03888 (2018). Contributions and the expected
 * raw score add up to the raw score. A feature left out sends a row both ways, by the covers of training.
 */
import { columnsByName, type FeatureTable } from './feature-table.ts'
import { goesLeft, type TreeEnsemble } from './tree-ensemble.ts'

export interface Explained {
  /** The raw score before anything is known of a row: the mean by training's covers. */
  readonly expected: number
  /** Row-major: feature `j` of row `i` is `contributions[i * features + j]`, features in the ensemble's order. */
  readonly contributions: Float64Array
}

/** @throws FeatureTableError where the table lacks a feature. */
export function explainTable(trees: TreeEnsemble, table: FeatureTable): Explained {
  const columns = columnsByName(table, trees.features)
  const explainer = new TreeExplainer(trees)
  const width = columns.length
  const row = new Float32Array(width)
  const contributions = new Float64Array(table.rows * width)
  for (let i = 0; i < table.rows; i++) {
    for (let j = 0; j < width; j++) row[j] = columns[j]![i]!
    explainer.addRow(row, contributions.subarray(i * width, (i + 1) * width))
  }
  return { expected: explainer.expected, contributions }
}

/** Allocates once, for any number of rows. */
export class TreeExplainer {
  readonly expected: number
  private readonly trees: TreeEnsemble
  /** By node that asks: the share of its cover that goes left. */
  private readonly leftShare: Float64Array
  /**
   * The paths from the root to where the recursion stands, one behind the other, each one entry longer than its parent's at
   * most: the feature asked; how much of the weight flows on where it is left out; whether the row itself flows on; and
   * the weight of subsets by their size.
   */
  private readonly asked: Int32Array
  private readonly zero: Float64Array
  private readonly one: Float64Array
  private readonly weight: Float64Array
  private row: Float32Array = new Float32Array()
  private into: Float64Array = new Float64Array()

  constructor(trees: TreeEnsemble) {
    this.trees = trees
    const { feature, left, right, cover, roots } = trees
    this.leftShare = Float64Array.from(feature, (asked, node) => (asked < 0 ? 0 : cover[left[node]!]! / cover[node]!))
    // Children stand behind their parents: from the last node to the first each knows its subtree.
    const expected = trees.value.slice()
    const depth = new Uint16Array(feature.length)
    for (let node = feature.length - 1; node >= 0; node--) {
      if (feature[node]! < 0) continue
      const [a, b, share] = [left[node]!, right[node]!, this.leftShare[node]!]
      expected[node] = share * expected[a]! + (1 - share) * expected[b]!
      depth[node] = 1 + Math.max(depth[a]!, depth[b]!)
    }
    this.expected = roots.reduce((sum, root) => sum + expected[root]!, trees.base)
    const longest = roots.reduce((most, root) => Math.max(most, depth[root]!), 0) + 2
    const entries = (longest * (longest + 1)) / 2
    this.asked = new Int32Array(entries)
    this.zero = new Float64Array(entries)
    this.one = new Float64Array(entries)
    this.weight = new Float64Array(entries)
  }

  /** Adds the contributions of one row, its values in the ensemble's order of features, to `into`, of the same length. */
  addRow(values: Float32Array, into: Float64Array): void {
    this.row = values
    this.into = into
    const { roots } = this.trees
    for (let t = 0; t < roots.length; t++) this.walk(roots[t]!, 0, 0, 1, 1, -1)
  }

  /** HOT. The path of the parent begins at `from` and has `length` entries; the new one gets one more, and is this node's. */
  private walk(node: number, from: number, length: number, zero: number, one: number, asked: number): void {
    const { feature, value, left, right } = this.trees
    const path = from + length
    this.copy(path, from, length)
    this.extend(path, length, zero, one, asked)
    const j = feature[node]!
    if (j < 0) {
      this.addLeaf(path, length, value[node]!)
      return
    }
    const share = this.leftShare[node]!
    const isLeft = goesLeft(this.trees, node, this.row[j]!)
    const hot = isLeft ? left[node]! : right[node]!
    const cold = isLeft ? right[node]! : left[node]!
    const hotShare = isLeft ? share : 1 - share
    let last = length
    let zeroBefore = 1
    let oneBefore = 1
    for (let i = 1; i <= length; i++) {
      if (this.asked[path + i] !== j) continue
      zeroBefore = this.zero[path + i]!
      oneBefore = this.one[path + i]!
      this.unwind(path, last--, i)
      break
    }
    this.walk(hot, path, last + 1, zeroBefore * hotShare, oneBefore, j)
    this.walk(cold, path, last + 1, zeroBefore * (1 - hotShare), 0, j)
  }

  /** Plain loops: for a few entries copyWithin takes twice the time of all the rest. */
  private copy(to: number, from: number, length: number): void {
    const { asked, zero, one, weight } = this
    for (let i = 0; i < length; i++) {
      asked[to + i] = asked[from + i]!
      zero[to + i] = zero[from + i]!
      one[to + i] = one[from + i]!
      weight[to + i] = weight[from + i]!
    }
  }

  /** Puts an entry at place `last` of the path; subsets grow by it. */
  private extend(path: number, last: number, zero: number, one: number, asked: number): void {
    const { weight } = this
    this.asked[path + last] = asked
    this.zero[path + last] = zero
    this.one[path + last] = one
    weight[path + last] = last === 0 ? 1 : 0
    const each = 1 / (last + 1)
    for (let i = last - 1; i >= 0; i--) {
      weight[path + i + 1]! += one * weight[path + i]! * (i + 1) * each
      weight[path + i] = zero * weight[path + i]! * (last - i) * each
    }
  }

  /** Takes the entry at place `at` out of a path that ends at place `last`. */
  private unwind(path: number, last: number, at: number): void {
    const { asked, zero, one, weight } = this
    const itsZero = zero[path + at]!
    const itsOne = one[path + at]!
    let next = weight[path + last]!
    for (let i = last - 1; i >= 0; i--) {
      const now = weight[path + i]!
      if (itsOne !== 0) {
        weight[path + i] = (next * (last + 1)) / (i + 1)
        next = now - (weight[path + i]! * itsZero * (last - i)) / (last + 1)
      } else weight[path + i] = (now * (last + 1)) / (itsZero * (last - i))
    }
    for (let i = at; i < last; i++) {
      asked[path + i] = asked[path + i + 1]!
      zero[path + i] = zero[path + i + 1]!
      one[path + i] = one[path + i + 1]!
    }
  }

  /** HOT. What each entry of the path changes at this leaf: the weight of all subsets without it. */
  private addLeaf(path: number, last: number, value: number): void {
    const { asked, zero, one, weight, into } = this
    for (let at = 1; at <= last; at++) {
      const itsZero = zero[path + at]!
      let sum = 0
      if (one[path + at] !== 0) {
        let next = weight[path + last]!
        for (let i = last - 1; i >= 0; i--) {
          const part = next / (i + 1)
          sum += part
          next = weight[path + i]! - part * itsZero * (last - i)
        }
        into[asked[path + at]!]! += sum * (last + 1) * (1 - itsZero) * value
      } else {
        // Each weight has itsZero in it, and the change is 0 - itsZero: it need not be divided out.
        for (let i = last - 1; i >= 0; i--) sum += weight[path + i]! / (last - i)
        into[asked[path + at]!]! -= sum * (last + 1) * value
      }
    }
  }
}
