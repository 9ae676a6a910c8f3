/**
 * One regression tree, grown leaf by leaf where that lowers the loss most, over histograms of gradients (G. Ke et al.,
 * LightGBM, NIPS 2017): the smaller child's histogram is added up, the larger one's is the parent's less that.
 */
import { below, type Random } from '#core/simulator/random.ts'
import { type BinnedFeatures, MISSING_BIN } from './bin-features.ts'
import { FeatureTableError } from './feature-table.ts'
import { bestValue, noSplit, type Split, splitCategory, splitNumber } from './find-split.ts'
import type { HistogramKernel } from './histogram-kernel.ts'
import { FEATURE_STRIDE, GROUP_STRIDE } from './kernel-memory.ts'
import { type KernelName, kernelOf } from './kernel-of.ts'
import type { LeafSums } from './leaf-sums.ts'
import { TargetError } from './objectives/objective.ts'
import type { EnsembleBuilder, Question } from './tree-ensemble.ts'
import type { TreeSettings } from './tree-settings.ts'

/** A leaf of the tree that was grown last: its rows are `order[begin .. begin + count)`. */
export interface GrownLeaf {
  readonly node: number
  readonly begin: number
  readonly count: number
}

interface Leaf extends GrownLeaf {
  readonly depth: number
  readonly sums: LeafSums
  /** Weight of its rows. */
  readonly cover: number
  /** Of its histogram, which the larger of its children takes over. */
  slot: number
  split: Split | undefined
}

/** A question by bins, for rows that the tree was not grown on. */
interface BinQuestion {
  readonly feature: number
  readonly goesLeft: Uint8Array
  readonly left: number
  readonly right: number
}

export class TreeGrower {
  /** By row: gradient and hessian, to be filled before a tree is grown. */
  readonly gradients: Float32Array
  /** The rows of the tree, to be filled up to its number of them; growing puts them in the order of the leaves. */
  readonly order: Uint32Array
  private readonly binned: BinnedFeatures
  private readonly settings: TreeSettings
  private readonly weights: Float64Array | undefined
  private readonly kernel: HistogramKernel
  /** Features by name: trees don't depend on the order of the columns. */
  private readonly byName: Uint32Array
  private readonly monotone: Int8Array
  /** By node of the tree, from its root. */
  private questions: (BinQuestion | undefined)[] = []
  /** What the tree may ask, and the groups that hold it. */
  private allowed: Uint32Array
  private groups: number[] = []

  /** @throws FeatureTableError where `monotone` names no number of the table; RangeError beyond the kernel's memory. */
  constructor(binned: BinnedFeatures, settings: TreeSettings, kernel: KernelName, weights: Float64Array | undefined) {
    this.binned = binned
    this.settings = settings
    this.weights = weights
    this.kernel = kernelOf(kernel, { binned, treeRows: binned.rows, slots: settings.maxLeaves })
    this.gradients = this.kernel.memory.gradients
    this.order = this.kernel.memory.order
    const names = binned.features.map(({ name }) => name)
    this.byName = Uint32Array.from(names.keys()).sort((a, b) => (names[a]! < names[b]! ? -1 : 1))
    this.allowed = this.byName
    this.monotone = directionsOf(binned, settings)
  }

  /**
   * Grows a tree on the first `count` rows of `order` into `builder`. Leaf values are -G / (H + l2), times `scale`.
   * The leaves are good until the next tree.
   */
  grow(count: number, builder: EnsembleBuilder, scale: number, random: Random): readonly GrownLeaf[] {
    const { maxLeaves, columnsPerTree } = this.settings
    this.questions = []
    this.allowed = this.someOf(this.byName, columnsPerTree, random)
    this.groups = [...new Set(Array.from(this.allowed, (j) => j >> 2))].sort((a, b) => a - b)
    builder.beginTree()
    const root = this.rootLeaf(count)
    const addLeaf = ({ sums, cover }: Omit<Leaf, 'node'>): number =>
      builder.addLeaf(sums.H > 0 ? bestValue(sums.G, sums.H, sums, sums.l2) * scale : 0, cover)
    const first = addLeaf(root)
    const leaves: Leaf[] = [{ ...root, node: first }]
    if (this.maySplit(root)) {
      this.addUp(root)
      this.search(leaves[0]!, random)
    }
    for (let at = bestLeaf(leaves); at >= 0 && leaves.length < maxLeaves; at = bestLeaf(leaves)) {
      const parent = leaves[at]!
      const { question, goesLeft, children } = this.divide(parent)
      const [left, right] = children.map((child): Leaf => ({ ...child, node: addLeaf(child) })) as [Leaf, Leaf]
      builder.ask(parent.node, parent.split!.feature, question, left.node, right.node)
      this.questions[parent.node - first] = {
        feature: parent.split!.feature,
        goesLeft,
        left: left.node,
        right: right.node,
      }
      leaves[at] = left
      leaves.push(right)
      if (leaves.length < maxLeaves) this.searchBoth(parent.slot, leaves.length - 1, left, right, random)
    }
    return leaves
  }

  /** The leaf of the tree grown last, from this root, in which any row lies: it need not have been grown on it. */
  leafOf(root: number, row: number): number {
    const { packed, rows } = this.binned
    let node = root
    for (let ask = this.questions[0]; ask; ask = this.questions[node - root]) {
      const bin = (packed[(ask.feature >> 2) * rows + row]! >>> (8 * (ask.feature & 3))) & 255
      node = ask.goesLeft[bin] === 1 ? ask.left : ask.right
    }
    return node
  }

  private rootLeaf(count: number): Omit<Leaf, 'node'> {
    const { order, gradients } = this
    let G = 0
    let H = 0
    for (let i = 0; i < count; i++) {
      G += gradients[2 * order[i]!]!
      H += gradients[2 * order[i]! + 1]!
    }
    if (!Number.isFinite(G) || !Number.isFinite(H))
      throw new TargetError('gradients pass float32: scale the targets, or lower learningRate')
    const { l1, l2 } = this.settings
    const cover = this.weightOf(0, count)
    const sums = { G, H, leastHessian: this.leastHessian(H, cover), l1, l2, low: -Infinity, high: Infinity }
    return { begin: 0, count, depth: 0, sums, cover, slot: 0, split: undefined }
  }

  private leastHessian(H: number, cover: number): number {
    const { minHessianInLeaf, minDataInLeaf } = this.settings
    // A leaf of exactly so many rows must not fail by rounding.
    return Math.max(minHessianInLeaf, cover > 0 ? (minDataInLeaf * H * (1 - 1e-9)) / cover : 0)
  }

  /** Whether both of a leaf's children could be large enough. */
  private maySplit({ sums, depth }: Pick<Leaf, 'sums' | 'depth'>): boolean {
    return depth < this.settings.maxDepth && sums.H >= 2 * sums.leastHessian
  }

  /** Histograms of both children, from the parent's and a free slot, and their best splits. */
  private searchBoth(parentSlot: number, freeSlot: number, left: Leaf, right: Leaf, random: Random): void {
    if (!this.maySplit(left) && !this.maySplit(right)) return
    const [small, large] = left.count <= right.count ? [left, right] : [right, left]
    small.slot = freeSlot
    large.slot = parentSlot
    this.addUp(small)
    for (const group of this.groups) this.kernel.subtract(group, large.slot, small.slot)
    for (const child of [left, right]) if (this.maySplit(child)) this.search(child, random)
  }

  private addUp({ begin, count, slot }: Pick<Leaf, 'begin' | 'count' | 'slot'>): void {
    this.kernel.gather(begin, count)
    for (const group of this.groups) this.kernel.build(group, slot, begin, count)
  }

  private search(leaf: Leaf, random: Random): void {
    const { features, binCounts } = this.binned
    const { histograms, groups } = this.kernel.memory
    const best = noSplit(leaf.sums, this.settings.minGain)
    const toBeat = best.score
    for (const j of this.someOf(this.allowed, this.settings.columnsPerSplit, random)) {
      const at = (leaf.slot * groups + (j >> 2)) * GROUP_STRIDE + (j & 3) * FEATURE_STRIDE
      if (features[j]!.kind === 'category')
        splitCategory(best, j, histograms, at, binCounts[j]!, this.settings, leaf.sums)
      else splitNumber(best, j, this.kernel, at, binCounts[j]!, this.monotone[j]!, leaf.sums)
    }
    best.score -= toBeat
    if (best.feature >= 0) leaf.split = best
  }

  /** Puts the rows of a leaf in the order of its children. `goesLeft`: by bin. */
  private divide({ begin, count, depth, sums, cover, split }: Leaf) {
    const { feature, bin, leftBins, missingLeft } = split!
    const { goesLeft } = this.kernel.memory
    goesLeft.fill(0)
    if (leftBins) for (const it of leftBins) goesLeft[it] = 1
    else goesLeft.fill(1, 1, bin + 1)
    if (missingLeft === true) goesLeft[MISSING_BIN] = 1
    const leftCount = this.kernel.partition(feature, begin, count)
    const leftCover = this.weightOf(begin, leftCount)
    // No row told where the missing go: they go with most.
    if (!leftBins && missingLeft === undefined && leftCover > cover - leftCover) goesLeft[MISSING_BIN] = 1
    const [leftSums, rightSums] = this.childSums(sums, split!)
    const child = (at: number, size: number, its: LeafSums, weight: number): Omit<Leaf, 'node'> => ({
      begin: at,
      count: size,
      depth: depth + 1,
      sums: { ...its, leastHessian: this.leastHessian(its.H, weight) },
      cover: weight,
      slot: -1,
      split: undefined,
    })
    return {
      question: this.questionOf(split!, goesLeft[MISSING_BIN] === 1),
      goesLeft: goesLeft.slice(),
      children: [
        child(begin, leftCount, leftSums, leftCover),
        child(begin + leftCount, count - leftCount, rightSums, cover - leftCover),
      ],
    }
  }

  private questionOf({ feature, bin, leftBins }: Split, missingLeft: boolean): Question {
    const cuts = this.binned.cuts[feature]!
    if (leftBins) return { codes: Float32Array.from(leftBins, (it) => cuts[it - 1]!).sort() }
    // Behind the last bin there is no cut: all but the missing go left.
    return { threshold: cuts[bin - 1] ?? MOST_FLOAT32, missingLeft }
  }

  private childSums(sums: LeafSums, { feature, leftG, leftH }: Split): [LeafSums, LeafSums] {
    const left = { ...sums, G: leftG, H: leftH }
    const right = { ...sums, G: sums.G - leftG, H: sums.H - leftH }
    const direction = this.monotone[feature]!
    if (direction === 0) return [left, right]
    const middle = (bestValue(left.G, left.H, sums, sums.l2) + bestValue(right.G, right.H, sums, sums.l2)) / 2
    return direction > 0
      ? [
          { ...left, high: middle },
          { ...right, low: middle },
        ]
      : [
          { ...left, low: middle },
          { ...right, high: middle },
        ]
  }

  private weightOf(begin: number, count: number): number {
    const { weights, order } = this
    if (!weights) return count
    let sum = 0
    for (let i = begin; i < begin + count; i++) sum += weights[order[i]!]!
    return sum
  }

  /** A share of them, at least one, in the order they had. */
  private someOf(columns: Uint32Array, share: number, random: Random): Uint32Array {
    const wanted = Math.max(1, Math.round(share * columns.length))
    if (wanted >= columns.length) return columns
    const places = Uint32Array.from(columns.keys())
    for (let k = 0; k < wanted; k++) {
      const other = k + below(random, places.length - k)
      const place = places[k]!
      places[k] = places[other]!
      places[other] = place
    }
    return places
      .slice(0, wanted)
      .sort()
      .map((place) => columns[place]!)
  }
}

function directionsOf({ features }: BinnedFeatures, { monotone }: TreeSettings): Int8Array {
  const directions = new Int8Array(features.length)
  for (const [name, direction] of Object.entries(monotone)) {
    const j = features.findIndex((feature) => feature.name === name)
    if (features[j]?.kind !== 'number')
      throw new FeatureTableError(`${JSON.stringify(name)} is to be monotone and is no number of the table`)
    directions[j] = direction
  }
  return directions
}

const MOST_FLOAT32 = 3.4028234663852886e38

/** The place of the leaf whose split takes most off the loss, of equal ones the first; -1 where none has one. */
function bestLeaf(leaves: readonly Leaf[]): number {
  let best = -1
  for (let k = 0; k < leaves.length; k++) {
    const split = leaves[k]!.split
    if (split && (best < 0 || split.score > leaves[best]!.split!.score)) best = k
  }
  return best
}
