import { Stack } from 'aws-cdk-lib'
import { type Architecture, type Code, LayerVersion, Runtime } from 'aws-cdk-lib/aws-lambda'
import type { Construct } from 'constructs'
import type { NativeNeed } from '#functions/manifest.ts'

const LAYERS: Readonly<Record<NativeNeed, { readonly id: string; readonly description: string }>> = {
  duckdb: { id: 'DuckDb', description: 'DuckDB, for one processor' },
  onnxruntime: { id: 'OnnxRuntime', description: 'onnxruntime-node, without what other processors need' },
}

/**
 * Native code for the functions of one stack, made where the first of them asks. One for each stack: the address of a
 * layer changes with each version, and one stack may not change what another one has imported.
 */
export function nativeLayer(
  scope: Construct,
  need: NativeNeed,
  architecture: Architecture,
  codeOf: () => Code,
): LayerVersion {
  const { id, description } = LAYERS[need]
  const stack = Stack.of(scope)
  const known = stack.node.tryFindChild(id)
  if (known !== undefined) return known as LayerVersion
  return new LayerVersion(stack, id, {
    code: codeOf(),
    compatibleRuntimes: [Runtime.NODEJS_24_X],
    compatibleArchitectures: [architecture],
    license: 'MIT',
    description,
  })
}
