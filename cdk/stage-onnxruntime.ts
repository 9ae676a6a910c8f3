import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { copyPackage, PACKAGES, type Processor, packageFolder, ROOT } from './stage-package.ts'

const NATIVE = join('bin', 'napi-v6', 'linux')

/**
 * What a layer of the ONNX runtime holds, for one processor: its JavaScript and the one native build of five, of 290 MB.
 * @returns the folder that becomes `/opt`: a function finds the package by name under `nodejs/node_modules`.
 */
export function stageOnnxRuntime(processor: Processor, folder = join(ROOT, 'cdk/dist-layers', processor)): string {
  rmSync(folder, { recursive: true, force: true })
  const node = packageFolder('onnxruntime-node')
  copyPackage(node, folder, 'onnxruntime-node', ['package.json', 'README.md', 'dist', join(NATIVE, processor)])
  copyPackage(packageFolder('onnxruntime-common', node), folder, 'onnxruntime-common', [
    'package.json',
    'README.md',
    'dist/cjs',
  ])
  withoutBuildScripts(join(folder, PACKAGES, 'onnxruntime-node/package.json'))
  return folder
}

/** They would fetch what was left out, and name what the layer has not. */
function withoutBuildScripts(path: string): void {
  const { name, version, license, main, repository } = JSON.parse(readFileSync(path, 'utf8'))
  writeFileSync(path, `${JSON.stringify({ name, version, license, main, repository }, null, 2)}\n`)
}
