import {
  type DemandForecast,
  type DemandLearner,
  type ModelFiles,
  ShortHistoryError,
} from '#core/demand/demand-learner.ts'
import { type DemandPanel, HORIZON_DAYS } from '#core/demand/demand-panel.ts'
import { cellOf, FORECAST_KINDS } from '#core/demand/forecast-columns.ts'
import { ModelFilesError } from '#core/demand/model-manifest.ts'
import { MANIFEST, scratchFolder, versionFolder } from '#core/demand/model-names.ts'
import { partFolder } from '#core/lake/warehouse-names.ts'
import { FACT_PREDICTIONS } from '#core/lake/warehouse-tables.ts'
import { addDays } from '#core/metrics/business-time.ts'
import type { ObjectStore, Warehouse } from '#core/ports.ts'
import { filesOf } from './demand-models.ts'
import type { DemandWork, ExplainTask, ForecastTask, ForecastWritten, TrainTask } from './demand-work.ts'
import { type ParquetRow, parquetFile } from './parquet.ts'
import { MOST_SERIES, readDemandPanels, readTrainingPanel } from './read-demand-panel.ts'
import { ServedKeeper, sweepServed } from './served-rows.ts'
import type { SqlFiles } from './warehouse-sql.ts'

type WorkPorts = { readonly objects: ObjectStore; readonly warehouse: Warehouse; readonly sql: SqlFiles }

/** Does it on this thread. */
export class InlineDemandWork implements DemandWork {
  private readonly ports: WorkPorts
  private readonly learner: DemandLearner
  private readonly mostSeries: number

  /** `mostSeries`: that are in memory at once. */
  constructor(ports: WorkPorts, learner: DemandLearner, mostSeries = MOST_SERIES) {
    this.ports = ports
    this.learner = learner
    this.mostSeries = mostSeries
  }

  async train({ published, version, champion, effort }: TrainTask, onStep: (done: number) => void) {
    const { merchantId } = published
    const scratch = scratchFolder(merchantId, 'training')
    const read = await readTrainingPanel(this.ports, published, scratch, this.mostSeries)
    if (read === undefined) return { refused: 'nothing was sold of late' }
    const files = champion === undefined ? undefined : await filesOf(this.ports.objects, merchantId, champion)
    try {
      const made = await this.learner.train({ ...read, version, effort, champion: files }, onStep)
      await this.keep(merchantId, version, made.files)
      return { manifest: made.manifest }
    } catch (error) {
      if (error instanceof ShortHistoryError) return { refused: error.message }
      throw error
    }
  }

  /** The manifest last: without it the version is not there. */
  private async keep(merchantId: string, version: string, files: ModelFiles): Promise<void> {
    const folder = versionFolder(merchantId, version)
    for (const [name, bytes] of files) if (name !== MANIFEST) await this.ports.objects.put(`${folder}${name}`, bytes)
    await this.ports.objects.put(`${folder}${MANIFEST}`, files.get(MANIFEST)!)
  }

  async forecast({ published, madeOn, partVersion, champion, baseline }: ForecastTask): Promise<ForecastWritten> {
    const { merchantId } = published
    const { objects } = this.ports
    const part = { madeOn, partVersion }
    const folder = partFolder(FACT_PREDICTIONS.name, merchantId, madeOn, partVersion)
    // What an attempt that was cut off has left.
    for (const name of await objects.list(folder)) await objects.delete(name)
    const kept = new ServedKeeper(objects, merchantId, part, this.learner.newSums())
    const trusted = champion === undefined ? {} : await this.filesToRun(merchantId, champion)
    let { unusable } = trusted
    let by: ModelFiles | string = trusted.files ?? baseline
    let [rows, panels] = [0, 0]
    const scratch = scratchFolder(merchantId, 'predictions')
    for await (const { panel, known } of readDemandPanels(this.ports, published, scratch, this.mostSeries)) {
      const make = () => this.learner.forecast(panel, known, by)
      const forecast = await make().catch((error) => {
        // What is wrong with files is found with the first panel.
        if (!(error instanceof ModelFilesError) || panels > 0) throw error
        unusable = error.message
        by = baseline
        return make()
      })
      const made = rowsOf(panel, forecast, madeOn, by === baseline ? undefined : champion)
      await objects.put(`${folder}part-${panels}.parquet`, parquetFile(FACT_PREDICTIONS.columns, made))
      await kept.add({ panel, known }, forecast)
      rows += made.length
      panels++
    }
    const model = by === baseline ? undefined : champion
    if (panels === 0) {
      await objects.put(`${folder}part-0.parquet`, parquetFile(FACT_PREDICTIONS.columns, []))
      return { rows }
    }
    await kept.end(model ?? null)
    await sweepServed(objects, published, part)
    return { rows, ...(model && { model }), ...(unusable && { unusable }) }
  }

  private async filesToRun(
    merchantId: string,
    version: string,
  ): Promise<{ readonly files?: ModelFiles; readonly unusable?: string }> {
    try {
      const files = await filesOf(this.ports.objects, merchantId, version)
      return files === undefined ? { unusable: `version ${version} is gone` } : { files }
    } catch (error) {
      if (error instanceof ModelFilesError) return { unusable: error.message }
      throw error
    }
  }

  async explain({ merchantId, version, row }: ExplainTask) {
    const files = await filesOf(this.ports.objects, merchantId, version)
    return files && this.learner.explain(files, row)
  }
}

/** A row a day of each series. `model`: absent of the baseline. */
function rowsOf(
  { series }: DemandPanel,
  { columns, segments, servedBy }: DemandForecast,
  madeOn: string,
  model: string | undefined,
): ParquetRow[] {
  return series.flatMap(({ store, product }, place) =>
    Array.from({ length: HORIZON_DAYS }, (_, k): ParquetRow => {
      const values: Readonly<Record<string, unknown>> = {
        made_on: madeOn,
        store_id: store,
        product_id: product,
        day: addDays(madeOn, k),
        horizon: k + 1,
        ...Object.fromEntries(FORECAST_KINDS.map((kind) => [kind, columns[kind][cellOf(place, k + 1)]])),
        segment: segments[place],
        served_by: servedBy[place],
        model_version: model,
      }
      return FACT_PREDICTIONS.columns.map((column) => values[column.name])
    }),
  )
}
