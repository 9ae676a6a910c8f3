/** Trees as onnxruntime runs them: what serves forecasts, on one machine and on AWS. */
import { createRequire } from 'node:module'
import type * as OnnxRuntime from 'onnxruntime-node'
import { columnsByName, type Feature, type FeatureTable } from './feature-table.ts'
import { ONNX_INPUT, ONNX_OUTPUT } from './write-onnx.ts'

/** By `require`, when it is first needed: a module that is imported would not be looked for in a layer of Lambda. */
const onnxRuntime = () => createRequire(import.meta.url)('onnxruntime-node') as typeof OnnxRuntime

export class OnnxTrees {
  private readonly session: OnnxRuntime.InferenceSession
  private readonly features: readonly Feature[]

  private constructor(session: OnnxRuntime.InferenceSession, features: readonly Feature[]) {
    this.session = session
    this.features = features
  }

  /**
   * `bytes`: as `onnxOf` writes them. `features`: in the order of the trees. On one thread, so that sums are the same each time.
   * Rejects where onnxruntime cannot read the bytes.
   */
  static async open(bytes: Uint8Array, features: readonly Feature[]): Promise<OnnxTrees> {
    const { InferenceSession } = onnxRuntime()
    return new OnnxTrees(await InferenceSession.create(bytes, { intraOpNumThreads: 1, interOpNumThreads: 1 }), features)
  }

  /** Through the link, Float32[rows]. @throws FeatureTableError where the table lacks a feature or has it as another kind. */
  async predict(table: FeatureTable): Promise<Float32Array> {
    const columns = columnsByName(table, this.features)
    const width = columns.length
    const input = new Float32Array(table.rows * width)
    for (const [j, column] of columns.entries())
      for (let row = 0; row < table.rows; row++) input[row * width + j] = column[row]!
    const { Tensor } = onnxRuntime()
    const out = await this.session.run({ [ONNX_INPUT]: new Tensor('float32', input, [table.rows, width]) })
    return out[ONNX_OUTPUT]!.data as Float32Array
  }

  close(): Promise<void> {
    return this.session.release()
  }
}
