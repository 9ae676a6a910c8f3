import { spawnSync } from 'node:child_process'
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { tinyOnnxModel } from '#test/fixtures/tiny-onnx-model.ts'
import { stageOnnxRuntime } from '../../cdk/stage-onnxruntime.ts'

const MAX_BYTES = 50_000_000
const PROCESSORS = ['arm64', 'x64'] as const
/** The processor whose code each file has, by the header of ELF ("e_machine", at 18): System V ABI, chapter 4. */
const MACHINES = { arm64: 0xb7, x64: 0x3e } as const

const folder = mkdtempSync(join(tmpdir(), 'layer-'))
afterAll(() => rmSync(folder, { recursive: true }))

const filesOf = (opt: string): string[] =>
  readdirSync(opt, { recursive: true, withFileTypes: true })
    .filter((it) => it.isFile())
    .map((it) => join(it.parentPath, it.name))

test.each(PROCESSORS)('%s: the layer is small enough, and holds the code of that processor alone', (processor) => {
  const files = filesOf(stageOnnxRuntime(processor, join(folder, processor)))
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0)
  console.log(`the layer of ${processor} has ${(bytes / 1e6).toFixed(1)} MB`)
  expect(bytes).toBeLessThanOrEqual(MAX_BYTES)
  const native = files.filter((file) => /\.(node|so(\.\d+)*|dll|dylib)$/.test(file))
  expect(native.map((file) => readFileSync(file).readUInt16LE(18))).toEqual([MACHINES[processor], MACHINES[processor]])
})

/** Where Lambda puts a layer; where it was made, if this machine has something else there or keeps it closed. */
function putUnderOpt(opt: string): string {
  try {
    symlinkSync(join(opt, 'nodejs'), '/opt/nodejs')
  } catch {
    return opt
  }
  onTestFinished(() => unlinkSync('/opt/nodejs'))
  return '/opt'
}

test.skipIf(process.platform !== 'linux' || !PROCESSORS.includes(process.arch as never))(
  'a function finds it under /opt, and runs a model',
  () => {
    const opt = stageOnnxRuntime(process.arch as 'x64' | 'arm64', join(folder, 'opt'))
    writeFileSync(join(folder, 'tiny.onnx'), tinyOnnxModel(3))
    // As a bundle on Lambda: a module, outside of this repository, and NODE_PATH as the runtime of Node sets it.
    writeFileSync(
      join(folder, 'index.mjs'),
      `import { createRequire } from 'node:module'
      const require = createRequire(import.meta.url)
      const { InferenceSession, Tensor } = require('onnxruntime-node')
      const session = await InferenceSession.create('tiny.onnx')
      const { y } = await session.run({ x: new Tensor('float32', Float32Array.from([1, 2.5, -4]), [3]) })
      console.log(JSON.stringify({ from: require.resolve('onnxruntime-node'), y: [...y.data] }))`,
    )
    const env = { PATH: '/usr/bin:/bin', NODE_PATH: join(putUnderOpt(opt), 'nodejs/node_modules') }
    const { status, stdout, stderr } = spawnSync(process.execPath, ['index.mjs'], { cwd: folder, env })
    expect([status, stderr.toString()]).toEqual([0, ''])
    const { from, y } = JSON.parse(stdout.toString())
    expect(from).toBe(join(opt, 'nodejs/node_modules/onnxruntime-node/dist/index.js'))
    expect(y).toEqual([3, 7.5, -12])
  },
)
