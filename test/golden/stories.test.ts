import { describe, expect, it } from 'vitest'
import { allRowsOf } from '#test/fakes/engine-in-test.ts'
import { MemoryDynamoStateStore, MemoryStateStore } from '#test/fakes/memory-state-store.ts'
import { caseNames, readJson, readLines } from './golden-cases.ts'
import { type Request, ShopInTest } from './shop-in-test.ts'

/** A line of input.ndjson: a request and, where it shall not be taken, what it is answered; or a tick. */
type Step = Request & { readonly status?: number; readonly problems?: readonly string[]; readonly tick?: true }
/**
 * An entry of expected.json: a question, asked when every request before its time was answered. `gives`: parts of the
 * answer by dotted path; an object may say less than the answer does, a list is as long as it is there.
 */
type Question = { readonly at: string; readonly GET: string; readonly gives: Readonly<Record<string, unknown>> }

const partOf = (answer: unknown, path: string): unknown =>
  // biome-ignore lint/suspicious/noExplicitAny: a path into whatever was answered
  path.split('.').reduce((part: any, name) => part?.[name], answer)

async function play(shop: ShopInTest, { status, problems, tick, ...request }: Step): Promise<void> {
  if (tick) return shop.tick(request.at)
  const answer = await shop.send(request)
  const said = `${request.at} ${request.POST}: ${JSON.stringify(answer.body)}`
  if (status === undefined) expect(answer.status, said).toBeLessThan(300)
  else expect(answer.status, said).toBe(status)
  if (problems !== undefined) {
    const results = answer.body.results ?? [answer.body]
    const fields = results.flatMap((it: { problems?: { field: string }[] }) => it.problems ?? []).map(fieldOf)
    expect(fields, said).toEqual(problems)
  }
}
const fieldOf = ({ field }: { field: string }) => field

describe('the story of', () => {
  it.each(caseNames('stories'))('%s', async (name) => {
    const shop = new ShopInTest()
    const steps: Step[] = readLines('stories', name, 'input.ndjson')
    const questions: Question[] = readJson('stories', name, 'expected.json')
    for (const { at, GET, gives } of questions) {
      while (steps.length > 0 && steps[0]!.at <= at) await play(shop, steps.shift()!)
      const { status, body } = await shop.send({ at, GET })
      expect(status, `${at} ${GET}: ${JSON.stringify(body)}`).toBe(200)
      const parts = Object.fromEntries(Object.keys(gives).map((path) => [path, partOf(body, path)]))
      expect(parts, `${at} ${GET}`).toMatchObject(gives)
    }
    expect(steps, 'every request comes before some question').toEqual([])
    await isToldAgain(shop, [1, 500])
  })
})

/** The log alone tells the same story, on any store and in batches of any size. */
async function isToldAgain(shop: ShopInTest, batches: readonly number[]): Promise<void> {
  const rows = await allRowsOf(shop.state)
  for (const batch of batches) {
    for (const other of [new MemoryStateStore(), new MemoryDynamoStateStore()]) {
      await shop.replayInto(other, batch)
      expect(await allRowsOf(other)).toEqual(rows)
    }
  }
}
