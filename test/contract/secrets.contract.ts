/** What every `Secrets` promises. */
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Secrets } from '#core/ports.ts'

export type OpenSecrets = {
  readonly secrets: Secrets
  /** As the next program finds them. */
  readonly reopen: () => Secrets
  readonly close: () => Promise<void>
}
export type SecretsImplementation = { readonly name: string; readonly open: () => Promise<OpenSecrets> }

export function secretsContract({ name, open }: SecretsImplementation): void {
  const start = async () => {
    const opened = await open()
    onTestFinished(() => opened.close())
    return opened
  }

  describe(`${name} keeps secrets`, () => {
    test('each is what was set last, also for the next program', async () => {
      const { secrets, reopen } = await start()
      expect(await secrets.get('a')).toBeUndefined()
      await secrets.set('a', 'first')
      await secrets.set('b', 'other')
      await secrets.set('a', 'second')
      for (const it of [secrets, reopen()]) {
        expect(await it.get('a')).toBe('second')
        expect(await it.get('b')).toBe('other')
        expect(await it.get('c')).toBeUndefined()
      }
    })

    test('one that was deleted is not there, and can be set again', async () => {
      const { secrets, reopen } = await start()
      await secrets.set('a', 'first')
      await secrets.set('b', 'other')
      await secrets.delete('a')
      await secrets.delete('never')
      for (const it of [secrets, reopen()]) expect([await it.get('a'), await it.get('b')]).toEqual([undefined, 'other'])
      await secrets.set('a', 'again')
      expect(await reopen().get('a')).toBe('again')
    })

    test('several that are set at once are all kept', async () => {
      const { secrets, reopen } = await start()
      const names = Array.from({ length: 20 }, (_, i) => `secret-${i}`)
      await Promise.all(names.map((it) => secrets.set(it, `value of ${it}`)))
      const next = reopen()
      for (const it of names) expect(await next.get(it)).toBe(`value of ${it}`)
    })

    test.each(['', 'a"b\\c\n', 'é中\u{1f600}', 'x'.repeat(10_000)])('a value may be %j', async (value) => {
      const { secrets, reopen } = await start()
      await secrets.set('a', value)
      expect(await reopen().get('a')).toBe(value)
    })

    test.each(['constructor', '__proto__', 'toString'])(
      'one that is called %s is not there before it is set',
      async (it) => {
        const { secrets, reopen } = await start()
        expect(await secrets.get(it)).toBeUndefined()
        await secrets.set(it, 'x')
        expect(await secrets.get(it)).toBe('x')
        expect(await reopen().get(it)).toBe('x')
      },
    )
  })
}
