import { Stack } from 'aws-cdk-lib'
import { type Architecture, type Code, LayerVersion, Runtime } from 'aws-cdk-lib/aws-lambda'
import type { Construct } from 'constructs'

const ID = 'OnnxRuntime'

/**
 * The ONNX runtime for the functions of one stack, made where the first of them asks. One for each stack: the address of a
 * layer changes with each version, and one stack may not change what another one has imported.
 */
export function onnxRuntimeLayer(scope: Construct, architecture: Architecture, codeOf: () => Code): LayerVersion {
  const stack = Stack.of(scope)
  const known = stack.node.tryFindChild(ID)
  if (known !== undefined) return known as LayerVersion
  return new LayerVersion(stack, ID, {
    code: codeOf(),
    compatibleRuntimes: [Runtime.NODEJS_24_X],
    compatibleArchitectures: [architecture],
    license: 'MIT',
    description: 'onnxruntime-node, without what other processors need',
  })
}
