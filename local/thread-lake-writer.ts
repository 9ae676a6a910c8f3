/** The lake's objects made and written on a thread of its own, so that the owner thread goes on answering. */
import type { LakeStretch, LakeWriter, Written } from '#runtime/write-stretch.ts'
import { type Jobs, STOPPING } from './jobs.ts'
import type { LakeTask } from './write-lake.ts'

export class ThreadLakeWriter implements LakeWriter {
  private readonly jobs: Jobs
  private readonly objectsPath: string
  constructor(jobs: Jobs, objectsPath: string) {
    this.jobs = jobs
    this.objectsPath = objectsPath
  }

  /** Rejects once the engine stops: no further stretch is begun. */
  async write({ stretch, records, notes }: LakeStretch): Promise<Written> {
    if (this.jobs.areStopping) throw new Error(STOPPING)
    const task: LakeTask = {
      objectsPath: this.objectsPath,
      stretch,
      notes,
      sequences: records.map(({ sequence }) => sequence),
      lengths: records.map(({ bytes }) => bytes.byteLength),
      bytes: Buffer.concat(records.map(({ bytes }) => bytes)),
    }
    return this.jobs.run({ job: 'lake', task })
  }
}
