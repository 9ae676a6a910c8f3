import {
  type _Record,
  type RejectedRecordsException,
  type TimestreamWriteClient,
  WriteRecordsCommand,
} from '@aws-sdk/client-timestream-write'
import type { MirroredWindow, WindowMirror } from '#core/ports.ts'

/** Timestream's own limit ("Quotas", Amazon Timestream developer guide). */
const MOST_RECORDS = 100
const MEASURE = 'window'

export type TimestreamWindowMirrorOptions = {
  readonly client: Pick<TimestreamWriteClient, 'send'>
  readonly databaseName: string
  readonly tableName: string
}

/** Windows as records of several measures, by merchant, kind and id; sums are whole numbers, money in minor units. */
export class TimestreamWindowMirror implements WindowMirror {
  private readonly options: TimestreamWindowMirrorOptions

  constructor(options: TimestreamWindowMirrorOptions) {
    this.options = options
  }

  async write(windows: readonly MirroredWindow[], version: number): Promise<{ readonly refused: number }> {
    let refused = 0
    for (let begin = 0; begin < windows.length; begin += MOST_RECORDS)
      refused += await this.writeRecords(windows.slice(begin, begin + MOST_RECORDS).map(recordOf), version)
    return { refused }
  }

  private async writeRecords(records: _Record[], version: number): Promise<number> {
    const { client, databaseName, tableName } = this.options
    const command = new WriteRecordsCommand({
      DatabaseName: databaseName,
      TableName: tableName,
      CommonAttributes: {
        MeasureName: MEASURE,
        MeasureValueType: 'MULTI',
        TimeUnit: 'MILLISECONDS',
        Version: version,
      },
      Records: records,
    })
    try {
      await client.send(command)
      return 0
    } catch (error) {
      const { name, RejectedRecords = [] } = error as RejectedRecordsException
      if (name !== 'RejectedRecordsException') throw error
      // The others were written. One that is there in a newer version needs nothing.
      return RejectedRecords.filter(({ ExistingVersion }) => ExistingVersion === undefined).length
    }
  }
}

const recordOf = ({ merchantId, by, id, atMs, sums }: MirroredWindow): _Record => ({
  Dimensions: [
    { Name: 'merchant', Value: merchantId },
    { Name: 'by', Value: by },
    { Name: 'id', Value: id },
  ],
  Time: String(atMs),
  MeasureValues: Object.entries(sums).map(([name, sum]) => ({
    Name: measureName(name),
    Value: String(sum),
    Type: 'BIGINT' as const,
  })),
})

/** `gross:INR` is `gross_INR` there: names hold no colon, and others than letters, digits and `_` want quotes in each question. */
const measureName = (name: string): string => name.replaceAll(/[^A-Za-z0-9]/g, '_')
