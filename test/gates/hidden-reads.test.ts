import { globSync, readFileSync } from 'node:fs'
import { join, matchesGlob } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from './fixture-tree.ts'
import { clockAndChanceReads, environmentBypasses } from './hidden-reads.ts'

const sources = globSync('{cdk,functions,layers,models,web}/**/*.{ts,tsx}', {
  cwd: root,
  exclude: ['**/node_modules/**', 'web/dist/**'],
})
const findingsIn = (files: string[], read: (source: string) => string[]) =>
  files.flatMap((file) => read(readFileSync(join(root, file), 'utf8')).map((finding) => `${file}:${finding}`))

describe('the environment is read in its four places only', () => {
  test.each([
    `import { env } from 'node:process'`,
    `import host from 'process'`,
    `const { env } = process`,
    `const host = process`,
    `read(process)`,
    `process['env']`,
    `globalThis['process']`,
    `globalThis.process`,
    `const all = { process }`,
    `const read = (host = process) => host`,
    `() => process`,
    `process.env`,
  ])('%s is found', (source) => {
    expect(environmentBypasses(source)).toHaveLength(1)
  })

  test.each([
    `process.on('SIGTERM', stop)`,
    `engine.process(batch)`,
    `const stages = { process: run }`,
    `class Engine { process(batch: unknown) { return batch } }`,
    `import { process } from './stages.ts'`,
  ])('%s is not', (source) => {
    expect(environmentBypasses(source)).toEqual([])
  })

  test('the sources', () => {
    const allowed = ['layers/runtime/env.ts', 'cdk/config.ts']
    const judged = sources.filter((file) => !allowed.includes(file))
    expect(findingsIn(judged, environmentBypasses)).toEqual([])
  })
})

describe('core reads no clock and no chance', () => {
  test.each(['Date.now()', 'new Date()', 'Date()', 'Math.random()', 'Temporal.Now.instant()'])(
    '%s is found',
    (source) => {
      expect(clockAndChanceReads(source)).toHaveLength(1)
    },
  )

  test.each(['new Date(0)', 'Date.UTC(2026, 0)', 'Math.max(1, 2)', 'Temporal.Instant.from(text)'])(
    '%s is not',
    (source) => {
      expect(clockAndChanceReads(source)).toEqual([])
    },
  )

  test('the sources', () => {
    const judged = sources.filter((file) => matchesGlob(file, 'layers/core/**') && !/\.test\.tsx?$/.test(file))
    expect(judged.length).toBeGreaterThan(0)
    expect(findingsIn(judged, clockAndChanceReads)).toEqual([])
  })
})
