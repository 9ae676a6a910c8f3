import { globSync, readFileSync } from 'node:fs'
import { join, matchesGlob } from 'node:path'
import { describe, expect, test } from 'vitest'
import config from '../../vitest.config.ts'
import { root } from './fixture-tree.ts'

const projects = (config.test?.projects ?? []) as { test: { name: string; include: string[] } }[]
const projectsOf = (file: string) =>
  projects.filter(({ test: { include } }) => include.some((glob) => matchesGlob(file, glob))).map((it) => it.test.name)

describe('test projects', () => {
  test.each([
    ['layers/core/events/money.test.ts', 'unit'],
    ['web/src/pages/prepare-stock.test.tsx', 'unit'],
    ['cdk/config.test.ts', 'unit'],
    ['cdk/stacks/stream.test.ts', 'stacks'],
    ['test/gates/lint.test.ts', 'unit'],
    ['test/bench/percentiles.test.ts', 'unit'],
    ['test/golden/golden.test.ts', 'golden'],
    ['test/contract/state-store.test.ts', 'contract'],
    ['test/real-data/retail.test.ts', 'real-data'],
    ['test/e2e/demo.test.ts', 'e2e'],
    ['test/chaos/kill.test.ts', 'chaos'],
    ['test/cloud/figures.test.ts', 'cloud'],
    ['test/cloud/chains.test.ts', 'cloud-chains'],
  ])('%s runs in %s', (file, name) => {
    expect(projectsOf(file)).toEqual([name])
  })

  test('each test file runs in exactly one project', () => {
    const files = globSync('**/*.{test,spec}.*', {
      cwd: root,
      exclude: ['**/node_modules/**', '**/dist/**', '.counterflow/**'],
    })
    expect(files.length).toBeGreaterThan(0)
    expect(files.filter((file) => projectsOf(file).length !== 1)).toEqual([])
  })

  test('tests run on the Node that package.json pins', () => {
    const pinned = JSON.parse(readFileSync(join(root, 'node_modules/node/package.json'), 'utf8')).version
    expect(process.versions.node).toBe(pinned)
  })
})
