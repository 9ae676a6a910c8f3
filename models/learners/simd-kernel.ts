/** The histogram kernel as WebAssembly with 128-bit SIMD; its source is simd-kernel.asc. */
import type { HistogramKernel } from './histogram-kernel.ts'
import { GROUP_STRIDE, type KernelSizes, layOut, memoryBytes } from './kernel-memory.ts'
import { SIMD_KERNEL } from './simd-kernel.gen.ts'

const PAGE_BYTES = 65_536
/** Of 4 GiB: an address has 32 bits. */
const MOST_PAGES = 65_536

/** Addresses in bytes. */
interface Exports {
  gather(order: number, gradients: number, gathered: number, count: number): void
  build(packed: number, order: number, gathered: number, histogram: number, count: number): void
  subtract(from: number, what: number): void
  bestCut(
    histogram: number,
    end: number,
    missing: number,
    G: number,
    H: number,
    leastHessian: number,
    l2: number,
    toBeat: number,
    found: number,
  ): number
  partition(column: number, order: number, scratch: number, goesLeft: number, count: number): number
}

/** What is used here of https://webassembly.github.io/spec/js-api; TypeScript has it among the types of browsers alone. */
declare const WebAssembly: {
  Memory: new (pages: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer }
  Module: new (bytes: Uint8Array) => object
  Instance: new (module: object, imports: object) => { readonly exports: unknown }
}

let compiled: object | undefined

/** @throws RangeError where data and histograms pass the 4 GiB of a WebAssembly memory. */
export function simdKernel(sizes: KernelSizes): HistogramKernel {
  const bytes = memoryBytes(sizes)
  const pages = Math.ceil(bytes / PAGE_BYTES)
  if (pages > MOST_PAGES)
    throw new RangeError(
      `${sizes.binned.rows} rows and ${sizes.slots} leaves need ${bytes} bytes; a kernel has 4 GiB: take fewer leaves or rows`,
    )
  const wasm = new WebAssembly.Memory({ initial: pages, maximum: pages })
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(SIMD_KERNEL), (char) => char.charCodeAt(0)))
  const run = new WebAssembly.Instance(compiled, { env: { memory: wasm } }).exports as Exports
  const memory = layOut(wasm.buffer, sizes)
  const { rows, groups, packed, order, gradients, gathered, scratch, goesLeft, found, histograms } = memory
  const rowAt = (begin: number) => order.byteOffset + 4 * begin
  const histogramAt = (slot: number, group: number) =>
    histograms.byteOffset + (slot * groups + group) * 8 * GROUP_STRIDE
  return {
    memory,
    gather: (begin, count) => run.gather(rowAt(begin), gradients.byteOffset, gathered.byteOffset, count),
    build: (group, slot, begin, count) =>
      run.build(
        packed.byteOffset + 4 * group * rows,
        rowAt(begin),
        gathered.byteOffset,
        histogramAt(slot, group),
        count,
      ),
    subtract: (group, slot, small) => run.subtract(histogramAt(slot, group), histogramAt(small, group)),
    bestCut: (at, end, missingLeft, { G, H, leastHessian, l2 }, toBeat) => {
      const address = histograms.byteOffset + 8 * at
      return run.bestCut(address, end, missingLeft ? address : 0, G, H, leastHessian, l2, toBeat, found.byteOffset)
    },
    partition: (feature, begin, count) =>
      run.partition(
        packed.byteOffset + 4 * (feature >> 2) * rows + (feature & 3),
        rowAt(begin),
        scratch.byteOffset,
        goesLeft.byteOffset,
        count,
      ),
  }
}
