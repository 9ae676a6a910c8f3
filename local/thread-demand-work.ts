/** Demand is learnt and forecast on a thread of its own, so that the owner thread goes on answering. */
import type { DemandWork, ExplainTask, ForecastTask, ForecastWritten, TrainTask } from '#runtime/demand-work.ts'
import type { Jobs } from './jobs.ts'

export class ThreadDemandWork implements DemandWork {
  private readonly jobs: Jobs
  private readonly objectsPath: string
  constructor(jobs: Jobs, objectsPath: string) {
    this.jobs = jobs
    this.objectsPath = objectsPath
  }

  /** Rejects once the engine stops: what was begun is done anew the next time. */
  async train(train: TrainTask, onStep: (done: number) => void): ReturnType<DemandWork['train']> {
    const { objectsPath } = this
    const worked = await this.jobs.run({ job: 'demand', task: { objectsPath, train } }, onStep)
    return worked as Awaited<ReturnType<DemandWork['train']>>
  }

  async forecast(forecast: ForecastTask): Promise<ForecastWritten> {
    const { objectsPath } = this
    return (await this.jobs.run({ job: 'demand', task: { objectsPath, forecast } })) as ForecastWritten
  }

  async explain(explain: ExplainTask): ReturnType<DemandWork['explain']> {
    const { objectsPath } = this
    return (await this.jobs.run({ job: 'demand', task: { objectsPath, explain } })) as Awaited<
      ReturnType<DemandWork['explain']>
    >
  }
}
