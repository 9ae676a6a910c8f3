/** What forecasts are asked of: the published warehouse, for what a viewer may see of it. */
import { storesAsText } from '#core/access/export-scope.ts'
import type { ServedPart } from '#core/demand/served-rows.ts'
import type { FORECAST_QUESTIONS } from '#core/lake/demand-questions.ts'
import { foldersOf, type Published } from '#core/lake/published.ts'
import { warehouseTable } from '#core/lake/warehouse-tables.ts'
import type { RunColumn, Warehouse, WarehouseRow } from '#core/ports.ts'
import { answeringWarehouse } from '#runtime/answering-warehouse.ts'
import { type HttpRequest, viewerIn } from '#runtime/http-handler.ts'
import type { Ports } from '#runtime/ports.ts'
import { readPublished } from '#runtime/published-warehouse.ts'
import { nameIn, storeIn } from '#runtime/query-parameters.ts'
import { newestPart } from '#runtime/served-rows.ts'
import { sqlFile } from '#runtime/warehouse-sql.ts'

const QUESTION_MS = 20_000

type Question = (typeof FORECAST_QUESTIONS)[keyof typeof FORECAST_QUESTIONS]

export class ForecastQuestion {
  readonly merchantId: string
  readonly product: string | undefined
  readonly store: string | undefined
  /** Of which the answer may be; undefined: all there are. */
  readonly stores: readonly string[] | undefined
  readonly published: Published
  /** undefined: nothing was forecast yet. */
  readonly part: ServedPart | undefined
  readonly warehouse: Warehouse

  private constructor(request: HttpRequest, published: Published, warehouse: Warehouse) {
    const viewer = viewerIn(request)
    this.merchantId = viewer.merchantId
    this.product = nameIn(request, 'product')
    this.store = storeIn(request)
    this.stores = this.store === undefined ? viewer.stores : [this.store]
    this.published = published
    this.part = newestPart(published)
    this.warehouse = warehouse
  }

  /** @throws HttpError 404 where there is no warehouse. */
  static async of(ports: Ports, request: HttpRequest): Promise<ForecastQuestion> {
    const published = await readPublished(ports.objects, viewerIn(request).merchantId)
    return new ForecastQuestion(request, published, answeringWarehouse(ports))
  }

  /** `isAsked`: days of the table's parts. @throws WarehouseQueryError */
  async ask(
    name: Question,
    table: string,
    isAsked: (day: string) => boolean,
    { most, more = [] }: { readonly most: number; readonly more?: readonly RunColumn[] },
  ): Promise<readonly WarehouseRow[]> {
    const stores = this.stores === undefined ? null : storesAsText(this.stores)
    const run: RunColumn[] = [
      { name: 'product_id', type: 'text', value: this.product ?? null },
      { name: 'stores', type: 'text', value: stores },
      ...more,
    ]
    const { columns } = warehouseTable(table)
    const inputs = [{ table, columns, folders: foldersOf(this.published, table, isAsked) }]
    return this.warehouse.ask({ sql: await sqlFile(name), run, inputs }, { rows: most, ms: QUESTION_MS })
  }
}
