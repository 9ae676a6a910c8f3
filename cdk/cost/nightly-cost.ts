/** What a night of one merchant costs on AWS: arithmetic over list prices. Its times are guessed, not measured on AWS. */
import { prices } from './prices.ts'

export type Night = { readonly stores: number; readonly productsOfStore: number; readonly merchants: number }
export type NightLine = { readonly service: string; readonly dollars: number; readonly why: string }

/** A usual night: the day, and the dimensions. */
const TASKS = 26
/** Into and out of each task's state, and those of its map. */
const TRANSITIONS_A_TASK = 3
const TRANSITIONS_AROUND = 12
/** Of a part: the query that makes it, the one that counts what it reads, its checks. */
const QUERIES = 60
const OBJECTS_A_QUERY = 10
/** Of `run-step`, as it is deployed. */
const MEMORY_GB = 3_008 / 1_024
const DISK_GB = 10 - 0.5
/** Node, a connection, a few small objects. */
const SECONDS_A_TASK = 1.5
/** Guessed: read, made, counted and checked. */
const ROWS_A_SECOND = 50_000
/** Of a store's product a day, read or written: stock, sales, checks. */
const ROWS_A_PRODUCT = 6
const WRITE_UNITS_A_TASK = 6
const BYTES_A_ROW = 40

/** In dollars, for all merchants together; each has `stores`. */
export function nightlyCost({ stores, productsOfStore, merchants }: Night): readonly NightLine[] {
  const rows = stores * productsOfStore * ROWS_A_PRODUCT
  const seconds = TASKS * SECONDS_A_TASK + rows / ROWS_A_SECOND
  const transitions = TASKS * TRANSITIONS_A_TASK + TRANSITIONS_AROUND
  const { lambda, lambdaX86, stepFunctions, dynamo, s3 } = prices
  const ofAll = (service: string, dollars: number, why: string): NightLine => ({
    service,
    dollars: dollars * merchants,
    why: `${why}, ${merchants} time${merchants === 1 ? '' : 's'}`,
  })
  return [
    ofAll(
      'Lambda',
      TASKS * lambda.perRequest + seconds * (MEMORY_GB * lambdaX86.perGbSecond + DISK_GB * lambdaX86.perDiskGbSecond),
      `${TASKS} tasks, ${Math.round(seconds)} seconds of 3 GB`,
    ),
    ofAll('Step Functions', transitions * stepFunctions.perTransition, `${transitions} transitions`),
    ofAll('DynamoDB', TASKS * WRITE_UNITS_A_TASK * dynamo.perWriteUnit, `${TASKS * WRITE_UNITS_A_TASK} write units`),
    ofAll('S3', TASKS * 2 * s3.perPut, `${TASKS * 2} objects put`),
  ]
}

/** The same night's queries by Athena in place of DuckDB, in dollars: each counts as 10 MB at least. */
export function athenaCost({ stores, productsOfStore, merchants }: Night): number {
  const mb = (stores * productsOfStore * ROWS_A_PRODUCT * BYTES_A_ROW) / 1e6
  const { athena, s3 } = prices
  const scanned = Math.max(athena.leastMb, mb) / 1e6
  return merchants * QUERIES * (scanned * athena.perTb + OBJECTS_A_QUERY * s3.perPut)
}
