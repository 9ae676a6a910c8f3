/** What every `LiveChannel` promises. */
import { describe, expect, onTestFinished, test } from 'vitest'
import type { LiveChannel } from '#core/ports.ts'

export type OpenLiveChannel = {
  readonly channel: LiveChannel
  readonly connect: () => Promise<Listener>
  readonly close: () => Promise<void>
}
/** The far end of a connection. */
export type Listener = {
  readonly connectionId: string
  readonly heard: string[]
  /** It reads no more, and stays connected. */
  readonly pause: () => void
  readonly resume: () => void
  /** Resolves when our end knows that it is gone. */
  readonly leave: () => Promise<void>
}
export type LiveChannelImplementation = {
  readonly name: string
  readonly open: () => Promise<OpenLiveChannel>
  /** It learns what its readers have not taken; else its backlog is none. */
  readonly knowsBacklog: boolean
}

export function liveChannelContract({ name, open, knowsBacklog }: LiveChannelImplementation): void {
  const start = async () => {
    const opened = await open()
    onTestFinished(() => opened.close())
    return opened
  }
  const until = async (holds: () => boolean) => {
    while (!holds()) await new Promise((done) => setTimeout(done, 5))
  }

  describe(`${name} is a live channel`, () => {
    test('messages reach their connection alone, in order and as they are', async () => {
      const { channel, connect } = await start()
      const [ann, ben] = [await connect(), await connect()]
      const messages = ['{}', '', 'é中\u{1f600}', 'x'.repeat(100_000)]
      for (const message of messages) expect(await channel.send(ann.connectionId, message)).toBe(true)
      expect(await channel.send(ben.connectionId, 'for ben')).toBe(true)
      await until(() => ann.heard.length === messages.length && ben.heard.length === 1)
      expect(ann.heard).toEqual(messages)
      expect(ben.heard).toEqual(['for ben'])
    })

    test('a connection that never was is gone', async () => {
      const { channel } = await start()
      expect(await channel.send('nobody', 'x')).toBe(false)
      expect(channel.backlog('nobody')).toBe(0)
    })

    test('one that has left is gone', async () => {
      const { channel, connect } = await start()
      const { connectionId, leave } = await connect()
      await leave()
      expect(await channel.send(connectionId, 'x')).toBe(false)
      expect(channel.backlog(connectionId)).toBe(0)
    })

    test('one that is closed hears no more; nobody to close is no matter', async () => {
      const { channel, connect } = await start()
      const [ann, ben] = [await connect(), await connect()]
      await channel.close(ann.connectionId)
      await channel.close('nobody')
      expect(await channel.send(ann.connectionId, 'x')).toBe(false)
      expect(await channel.send(ben.connectionId, 'for ben')).toBe(true)
      await until(() => ben.heard.length === 1)
      expect(ann.heard).toEqual([])
    })

    test.skipIf(!knowsBacklog)('what a slow reader has not taken is its backlog', async () => {
      const { channel, connect } = await start()
      const { connectionId, heard, pause, resume } = await connect()
      expect(channel.backlog(connectionId)).toBe(0)
      pause()
      const message = 'x'.repeat(1 << 20)
      for (let i = 0; i < 32; i++) await channel.send(connectionId, message)
      expect(channel.backlog(connectionId)).toBeGreaterThan(1 << 20)
      resume()
      await until(() => heard.length === 32)
      await until(() => channel.backlog(connectionId) === 0)
    })
  })
}
