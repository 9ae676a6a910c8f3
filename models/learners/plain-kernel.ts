/** The histogram kernel in plain TypeScript. */
import type { HistogramKernel } from './histogram-kernel.ts'
import {
  FEATURE_STRIDE,
  GROUP_STRIDE,
  type KernelMemory,
  type KernelSizes,
  layOut,
  memoryBytes,
} from './kernel-memory.ts'
import type { LeafSums } from './leaf-sums.ts'

export function plainKernel(sizes: KernelSizes): HistogramKernel {
  const memory = layOut(new ArrayBuffer(memoryBytes(sizes)), sizes)
  const columns = new Uint8Array(memory.packed.buffer, memory.packed.byteOffset, memory.packed.byteLength)
  return {
    memory,
    gather: (begin, count) => gather(memory, begin, count),
    build: (group, slot, begin, count) => build(memory, group, slot, begin, count),
    subtract: (group, slot, small) => subtract(memory, group, slot, small),
    bestCut: (at, end, missingLeft, sums, toBeat) => bestCut(memory, at, end, missingLeft, sums, toBeat),
    partition: (feature, begin, count) => partition(memory, columns, feature, begin, count),
  }
}

/** HOT. */
function gather({ order, gradients, gathered }: KernelMemory, begin: number, count: number): void {
  for (let i = 0; i < count; i++) {
    const row = order[begin + i]!
    gathered[2 * i] = gradients[2 * row]!
    gathered[2 * i + 1] = gradients[2 * row + 1]!
  }
}

/** HOT. A feature that fills up the last group has all its rows in bin 0. */
function build(memory: KernelMemory, group: number, slot: number, begin: number, count: number): void {
  const { packed, order, gathered, histograms, rows, groups } = memory
  const first = (slot * groups + group) * GROUP_STRIDE
  histograms.fill(0, first, first + GROUP_STRIDE)
  const second = first + FEATURE_STRIDE
  const third = second + FEATURE_STRIDE
  const fourth = third + FEATURE_STRIDE
  const words = group * rows
  for (let i = 0; i < count; i++) {
    const word = packed[words + order[begin + i]!]!
    const gradient = gathered[2 * i]!
    const hessian = gathered[2 * i + 1]!
    let at = first + ((word & 255) << 1)
    histograms[at]! += gradient
    histograms[at + 1]! += hessian
    at = second + (((word >>> 8) & 255) << 1)
    histograms[at]! += gradient
    histograms[at + 1]! += hessian
    at = third + (((word >>> 16) & 255) << 1)
    histograms[at]! += gradient
    histograms[at + 1]! += hessian
    at = fourth + ((word >>> 24) << 1)
    histograms[at]! += gradient
    histograms[at + 1]! += hessian
  }
}

/** HOT. */
function subtract({ histograms, groups }: KernelMemory, group: number, slot: number, small: number): void {
  const from = (slot * groups + group) * GROUP_STRIDE
  const what = (small * groups + group) * GROUP_STRIDE
  for (let k = 0; k < GROUP_STRIDE; k++) histograms[from + k]! -= histograms[what + k]!
}

/** HOT. */
export function bestCut(
  { histograms, found }: Pick<KernelMemory, 'histograms' | 'found'>,
  at: number,
  end: number,
  missingLeft: boolean,
  { G, H, leastHessian, l2 }: LeafSums,
  toBeat: number,
): number {
  let leftG = missingLeft ? histograms[at]! : 0
  let leftH = missingLeft ? histograms[at + 1]! : 0
  let best = toBeat
  let bestBin = -1
  for (let bin = 1; bin < end; bin++) {
    leftG += histograms[at + 2 * bin]!
    leftH += histograms[at + 2 * bin + 1]!
    if (leftH < leastHessian) continue
    const rightH = H - leftH
    if (rightH < leastHessian) break
    const rightG = G - leftG
    const leftRoom = leftH + l2
    const rightRoom = rightH + l2
    const score = leftG * leftG * rightRoom + rightG * rightG * leftRoom
    const room = leftRoom * rightRoom
    if (score <= best * room) continue
    best = score / room
    bestBin = bin
    found[0] = best
    found[1] = leftG
    found[2] = leftH
  }
  return bestBin
}

/** HOT. */
function partition(memory: KernelMemory, columns: Uint8Array, feature: number, begin: number, count: number): number {
  const { order, scratch, goesLeft, rows } = memory
  const start = (feature >> 2) * rows * 4 + (feature & 3)
  let left = begin
  let right = 0
  for (let i = begin; i < begin + count; i++) {
    const row = order[i]!
    if (goesLeft[columns[start + 4 * row]!]! !== 0) order[left++] = row
    else scratch[right++] = row
  }
  order.set(scratch.subarray(0, right), left)
  return left - begin
}
