import { App, Validations } from 'aws-cdk-lib'
import { Code } from 'aws-cdk-lib/aws-lambda'
import { manifest } from '#functions/manifest.ts'
import { buildApp } from './build-app.ts'
import { bundleFunctions } from './bundle-functions.ts'
import { ConfigError, readConfig } from './config.ts'
import { functionsIn } from './deployment.ts'
import { HouseChecks } from './house-checks.ts'
import { readDefinition } from './read-definition.ts'
import { duckDbProcessor, stageDuckDb } from './stage-duckdb.ts'
import { stageOnnxRuntime } from './stage-onnxruntime.ts'

const app = new App()
try {
  const config = readConfig({
    env: app.node.tryGetContext('env'),
    emulator: app.node.tryGetContext('emulator'),
    demo: app.node.tryGetContext('demo'),
    timestream: app.node.tryGetContext('timestream'),
  })
  const processor = duckDbProcessor()
  const bundleOf = bundleFunctions(functionsIn(manifest))
  buildApp(app, {
    config,
    manifest,
    codeOf: (runs) => Code.fromAsset(bundleOf(runs)),
    onnxRuntimeOf: (processor) => Code.fromAsset(stageOnnxRuntime(processor)),
    duckDb: { processor, code: () => Code.fromAsset(stageDuckDb(processor)) },
    definitionOf: readDefinition,
  })
  Validations.of(app).addPlugins(new HouseChecks(app))
  app.synth()
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
