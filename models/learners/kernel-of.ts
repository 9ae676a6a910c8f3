/** Kernels by name. */
import type { HistogramKernel } from './histogram-kernel.ts'
import type { KernelSizes } from './kernel-memory.ts'
import { plainKernel } from './plain-kernel.ts'
import { simdKernel } from './simd-kernel.ts'

export type KernelName = 'plain' | 'simd'

const KERNELS: Readonly<Record<KernelName, (sizes: KernelSizes) => HistogramKernel>> = {
  plain: plainKernel,
  simd: simdKernel,
}

/** @throws RangeError where the sizes pass the memory that a kernel can have. */
export const kernelOf = (name: KernelName, sizes: KernelSizes): HistogramKernel => KERNELS[name](sizes)
