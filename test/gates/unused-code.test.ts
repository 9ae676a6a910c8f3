import { afterAll, expect, test } from 'vitest'
import { fixtureTree, runTool } from './fixture-tree.ts'

interface Report {
  issues: {
    file: string
    files: unknown[]
    exports: { name: string }[]
    types: { name: string }[]
    dependencies: { name: string }[]
    unlisted: { name: string }[]
  }[]
}

const tree = fixtureTree(['knip.jsonc', 'tsconfig.json', '.gitignore'], {
  'package.json': JSON.stringify({
    name: 'fixture',
    type: 'module',
    imports: { '#core/*': './layers/core/*' },
    dependencies: { 'never-imported': '1.0.0' },
  }),
  'local/main.ts': `import { used } from '#core/stock.ts'\nimport 'not-listed'\n\nconsole.log(used)\n`,
  'local/export-worker.ts': `import '#core/lake.ts'\n`,
  'models/learners/training-worker.ts': `import '#core/learnt.ts'\n`,
  'functions/manifest.ts': `import '#core/metrics.ts'\n`,
  'functions/receive/handler.ts': `import '#core/door.ts'\n\nexport const handler = 1\n`,
  'layers/core/stock.ts': `export const used = 1\nexport const unusedValue = 2\nexport type UnusedType = 3\n`,
  'layers/core/lake.ts': `export {}\n`,
  'layers/core/learnt.ts': `export {}\n`,
  'layers/core/metrics.ts': `export {}\n`,
  'layers/core/door.ts': `export {}\n`,
  'layers/core/tested.ts': `export const tested = 1\n`,
  'layers/core/tested.test.ts': `import { tested } from './tested.ts'\n\nconsole.log(tested)\n`,
  'layers/core/unused-file.ts': `export {}\n`,
  'functions/receive/unused-file.ts': `export {}\n`,
  'local/unused-file.ts': `export {}\n`,
})
afterAll(tree.remove)

test('unused files, exports, types and packages are found, and nothing that is used', () => {
  const { issues } = runTool('knip/bin/knip.js', ['--reporter', 'json'], tree.folder) as Report
  const names = (kind: 'exports' | 'types' | 'dependencies' | 'unlisted') =>
    issues.flatMap((issue) => issue[kind].map(({ name }) => name))
  expect(
    issues
      .filter(({ files }) => files.length > 0)
      .map(({ file }) => file)
      .sort(),
  ).toEqual(['functions/receive/unused-file.ts', 'layers/core/unused-file.ts', 'local/unused-file.ts'])
  expect(names('exports')).toEqual(['unusedValue'])
  expect(names('types')).toEqual(['UnusedType'])
  expect(names('dependencies')).toEqual(['never-imported'])
  expect(names('unlisted')).toEqual(['not-listed'])
})
