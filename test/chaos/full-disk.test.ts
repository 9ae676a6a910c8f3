/** A disk that fills up: doors close in time, everything that was taken is there afterwards, and space opens them again. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { audit, idsInLog } from './audit.ts'
import { EngineProcess } from './engine-process.ts'
import { traffic } from './traffic.ts'

const SIZE_MB = 160
let disk = ''
const isMounted = ((): boolean => {
  disk = mkdtempSync(join(tmpdir(), 'counterflow-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE_MB}m`, 'tmpfs', disk], { stdio: 'ignore' })
    return true
  } catch {
    console.log('Full disk: skipped, this user may not mount a small disk.')
    return false
  }
})()

describe.runIf(isMounted)('a full disk', () => {
  let data = ''
  beforeAll(() => {
    data = join(disk, 'data')
  })
  afterAll(() => {
    execFileSync('umount', [disk])
    rmSync(disk, { recursive: true, force: true })
  })

  it('is answered with 503 before anything is lost', { timeout: 120_000 }, async () => {
    const engine = await EngineProcess.start(data)
    const documents = traffic(3)
    const answered = new Set<string>()
    const sendUntil = async (enough: (status: number) => boolean) => {
      for (let i = 0; i < 5_000; i++) {
        const { path, body } = documents.next().value
        const reply = await engine.post(path, body)
        const { eventIds, results } = reply.body as { eventIds?: string[]; results?: { eventIds: string[] }[] }
        if (reply.status < 300) for (const id of eventIds ?? results!.flatMap((each) => each.eventIds)) answered.add(id)
        if (enough(reply.status)) return reply
      }
      throw new Error('never')
    }
    let n = 0
    await sendUntil(() => ++n === 200)
    // Somebody else fills the disk to within the reserve.
    const filler = join(disk, 'filler')
    writeFileSync(filler, Buffer.alloc((SIZE_MB - 60) << 20))
    const refused = await sendUntil((status) => status === 503)
    expect(JSON.stringify(refused.body)).toMatch(/disk is nearly full: free some space/)
    rmSync(filler)
    await wait(3_000)
    await sendUntil((status) => status === 202)
    expect(await engine.stop()).toBe(0)

    const ids = await idsInLog(data)
    expect([...answered].filter((id) => !ids.has(id))).toEqual([])
    await audit(data)
  })

  it('stops the start with one line that says what to do', { timeout: 60_000 }, async () => {
    const filler = join(disk, 'filler')
    const other = join(disk, 'other')
    try {
      writeFileSync(filler, Buffer.alloc(SIZE_MB << 20))
    } catch {
      // full, as it shall be
    }
    await expect(EngineProcess.start(other)).rejects.toThrow(
      /counterflow: cannot write to .*(free some space|another folder)/,
    )
    rmSync(filler, { force: true })
  })
})
