/**
 * Timestream as far as our mirror branches on it, from "WriteRecords" and "Quotas" of the Amazon Timestream developer guide
 * (https://docs.aws.amazon.com/timestream/latest/developerguide/API_WriteRecords.html, .../ts-limits.html):
 * - a record is known by its dimensions, time and measure name; a higher version replaces it;
 * - one whose version is not higher, with other values, is rejected with the version that is there; with the same values it
 *   is taken and changes nothing;
 * - one outside of the memory's retention is rejected without a version, where the magnetic store takes no writes;
 * - `RejectedRecordsException` names the rejected by index; the others of the request are written;
 * - a request holds 100 records at most; a busy table throttles.
 */

type Dimension = { readonly Name: string; readonly Value: string }
type Entry = {
  readonly Dimensions: readonly Dimension[]
  readonly Time: string
  readonly MeasureValues: readonly Dimension[]
  readonly Version?: number
}
type Input = { readonly CommonAttributes?: { readonly Version?: number }; readonly Records: readonly Entry[] }

const MOST_RECORDS = 100

const failure = (name: string, message: string, more: object = {}): Error =>
  Object.assign(new Error(message), { name, ...more })

export type ModelRecord = { readonly version: number; readonly values: Readonly<Record<string, string>> }

export class TimestreamModel {
  /** By dimensions and time, joined by `/`. */
  readonly records = new Map<string, ModelRecord>()
  readonly calls = { write: 0 }
  /** Epoch ms; older ones are rejected. */
  oldestMs = 0
  /** What becomes of the next requests. silent: it was written, and nobody is told. */
  readonly troubles: ('throttle' | 'silent')[] = []

  /** For the SDK's client; its overloads are nothing that a model can say. */
  readonly client = {
    send: async (command: unknown) => this.write((command as { readonly input: Input }).input),
  } as never

  private write({ CommonAttributes: common, Records }: Input): object {
    this.calls.write++
    const trouble = this.troubles.shift()
    if (trouble === 'throttle') throw failure('ThrottlingException', 'busy')
    if (Records.length === 0 || Records.length > MOST_RECORDS)
      throw failure('ValidationException', `${Records.length} records`)
    const rejected = Records.flatMap((record, RecordIndex) => {
      const { Dimensions, Time, MeasureValues, Version = common?.Version ?? 1 } = record
      for (const { Name } of [...Dimensions, ...MeasureValues])
        if (Name.includes(':')) throw failure('ValidationException', Name)
      if (Number(Time) < this.oldestMs)
        return [{ RecordIndex, Reason: 'The record timestamp is outside the time range' }]
      const key = [...Dimensions.map(({ Value }) => Value), Time].join('/')
      const values = Object.fromEntries(MeasureValues.map(({ Name, Value }) => [Name, Value]))
      const known = this.records.get(key)
      const isSame = JSON.stringify(known?.values) === JSON.stringify(values)
      if (known !== undefined && Version <= known.version)
        return isSame ? [] : [{ RecordIndex, Reason: 'A higher version is there', ExistingVersion: known.version }]
      this.records.set(key, { version: Version, values })
      return []
    })
    if (trouble === 'silent') throw new Error('socket hang up')
    if (rejected.length > 0) throw failure('RejectedRecordsException', 'rejected', { RejectedRecords: rejected })
    return { RecordsIngested: { Total: Records.length } }
  }
}
