import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { Jobs } from './jobs.ts'

test('a process that cannot be begun fails its job, and nobody waits for its end', async () => {
  const node = process.execPath
  onTestFinished(() => {
    process.execPath = node
  })
  process.execPath = join(import.meta.dirname, 'no-node-is-here')
  const jobs = new Jobs()
  const task = {
    logPath: '',
    statePath: '',
    objectsPath: '',
    scratchPath: '',
    generation: 1,
    shards: 1,
    from: 'start',
  } as const
  await expect(jobs.run({ job: 'verify', task })).rejects.toThrow('ENOENT')
  await jobs.stop()
})
