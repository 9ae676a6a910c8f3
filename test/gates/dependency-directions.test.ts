import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { IConfiguration, ICruiseResult } from 'dependency-cruiser'
import { afterAll, describe, expect, test } from 'vitest'
import { fixtureTree, root, runTool } from './fixture-tree.ts'

/** A file, what it says, and the rules it breaks; no rule means that the file is as it should be. */
const cases: [file: string, source: string, ...rules: string[]][] = [
  ['layers/core/inventory/stock.ts', `import { z } from 'zod'\nexport const stock = z`],
  ['layers/core/events/sale.ts', `import 'temporal-polyfill'\nimport '../inventory/stock.ts'`],
  ['layers/core/reads-file.ts', `import 'node:fs'`, 'core-is-pure'],
  ['layers/core/reads-bare-file.ts', `import 'fs'`, 'core-is-pure'],
  ['layers/core/asks-process.ts', `export const fs = process.getBuiltinModule('node:fs')`, 'core-is-pure'],
  ['layers/core/loads-later.ts', `export const load = () => import('fastify')`, 'core-is-pure'],
  [
    'layers/core/requires.ts',
    `import store = require('../adapters/embedded/store.ts')\nexport { store }`,
    'core-is-pure',
  ],
  [
    'layers/core/names-type.ts',
    `import type { Store } from '#adapters/embedded/store.ts'\nexport type A = Store`,
    'core-is-pure',
  ],
  ['layers/core/inlines-type.ts', `export type A = import('#adapters/embedded/store.ts').Store`, 'core-is-pure'],
  ['layers/core/passes-on.ts', `export * from '../runtime/engine.ts'`, 'core-is-pure'],
  [
    'layers/core/stock.test.ts',
    `import 'vitest'\nimport 'fast-check'\nimport '#test/fakes/clock.ts'\nimport './events/sale.ts'`,
  ],
  ['layers/core/reads-file.test.ts', `import 'node:fs'`, 'core-tests-are-pure'],
  ['layers/core/opens-store.test.ts', `import '#adapters/embedded/store.ts'`, 'core-tests-are-pure'],

  ['layers/adapters/embedded/store.ts', `import '#core/events/sale.ts'\nexport type Store = object`],
  ['layers/runtime/engine.ts', `import 'node:crypto'\nimport '#core/events/sale.ts'`],
  ['layers/adapters/embedded/runs-engine.ts', `import '#runtime/engine.ts'`, 'layers-import-core-only'],
  ['layers/runtime/opens-store.ts', `import '#adapters/embedded/store.ts'`, 'layers-import-core-only'],
  ['layers/runtime/engine.test.ts', `import '#adapters/embedded/store.ts'\nimport '#test/fakes/clock.ts'`],
  ['layers/runtime/calls-function.test.ts', `import '#functions/answer-query/handler.ts'`, 'layer-tests-import-layers'],

  ['functions/manifest.ts', `import '#core/events/sale.ts'`],
  [
    'functions/answer-query/handler.ts',
    `import '../../models/demand/train.ts'\nimport '#adapters/embedded/store.ts'\nimport '#runtime/engine.ts'\nimport type { Context } from 'aws-lambda'\nexport type A = Context`,
  ],
  ['functions/receive/handler.ts', `import '../answer-query/handler.ts'`, 'functions-import-layers-and-models'],
  ['functions/receive/starts-host.ts', `import '#local/host.ts'`, 'functions-import-layers-and-models'],
  ['functions/wiring.ts', `import './answer-query/handler.ts'`, 'manifest-is-data'],

  ['models/demand/train.ts', `import 'node:fs'\nimport '#core/events/sale.ts'\nimport '../learners/trees.ts'`],
  ['models/learners/trees.ts', `export const trees = 1`],
  ['models/demand/runs-engine.ts', `import '#runtime/engine.ts'`, 'models-import-core'],

  ['web/src/main.tsx', `import '#core/events/sale.ts'\nimport 'react'\nexport const page = <p />`],
  ['layers/core/access/rights.ts', `export const RIGHTS = {}`],
  ['layers/core/access/may-do.ts', `import './rights.ts'\nexport const mayDo = 1`],
  ['web/src/names-rights.tsx', `import '#core/access/rights.ts'\nexport const page = <p />`],
  ['web/src/decides-access.tsx', `import '#core/access/may-do.ts'\nexport const page = <p />`, 'web-imports-shapes'],
  ['web/src/decides.tsx', `import '#core/inventory/stock.ts'\nexport const page = <p />`, 'web-imports-shapes'],

  ['cdk/app.ts', `import 'aws-cdk-lib'\nimport '#core/events/sale.ts'\nimport '#functions/manifest.ts'`],
  ['cdk/bundles.ts', `import '#functions/answer-query/handler.ts'`, 'cdk-imports-core-and-manifest'],

  [
    'local/host.ts',
    `import '#functions/answer-query/handler.ts'\nimport '#functions/manifest.ts'\nimport '../models/demand/train.ts'`,
  ],
  ['local/deploys.ts', `import '../cdk/app.ts'`, 'local-imports-no-cdk-no-web'],
  ['local/draws.ts', `import '../web/src/main.tsx'`, 'local-imports-no-cdk-no-web'],

  ['test/fakes/clock.ts', `import '#local/host.ts'`],
  ['local/uses-fake.ts', `import '#test/fakes/clock.ts'`, 'nothing-imports-tests'],
  ['local/uses-test.ts', `import './host.test.ts'`, 'nothing-imports-tests'],
  ['local/host.test.ts', `import '#test/fakes/clock.ts'`],

  ['layers/adapters/aws/bucket.ts', `import '@aws-sdk/client-s3'`],
  ['layers/runtime/traces.ts', `import '@aws-lambda-powertools/logger'`],
  ['layers/adapters/embedded/bucket.ts', `import '@aws-sdk/client-s3'`, 'aws-at-the-edge'],
  [
    'functions/receive/bucket.ts',
    `import type { S3 } from '@aws-sdk/client-s3'\nexport type A = S3`,
    'aws-at-the-edge',
  ],
  ['local/missing-aws.ts', `import '@aws-sdk/client-not-installed'`, 'aws-at-the-edge', 'imports-resolve'],
  [
    'models/demand/reads-event.ts',
    `import type { Context } from 'aws-lambda'\nexport type A = Context`,
    'aws-event-shapes',
  ],

  // A circle is reported once, by one of its files.
  ['layers/runtime/round.ts', `import type { B } from './about.ts'\nexport type A = B`],
  ['layers/runtime/about.ts', `import type { A } from './round.ts'\nexport type B = A | 1`, 'no-circles'],
  ['layers/runtime/by-chance.ts', `import 'stowaway'`, 'declared-packages-only'],
  ['layers/runtime/builds.ts', `import 'vite'`, 'no-development-packages-in-the-product'],
  ['layers/runtime/lost.ts', `import '#core/nowhere.ts'`, 'imports-resolve'],
]

const packages = [
  'zod',
  'temporal-polyfill',
  'fastify',
  'react',
  'aws-cdk-lib',
  '@aws-sdk/client-s3',
  '@aws-lambda-powertools/logger',
]
const testPackages = ['vitest', 'fast-check', 'vite', '@types/aws-lambda']
const versions = (names: string[]) => Object.fromEntries(names.map((name) => [name, '1.0.0']))
const aliases = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).imports

const tree = fixtureTree(['.dependency-cruiser.cjs', 'tsconfig.json'], {
  'package.json': JSON.stringify({
    type: 'module',
    imports: aliases,
    dependencies: versions(packages),
    devDependencies: versions(testPackages),
  }),
  ...Object.fromEntries(
    [...packages, ...testPackages, 'stowaway'].flatMap((name) => [
      [`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', types: 'index.d.ts' })],
      [`node_modules/${name}/index.d.ts`, 'export type Context = object\nexport type S3 = object'],
    ]),
  ),
  ...Object.fromEntries(cases.map(([file, source]) => [file, source])),
})
afterAll(tree.remove)

const rooms = ['cdk', 'functions', 'layers', 'local', 'models', 'test', 'web']
const { modules, summary } = runTool(
  'dependency-cruiser/bin/dependency-cruiser.mjs',
  ['--output-type', 'json', ...rooms],
  tree.folder,
) as ICruiseResult
const { forbidden = [] }: IConfiguration = createRequire(import.meta.url)('../../.dependency-cruiser.cjs')

describe('dependency directions', () => {
  test.each(cases)('%s', (file, _source, ...rules) => {
    const broken = summary.violations.filter((violation) => violation.from === file).map(({ rule }) => rule.name)
    expect([...new Set(broken)].sort()).toEqual([...rules].sort())
  })

  test('each rule is broken by a case above', () => {
    const broken = new Set(cases.flatMap(([, , ...rules]) => rules))
    expect(forbidden.map(({ name }) => name).sort()).toEqual([...broken].sort())
  })

  test('each rule fails the check, and none is weakened', () => {
    expect(forbidden.map(({ severity }) => severity)).toEqual(forbidden.map(() => 'error'))
  })

  test('TypeScript is read, its aliases and its type imports followed', () => {
    const edges = modules.flatMap((module) => module.dependencies.map((to) => ({ from: module.source, ...to })))
    expect(modules.filter(({ source }) => /\.tsx?$/.test(source)).length).toBeGreaterThanOrEqual(cases.length)
    expect(edges).toContainEqual(
      expect.objectContaining({
        from: 'layers/core/names-type.ts',
        module: '#adapters/embedded/store.ts',
        resolved: 'layers/adapters/embedded/store.ts',
        dependencyTypes: expect.arrayContaining(['aliased-subpath-import', 'type-only']),
      }),
    )
  })
})
