import { configDefaults, defineConfig } from 'vitest/config'

const beside = ['functions', 'layers', 'local', 'models', 'web/src'].map((room) => `${room}/**/*.test.{ts,tsx}`)

const project = (name: string, include: string[], options: object = {}) => ({
  extends: true as const,
  test: { name, include, ...options },
})

const onEmulator = (groupOrder: number) => ({
  testTimeout: 120_000,
  hookTimeout: 300_000,
  fileParallelism: false,
  sequence: { groupOrder },
})

export default defineConfig({
  test: {
    // Child processes, not threads: native addons (LMDB, ONNX) close their files when their process ends.
    pool: 'forks',
    passWithNoTests: true,
    reporters: ['default', './test/lost-files-reporter.ts'],
    exclude: [...configDefaults.exclude, '.counterflow/**'],
    projects: [
      // One process serves many files: starting one for each file would take longer than the tests.
      project(
        'unit',
        [
          ...beside,
          'cdk/*.test.ts',
          'cdk/{cost,scale}/**/*.test.ts',
          'test/gates/**/*.test.ts',
          'test/bench/**/*.test.ts',
        ],
        {
          isolate: false,
          testTimeout: 20_000,
        },
      ),
      // Every stack synthesised, with a library that takes seconds to load.
      project('stacks', ['cdk/{constructs,stacks}/**/*.test.ts'], { isolate: false, testTimeout: 60_000 }),
      project('golden', ['test/golden/**/*.test.ts'], { isolate: false, testTimeout: 30_000 }),
      project('contract', ['test/contract/**/*.test.ts'], { testTimeout: 60_000, hookTimeout: 60_000 }),
      project('real-data', ['test/real-data/**/*.test.ts'], { testTimeout: 300_000, hookTimeout: 300_000 }),
      project('e2e', ['test/e2e/**/*.test.ts'], { testTimeout: 120_000, hookTimeout: 120_000 }),
      // On an emulator of AWS, by `npm run test:cloud` alone. What has rows of its own comes after what compares all rows.
      project('cloud', ['test/cloud/!(chains|deploy).test.ts'], onEmulator(1)),
      project('cloud-chains', ['test/cloud/chains.test.ts'], onEmulator(3)),
      project('cloud-deploy', ['test/cloud/deploy.test.ts'], onEmulator(4)),
      project('chaos', ['test/chaos/**/*.test.ts'], {
        testTimeout: 600_000,
        hookTimeout: 120_000,
        fileParallelism: false,
        sequence: { groupOrder: 2 },
      }),
    ],
  },
})
