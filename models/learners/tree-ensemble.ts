/**
 * Trees whose leaves add up to a raw score. Nodes of all trees stand one after the other; a node's children come after it.
 * A link turns the raw score into what is predicted.
 */
import type { Feature } from './feature-table.ts'

export const LINKS = ['identity', 'exp', 'logistic'] as const
/** Raw score to prediction: as it is, e^s, or 1 / (1 + e^-s). */
export type Link = (typeof LINKS)[number]

export interface TreeEnsemble {
  /** In the order of `feature` below and of a row's values. */
  readonly features: readonly Feature[]
  readonly link: Link
  /** Raw score before any tree. */
  readonly base: number
  /** By tree: its first node. */
  readonly roots: Int32Array
  /** By node: the feature it asks, -1 at a leaf. */
  readonly feature: Int32Array
  /** By node that asks a number: values up to and with this go left. */
  readonly threshold: Float32Array
  /** By node that asks a category: the place in `codeSets` of those that go left, all others go right; else -1. */
  readonly codes: Int32Array
  /** By node that asks a number: 1 where a missing value goes left. */
  readonly missingLeft: Uint8Array
  readonly left: Int32Array
  readonly right: Int32Array
  /** By leaf: what it adds to the raw score. */
  readonly value: Float64Array
  /** By node: weight of the training rows that came here. */
  readonly cover: Float64Array
  /** Each ascending. */
  readonly codeSets: readonly Float32Array[]
}

/** Where a value goes at a node that is no leaf. HOT. */
export function goesLeft(trees: TreeEnsemble, node: number, value: number): boolean {
  const set = trees.codes[node]!
  if (set >= 0) return includesCode(trees.codeSets[set]!, value)
  return Number.isNaN(value) ? trees.missingLeft[node] === 1 : value <= trees.threshold[node]!
}

/** HOT. */
function includesCode(codes: Float32Array, value: number): boolean {
  for (let k = 0; k < codes.length; k++) if (codes[k] === value) return true
  return false
}

export function linkOf(link: Link, raw: number): number {
  if (link === 'exp') return Math.exp(raw)
  return link === 'logistic' ? 1 / (1 + Math.exp(-raw)) : raw
}

/** Trees while they grow. Node numbers are those of the ensemble. */
export class EnsembleBuilder {
  private readonly roots: number[] = []
  private readonly feature: number[] = []
  private readonly threshold: number[] = []
  private readonly codes: number[] = []
  private readonly missingLeft: number[] = []
  private readonly left: number[] = []
  private readonly right: number[] = []
  readonly value: number[] = []
  private readonly cover: number[] = []
  private readonly codeSets: Float32Array[] = []

  get trees(): number {
    return this.roots.length
  }

  get nodes(): number {
    return this.feature.length
  }

  /** The next node is a root. */
  beginTree(): void {
    this.roots.push(this.feature.length)
  }

  addLeaf(value: number, cover: number): number {
    this.feature.push(-1)
    this.threshold.push(0)
    this.codes.push(-1)
    this.missingLeft.push(0)
    this.left.push(0)
    this.right.push(0)
    this.value.push(value)
    this.cover.push(cover)
    return this.feature.length - 1
  }

  /** The leaf becomes a question; its children are leaves already. */
  ask(node: number, feature: number, question: Question, left: number, right: number): void {
    this.feature[node] = feature
    this.left[node] = left
    this.right[node] = right
    this.value[node] = 0
    if ('codes' in question) {
      this.codes[node] = this.codeSets.push(question.codes) - 1
    } else {
      this.threshold[node] = question.threshold
      this.missingLeft[node] = question.missingLeft ? 1 : 0
    }
  }

  /** Trees from `first` up to, and without, `end`. */
  build(features: readonly Feature[], link: Link, base: number, first = 0, end = this.trees): TreeEnsemble {
    const from = this.roots[first] ?? 0
    const to = this.roots[end] ?? this.nodes
    const codes = this.codes.slice(from, to)
    const named = codes.filter((set) => set >= 0)
    const firstSet = named.reduce((least, set) => Math.min(least, set), this.codeSets.length)
    const nodeFrom = (node: number) => (node > 0 ? node - from : 0)
    return {
      features,
      link,
      base,
      roots: Int32Array.from(this.roots.slice(first, end), (root) => root - from),
      feature: Int32Array.from(this.feature.slice(from, to)),
      threshold: Float32Array.from(this.threshold.slice(from, to)),
      codes: Int32Array.from(codes, (set) => (set >= 0 ? set - firstSet : -1)),
      missingLeft: Uint8Array.from(this.missingLeft.slice(from, to)),
      left: Int32Array.from(this.left.slice(from, to), nodeFrom),
      right: Int32Array.from(this.right.slice(from, to), nodeFrom),
      value: Float64Array.from(this.value.slice(from, to)),
      cover: Float64Array.from(this.cover.slice(from, to)),
      codeSets: this.codeSets.slice(firstSet, firstSet + named.length),
    }
  }
}

export type Question = { readonly threshold: number; readonly missingLeft: boolean } | { readonly codes: Float32Array }
