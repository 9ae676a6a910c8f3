/** The warehouse of a function on AWS: DuckDB within it, or Athena where the deployment has that. */
import { AthenaClient } from '@aws-sdk/client-athena'
import { GlueClient } from '@aws-sdk/client-glue'
import type { IdSource, Warehouse } from '#core/ports.ts'
import { AthenaWarehouse, type NewParquet } from './athena-warehouse.ts'
import type { S3ObjectStore } from './s3-object-store.ts'
import { StagedDuckDbWarehouse } from './staged-duckdb-warehouse.ts'

/** As `layers/runtime/env.ts` reads them. */
export type AwsWarehouseSettings = {
  readonly BUCKET_NAME: string
  /** '': DuckDB. */
  readonly ATHENA_WORKGROUP: string
  readonly ATHENA_DATABASE: string
  readonly AWS_LAMBDA_FUNCTION_MEMORY_SIZE: number
}
export type AwsWarehouseOptions = {
  readonly settings: AwsWarehouseSettings
  readonly objects: S3ObjectStore
  readonly ids: IdSource
  readonly newParquet: NewParquet
  /** Until the function is ended. */
  readonly remainingMs: () => number
}

/** For Node, what is fetched and what is put; the rest is for SQL. */
const NODE_MB = 1_024
const LEAST_MB = 256
/** Lambda gives one processor for so much memory. */
const PROCESSOR_MB = 1_769

export function awsWarehouse({ settings, objects, ids, newParquet, remainingMs }: AwsWarehouseOptions): Warehouse {
  const { BUCKET_NAME: bucket, ATHENA_WORKGROUP: workGroup, ATHENA_DATABASE: database } = settings
  if (workGroup !== '')
    return new AthenaWarehouse({
      client: new AthenaClient({}),
      glue: new GlueClient({}),
      workGroup,
      database,
      objects,
      bucket,
      ids,
      newParquet,
      remainingMs,
    })
  const ofFunction = settings.AWS_LAMBDA_FUNCTION_MEMORY_SIZE
  const limits = { memoryMb: Math.max(LEAST_MB, ofFunction - NODE_MB), threads: Math.ceil(ofFunction / PROCESSOR_MB) }
  return new StagedDuckDbWarehouse(objects, limits)
}
