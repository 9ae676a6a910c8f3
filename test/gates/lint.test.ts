import { afterAll, describe, expect, test } from 'vitest'
import { fixtureTree, runTool } from './fixture-tree.ts'

const readsEnvironment = `export const region = process.env.REGION\n`
const environment = 'lint/style/noProcessEnv'
const globals = 'lint/style/noRestrictedGlobals'

const cases: [file: string, source: string, ...categories: string[]][] = [
  ['layers/runtime/good.ts', `export const units = 1\n`],
  ['layers/runtime/unused-import.ts', `import { join } from 'node:path'\n`, 'lint/correctness/noUnusedImports'],
  ['layers/runtime/unformatted.ts', `export const units = "1";\n`, 'format'],
  [
    'layers/runtime/type-as-value.ts',
    `import { Row } from './row.ts'\n\nexport type A = Row\n`,
    'lint/style/useImportType',
  ],

  ['layers/runtime/env.ts', readsEnvironment],
  ['cdk/config.ts', readsEnvironment],
  ['local/settings.ts', readsEnvironment],
  ['test/e2e/settings.ts', readsEnvironment],
  ['layers/runtime/engine.ts', readsEnvironment, environment],
  ['layers/adapters/aws/env.ts', readsEnvironment, environment],
  ['functions/receive/handler.ts', readsEnvironment, environment],
  ['cdk/app.ts', readsEnvironment, environment],
  ['models/demand/train.ts', readsEnvironment, environment],
  ['web/src/main.tsx', readsEnvironment, environment],
  ['vitest.config.ts', readsEnvironment, environment],

  ['layers/core/env.ts', readsEnvironment, environment, globals],
  ['layers/core/logs.ts', `export const log = () => console.log('sold')\n`, globals],
  ['layers/core/waits.ts', `export const wait = (then: () => void) => setTimeout(then, 1)\n`, globals],
  ['layers/core/calls.ts', `export const call = () => fetch('https://shop.example')\n`, globals],
  ['layers/core/times.ts', `export const now = () => performance.now()\n`, globals],
  ['layers/core/makes-ids.ts', `export const id = () => crypto.randomUUID()\n`, globals],
  ['layers/core/logs.test.ts', `console.log('sold')\n`],
]

interface Report {
  diagnostics: { severity: string; category: string; location: { path: string } }[]
}

const tree = fixtureTree(
  ['biome.json', '.gitignore'],
  Object.fromEntries(cases.map(([file, source]) => [file, source])),
)
afterAll(tree.remove)
const { diagnostics } = runTool(
  '@biomejs/biome/bin/biome',
  ['ci', '--colors=off', '--reporter=json', '.'],
  tree.folder,
) as Report

describe('format and lint', () => {
  test.each(cases)('%s', (file, _source, ...categories) => {
    const errors = diagnostics.filter((it) => it.severity === 'error' && it.location.path === file)
    expect([...new Set(errors.map(({ category }) => category))].sort()).toEqual([...categories].sort())
  })
})
