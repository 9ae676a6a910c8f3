/** Raw objects put together on a thread of its own, so that the owner thread goes on answering. */
import type { Compaction } from '#core/lake/raw-compaction.ts'
import type { RawCompactor } from '#runtime/compact-raw.ts'
import { type Jobs, STOPPING } from './jobs.ts'

export class ThreadCompactor implements RawCompactor {
  private readonly jobs: Jobs
  private readonly objectsPath: string
  constructor(jobs: Jobs, objectsPath: string) {
    this.jobs = jobs
    this.objectsPath = objectsPath
  }

  /** Rejects once the engine stops: nothing further is begun. */
  async compact(compaction: Compaction): Promise<number> {
    if (this.jobs.areStopping) throw new Error(STOPPING)
    return this.jobs.run({ job: 'compact', task: { objectsPath: this.objectsPath, compaction } })
  }
}
