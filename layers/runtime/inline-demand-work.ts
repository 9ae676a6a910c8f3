import { type DemandLearner, type ModelFiles, ShortHistoryError } from '#core/demand/demand-learner.ts'
import { HORIZON_DAYS } from '#core/demand/demand-panel.ts'
import { cellOf, FORECAST_KINDS } from '#core/demand/forecast-columns.ts'
import { ModelFilesError } from '#core/demand/model-manifest.ts'
import { MANIFEST, scratchFolder, versionFolder } from '#core/demand/model-names.ts'
import { partFolder } from '#core/lake/warehouse-names.ts'
import { FACT_PREDICTIONS } from '#core/lake/warehouse-tables.ts'
import { addDays } from '#core/metrics/business-time.ts'
import type { ObjectStore, Warehouse } from '#core/ports.ts'
import { filesOf } from './demand-models.ts'
import type { DemandWork, ExplainTask, ForecastTask, ForecastWritten, SumsTask, TrainTask } from './demand-work.ts'
import { type ParquetRow, parquetFile } from './parquet.ts'
import { readDemandPanel } from './read-demand-panel.ts'
import { readDemandSums } from './read-demand-sums.ts'
import { keepServed, sweepServed } from './served-rows.ts'
import type { SqlFiles } from './warehouse-sql.ts'

type WorkPorts = { readonly objects: ObjectStore; readonly warehouse: Warehouse; readonly sql: SqlFiles }

/** Does it on this thread. */
export class InlineDemandWork implements DemandWork {
  private readonly ports: WorkPorts
  private readonly learner: DemandLearner

  constructor(ports: WorkPorts, learner: DemandLearner) {
    this.ports = ports
    this.learner = learner
  }

  async train({ published, version, champion, effort }: TrainTask, onStep: (done: number) => void) {
    const { merchantId } = published
    const read = await readDemandPanel(this.ports, published, scratchFolder(merchantId, 'training'))
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
    const read = await readDemandPanel(this.ports, published, scratchFolder(merchantId, 'predictions'))
    const name = `${partFolder(FACT_PREDICTIONS.name, merchantId, madeOn, partVersion)}part-0.parquet`
    if (read === undefined) {
      await this.ports.objects.put(name, parquetFile(FACT_PREDICTIONS.columns, []))
      return { rows: 0, leftOut: 0 }
    }
    const { panel, known, leftOut } = read
    const run = (model: ModelFiles | string) => this.learner.forecast(panel, known, model)
    const { made, unusable } = await this.runChampion(merchantId, champion, run)
    const forecast = made ?? (await run(baseline))
    const { columns, segments, servedBy } = forecast
    const model = made === undefined ? undefined : champion
    const rows = panel.series.flatMap(({ store, product }, place) =>
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
    await this.ports.objects.put(name, parquetFile(FACT_PREDICTIONS.columns, rows))
    const sums = (groupOf: (place: number) => string) => this.learner.sums(panel, known, columns, groupOf)
    const totals = { stores: sums((place) => panel.series[place]!.store), all: sums(() => '').get('') }
    const part = { madeOn, partVersion }
    await keepServed(this.ports.objects, merchantId, part, model ?? null, read, forecast, totals)
    await sweepServed(this.ports.objects, published, part)
    return { rows: rows.length, leftOut, ...(model && { model }), ...(unusable && { unusable }) }
  }

  async explain({ merchantId, version, row }: ExplainTask) {
    const files = await filesOf(this.ports.objects, merchantId, version)
    return files && this.learner.explain(files, row)
  }

  sums = ({ published, by }: SumsTask) => readDemandSums(this.ports, this.learner, published, by)

  private async runChampion<T>(
    merchantId: string,
    champion: string | undefined,
    run: (files: ModelFiles) => Promise<T>,
  ): Promise<{ readonly made?: T; readonly unusable?: string }> {
    if (champion === undefined) return {}
    try {
      const files = await filesOf(this.ports.objects, merchantId, champion)
      if (files === undefined) return { unusable: `version ${champion} is gone` }
      return { made: await run(files) }
    } catch (error) {
      if (error instanceof ModelFilesError) return { unusable: error.message }
      throw error
    }
  }
}
