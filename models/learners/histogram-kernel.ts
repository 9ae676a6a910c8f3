/**
 * The inner loops of growing a tree. Two kernels do the same additions in the same order (rows as they stand in `order`,
 * float32 gradients into float64 sums), so their trees are equal bit for bit: `plain-kernel.ts`, which is the meaning, and
 * `simd-kernel.ts`, which is fast.
 */
import type { KernelMemory } from './kernel-memory.ts'
import type { LeafSums } from './leaf-sums.ts'

export interface HistogramKernel {
  readonly memory: KernelMemory
  /** Puts the gradients of `order[begin .. begin + count)` side by side, for `build`. */
  gather(begin: number, count: number): void
  /** The histogram of one group over the stretch that was gathered last. */
  build(group: number, slot: number, begin: number, count: number): void
  /** Takes the histogram of `small` away from that of `slot`: the parent's becomes the other child's. */
  subtract(group: number, slot: number, small: number): void
  /**
   * The best cut of the number whose histogram begins at `at`, counted in doubles: the last bin that goes left, below `end`,
   * or -1 where none has a score above `toBeat`. A child's score is G^2 / (H + l2); both are compared without a division.
   * Its score, and the left child's G and H, are in `memory.found`.
   */
  bestCut(at: number, end: number, missingLeft: boolean, sums: LeafSums, toBeat: number): number
  /** Divides the stretch by `goesLeft` of the feature's bin, each side in its old order; how many went left. */
  partition(feature: number, begin: number, count: number): number
}
