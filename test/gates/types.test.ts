import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { root } from './fixture-tree.ts'

const notErasable = 1294

const cases: [what: string, source: string, ...codes: number[]][] = [
  ['good code', `export const units = (of: number[]) => of.length`],
  ['an implicit any', `export const units = (of) => of`, 7006],
  ['an enum, which Node cannot strip', `export enum Channel { Shop }`, notErasable],
  [
    'a parameter property, which Node cannot strip',
    `export class Row { constructor(public units: number) {} }`,
    notErasable,
  ],
  ['an unchecked index', `export const first = (of: string[]) => of[0].length`, 2532],
  ['null where a value is due', `export const units: number = null`, 2322],
  ['undefined for a field that may be left out', `export const row: { a?: number } = { a: undefined }`, 2375],
  ['an unused local', `const units = 1\nexport {}`, 6133],
  ['an override that does not say so', `class A { a() {} }\nexport class B extends A { a() {} }`, 4114],
  ['a type imported as a value', `import { Row } from './shapes.ts'\nexport type A = Row`, 1484],
]

const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile)
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root)
const at = (index: number) => join(root, 'layers', `gate-${index}`, 'probe.ts')
const shapes = 'export type Row = number'
const sources = new Map([
  ...cases.map(([, source], index) => [at(index), source] as const),
  ...cases.map((_case, index) => [join(root, 'layers', `gate-${index}`, 'shapes.ts'), shapes] as const),
])

const host = ts.createCompilerHost(options)
const { fileExists, getSourceFile } = host
// Without it the compiler takes every folder to be there, the probes' too.
delete host.directoryExists
host.fileExists = (name) => sources.has(name) || fileExists(name)
host.getSourceFile = (name, target, ...rest) => {
  const source = sources.get(name)
  return source === undefined ? getSourceFile(name, target, ...rest) : ts.createSourceFile(name, source, target)
}
const program = ts.createProgram([...sources.keys()], { ...options, types: [], incremental: false }, host)

describe('the compiler', () => {
  test.each(cases.map((it, index) => ({ what: it[0], codes: it.slice(2), index })))('$what', ({ codes, index }) => {
    const file = program.getSourceFile(at(index))
    const diagnostics = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]
    expect(diagnostics.map(({ code }) => code)).toEqual(codes)
  })
})
