/** What every `ObjectStore` promises. */
import { describe, expect, onTestFinished, test } from 'vitest'
import type { ObjectStore } from '#core/ports.ts'

export type OpenObjectStore = {
  readonly objects: ObjectStore
  /** As the next program finds it. */
  readonly reopen: () => ObjectStore
  readonly close: () => Promise<void>
}
export type ObjectStoreImplementation = { readonly name: string; readonly open: () => Promise<OpenObjectStore> }

const bytesOf = (text: string): Uint8Array => Buffer.from(text)
const textIn = async (objects: ObjectStore, name: string): Promise<string | undefined> => {
  const bytes = await objects.get(name)
  return bytes === undefined ? undefined : Buffer.from(bytes).toString()
}

export function objectStoreContract({ name, open }: ObjectStoreImplementation): void {
  const start = async () => {
    const opened = await open()
    onTestFinished(() => opened.close())
    return opened
  }

  describe(`${name} is an object store`, () => {
    test('an object is what was put last, also for the next program', async () => {
      const { objects, reopen } = await start()
      expect(await objects.get('a')).toBeUndefined()
      await objects.put('a', bytesOf('first and longer'))
      await objects.put('a', bytesOf('second'))
      expect(await textIn(objects, 'a')).toBe('second')
      expect(await textIn(reopen(), 'a')).toBe('second')
    })

    test('it holds any bytes', async () => {
      const { objects } = await start()
      for (const size of [0, 1, 100_000]) {
        const bytes = Uint8Array.from({ length: size }, (_, i) => (i * 31) & 255)
        await objects.put('a', bytes)
        expect(Buffer.compare((await objects.get('a'))!, bytes)).toBe(0)
      }
      const window = new Uint8Array(100).fill(7).subarray(10, 13)
      await objects.put('a', window)
      expect([...(await objects.get('a'))!]).toEqual([7, 7, 7])
    })

    test('a reader gets one whole object while it is replaced', async () => {
      const { objects } = await start()
      const versions = Array.from({ length: 12 }, (_, i) => String(i).padStart(2, '0').repeat(100_000))
      await objects.put('a', bytesOf(versions[0]!))
      const putting = versions.map((version) => objects.put('a', bytesOf(version)))
      const read = await Promise.all(Array.from({ length: 30 }, () => textIn(objects, 'a')))
      await Promise.all(putting)
      for (const text of read) expect(versions.includes(text!)).toBe(true)
      expect(versions.includes((await textIn(objects, 'a'))!)).toBe(true)
    })

    test('names are listed in order, those alone that begin with the prefix', async () => {
      const { objects } = await start()
      const names = [
        'seals/2',
        'seals/10',
        'seals/1/rows',
        'seals/1',
        'seal',
        'seals-of-others',
        'held/0/1-2',
        'held/10/1',
      ]
      // A folder cannot be a file too.
      for (const it of names.filter((it) => it !== 'seals/1')) await objects.put(it, bytesOf(it))
      expect(await objects.list('seals/')).toEqual(['seals/1/rows', 'seals/10', 'seals/2'])
      expect(await objects.list('seal')).toEqual(['seal', 'seals-of-others', 'seals/1/rows', 'seals/10', 'seals/2'])
      expect(await objects.list('held/1')).toEqual(['held/10/1'])
      expect(await objects.list('none/')).toEqual([])
      expect((await objects.list('')).length).toBe(7)
    })

    test('nothing else is listed while objects are put', async () => {
      const { objects } = await start()
      const putting = Array.from({ length: 20 }, (_, i) => objects.put(`a/${i}`, new Uint8Array(50_000)))
      for (let i = 0; i < 20; i++) for (const it of await objects.list('')) expect(it).toMatch(/^a\/\d+$/)
      await Promise.all(putting)
      expect((await objects.list('')).length).toBe(20)
    })

    test('one that was deleted is gone, and one that never was too', async () => {
      const { objects } = await start()
      await objects.put('a/b', bytesOf('x'))
      await objects.delete('a/b')
      await objects.delete('a/c')
      expect(await objects.get('a/b')).toBeUndefined()
      expect(await objects.list('')).toEqual([])
    })

    test.each(['a', 'raw/sale.recorded/year=2026/month=03/day=01/2-0001_0002.parquet', `${'x'.repeat(200)}/y`])(
      '%s is a name',
      async (it) => {
        const { objects } = await start()
        await objects.put(it, bytesOf('x'))
        expect(await textIn(objects, it)).toBe('x')
        expect(await objects.list(it.slice(0, 5))).toEqual([it])
      },
    )

    test.each([
      '',
      '/etc/passwd',
      'a/',
      'a//b',
      '.',
      '..',
      'a/../../b',
      '../b',
      './a',
      'a/./b',
      'a\\b',
      'a\0',
      'a\n',
      'a b',
      'é',
      'C:/x',
    ])('%j is none: nothing is read, written or deleted', async (it) => {
      const { objects } = await start()
      await expect(objects.put(it, bytesOf('x'))).rejects.toThrow(RangeError)
      await expect(objects.get(it)).rejects.toThrow(RangeError)
      await expect(objects.delete(it)).rejects.toThrow(RangeError)
      expect(await objects.list('')).toEqual([])
    })
  })
}
