/** The arrays that a histogram kernel works on, laid out in one buffer, which may be WebAssembly's memory. */
import type { BinnedFeatures } from './bin-features.ts'

/** Doubles from one feature's histogram to the next: 256 bins of gradient and hessian. */
export const FEATURE_STRIDE = 512
/** Doubles from one group of four features to the next. */
export const GROUP_STRIDE = 4 * FEATURE_STRIDE

export interface KernelMemory {
  readonly rows: number
  readonly groups: number
  /** As in `BinnedFeatures`. */
  readonly packed: Uint32Array
  /** The tree's rows, each leaf a stretch of them. A row of a bootstrap may come more than once. */
  readonly order: Uint32Array
  /** By row: gradient, hessian. */
  readonly gradients: Float32Array
  /** The same for a stretch of `order`, as `gather` put them. */
  readonly gathered: Float32Array
  readonly scratch: Uint32Array
  /** By bin: 1 goes left. What `partition` goes by. */
  readonly goesLeft: Uint8Array
  /** Of the best cut: score, left gradient, left hessian. */
  readonly found: Float64Array
  /** By slot, group, feature in the group and bin: sum of gradients, sum of hessians. */
  readonly histograms: Float64Array
}

export interface KernelSizes {
  readonly binned: BinnedFeatures
  /** How many rows a tree may take, with repetitions. */
  readonly treeRows: number
  /** How many histograms are kept at once. */
  readonly slots: number
}

const FOUND = 3
const LINE_BYTES = 64
/** Address 0 and a few more stay free. */
const FIRST_BYTE = 1024

/** Bytes of the whole, for a buffer to be made of. */
export function memoryBytes({ binned, treeRows, slots }: KernelSizes): number {
  const groups = groupsOf(binned)
  const sizes = [
    4 * groups * binned.rows,
    4 * treeRows,
    8 * binned.rows,
    8 * treeRows,
    4 * treeRows,
    256,
    8 * FOUND,
    8 * slots * groups * GROUP_STRIDE,
  ]
  return sizes.reduce((sum, bytes) => sum + aligned(bytes), FIRST_BYTE)
}

export function layOut(buffer: ArrayBuffer, sizes: KernelSizes): KernelMemory {
  const { binned, treeRows, slots } = sizes
  const groups = groupsOf(binned)
  let at = FIRST_BYTE
  const take = (bytes: number) => {
    const start = at
    at += aligned(bytes)
    return start
  }
  const words = (count: number) => new Uint32Array(buffer, take(4 * count), count)
  const floats = (count: number) => new Float32Array(buffer, take(4 * count), count)
  const packed = words(groups * binned.rows)
  packed.set(binned.packed)
  return {
    rows: binned.rows,
    groups,
    packed,
    order: words(treeRows),
    gradients: floats(2 * binned.rows),
    gathered: floats(2 * treeRows),
    scratch: words(treeRows),
    goesLeft: new Uint8Array(buffer, take(256), 256),
    found: new Float64Array(buffer, take(8 * FOUND), FOUND),
    histograms: new Float64Array(buffer, take(8 * slots * groups * GROUP_STRIDE), slots * groups * GROUP_STRIDE),
  }
}

const groupsOf = ({ features }: BinnedFeatures): number => Math.ceil(features.length / 4)

const aligned = (bytes: number): number => Math.ceil(bytes / LINE_BYTES) * LINE_BYTES
