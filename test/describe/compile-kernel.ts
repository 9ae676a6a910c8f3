/** The learners' WebAssembly kernel, compiled from its AssemblyScript source. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import asc from 'assemblyscript/asc'

const SOURCE = fileURLToPath(new URL('../../models/learners/simd-kernel.asc', import.meta.url))
const OPTIONS = { runtime: 'stub', enable: ['simd'], importMemory: true, noAssert: true, optimizeLevel: 3 }

/** The text of `models/learners/simd-kernel.gen.ts`. @throws Error with the compiler's words where it does not compile. */
export async function compiledKernel(): Promise<string> {
  const { error, binary, stderr } = await asc.compileString(readFileSync(SOURCE, 'utf8'), OPTIONS)
  if (error || !binary) throw new Error(`simd-kernel.asc: ${error?.message ?? 'no binary'}\n${stderr.toString()}`)
  const lines = Buffer.from(binary)
    .toString('base64')
    .match(/.{1,110}/g)!
  return [
    '/** WebAssembly, compiled from simd-kernel.asc by `npm run describe`: change that, not this. */',
    'export const SIMD_KERNEL =',
    ...lines.map((line, k) => `  ${k === 0 ? '' : '+ '}'${line}'`),
    '',
  ].join('\n')
}
