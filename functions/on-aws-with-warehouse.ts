/** As `on-aws.ts`, for functions whose line in the manifest needs DuckDB: with a warehouse, and what trains and forecasts. */
import { awsPorts } from '#adapters/aws/aws-ports.ts'
import { awsWarehouse } from '#adapters/aws/aws-warehouse.ts'
import type { TableColumn } from '#core/ports.ts'
import { ROW_MIGRATIONS } from '#core/row-migrations.ts'
import { ObjectCompactor } from '#runtime/compact-raw.ts'
import { readEnv } from '#runtime/env.ts'
import { InlineDemandWork } from '#runtime/inline-demand-work.ts'
import { withMigrations } from '#runtime/migrating-state-store.ts'
import { ParquetParts } from '#runtime/parquet.ts'
import { providePorts } from '#runtime/ports.ts'
import { signStandardWebhooks } from '#runtime/proofs.ts'
import { sqlFile } from '#runtime/warehouse-sql.ts'
import { ObjectLakeWriter } from '#runtime/write-stretch.ts'
import { demandLearner } from '../models/demand/demand-learner.ts'

const log = (line: object) => console.log(JSON.stringify(line))

providePorts((remainingMs) => {
  const settings = readEnv()
  const ports = awsPorts({ settings, sign: signStandardWebhooks, log })
  const { objects, ids } = ports
  const newParquet = (columns: readonly TableColumn[]) => new ParquetParts(columns)
  const warehouse = awsWarehouse({ settings, objects, ids, newParquet, remainingMs })
  return {
    ...ports,
    state: withMigrations(ports.state, ROW_MIGRATIONS),
    lake: new ObjectLakeWriter(objects),
    compactor: new ObjectCompactor(objects),
    warehouse,
    exports: warehouse,
    demand: new InlineDemandWork({ objects, warehouse, sql: sqlFile }, demandLearner),
  }
})
