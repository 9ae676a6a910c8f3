/** What a thread does to train the demand model, or to forecast with it. */
import { DuckDbWarehouse } from '#adapters/embedded/duckdb-warehouse.ts'
import { FolderObjectStore } from '#adapters/embedded/folder-object-store.ts'
import type { DemandWork, ExplainTask, ForecastTask, TrainTask } from '#runtime/demand-work.ts'
import { InlineDemandWork } from '#runtime/inline-demand-work.ts'
import { sqlFile } from '#runtime/warehouse-sql.ts'
import { demandLearner } from '../models/demand/demand-learner.ts'

export type DemandTask = { readonly objectsPath: string } & (
  | { readonly train: TrainTask }
  | { readonly forecast: ForecastTask }
  | { readonly explain: ExplainTask }
)
export type DemandWorked = { [Work in keyof DemandWork]: Awaited<ReturnType<DemandWork[Work]>> }[keyof DemandWork]

/** With a DuckDB of its own, whose memory is given back at the end. */
export async function workOnDemand(task: DemandTask, onStep: (done: number) => void): Promise<DemandWorked> {
  const objects = new FolderObjectStore(task.objectsPath)
  const warehouse = new DuckDbWarehouse(task.objectsPath)
  const work = new InlineDemandWork({ objects, warehouse, sql: sqlFile }, demandLearner)
  try {
    if ('train' in task) return await work.train(task.train, onStep)
    if ('explain' in task) return await work.explain(task.explain)
    return await work.forecast(task.forecast)
  } finally {
    await warehouse.close()
  }
}
