import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** As Node names the processors that Lambda has. */
export type Processor = 'arm64' | 'x64'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const NATIVE = join('bin', 'napi-v6', 'linux')

/**
 * What a layer of the ONNX runtime holds, for one processor: its JavaScript and the one native build of five, of 290 MB.
 * @returns the folder that becomes `/opt`: a function finds the package by name under `nodejs/node_modules`.
 */
export function stageOnnxRuntime(processor: Processor, folder = join(ROOT, 'cdk/dist-layers', processor)): string {
  rmSync(folder, { recursive: true, force: true })
  const node = packageFolder('onnxruntime-node')
  copy(node, folder, 'onnxruntime-node', ['package.json', 'README.md', 'dist', join(NATIVE, processor)])
  copy(packageFolder('onnxruntime-common', node), folder, 'onnxruntime-common', [
    'package.json',
    'README.md',
    'dist/cjs',
  ])
  withoutBuildScripts(join(folder, 'nodejs/node_modules/onnxruntime-node/package.json'))
  return folder
}

/** As Node finds it, from a folder or from here: beside or above. */
function packageFolder(name: string, from = ROOT): string {
  for (let at = from; ; at = dirname(at)) {
    const found = join(at, 'node_modules', name)
    if (isThere(found)) return found
    if (at === dirname(at)) throw new Error(`${name} is not installed: run \`npm install\` first`)
  }
}

function isThere(folder: string): boolean {
  try {
    return readdirSync(folder).includes('package.json')
  } catch {
    return false
  }
}

function copy(from: string, folder: string, name: string, parts: readonly string[]): void {
  const to = join(folder, 'nodejs/node_modules', name)
  mkdirSync(to, { recursive: true })
  for (const part of parts)
    cpSync(join(from, part), join(to, part), { recursive: true, filter: (it) => !/\.(d\.ts|map)$/.test(it) })
}

/** They would fetch what was left out, and name what the layer has not. */
function withoutBuildScripts(path: string): void {
  const { name, version, license, main, repository } = JSON.parse(readFileSync(path, 'utf8'))
  writeFileSync(path, `${JSON.stringify({ name, version, license, main, repository }, null, 2)}\n`)
}
