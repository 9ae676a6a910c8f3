import { z } from 'zod'
import { WAREHOUSE_TABLES } from '#core/lake/warehouse-tables.ts'

/** https://www.iana.org/assignments/media-types/application/vnd.apache.parquet */
export const PARQUET = 'application/vnd.apache.parquet'
export const exportFile = z.enum(WAREHOUSE_TABLES.map(({ name }) => `${name}.parquet`))
