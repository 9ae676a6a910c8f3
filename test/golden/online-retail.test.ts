import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { onlineRetail } from '#core/sources/online-retail.ts'
import { ownEvents } from '#core/sources/own-events.ts'
import { caseNames, readLines, readText } from './golden-cases.ts'

const NO_DEFAULTS = { currency: '' }
const linesIn = (name: string): object[] => parse(readText('online-retail', name, 'lines.csv'), { columns: true })

/** Real lines of the file where it has such lines; cases whose name begins with `made-` are made up. */
describe('lines of Online Retail become', () => {
  it.each(caseNames('online-retail'))('%s', (name) => {
    const become = linesIn(name).map((line) => {
      const outcome = onlineRetail.translate(line, NO_DEFAULTS)
      return outcome.ok ? outcome.value.drafts : { refused: outcome.problems }
    })
    expect(become).toStrictEqual(readLines('online-retail', name, 'become.ndjson'))
  })

  it.each(caseNames('online-retail'))('%s: events that the door takes', (name) => {
    for (const line of linesIn(name)) {
      const outcome = onlineRetail.translate(line, NO_DEFAULTS)
      for (const draft of outcome.ok ? outcome.value.drafts : [])
        expect(ownEvents.translate(draft, NO_DEFAULTS)).toMatchObject({ ok: true, value: { drafts: [draft] } })
    }
  })
})
