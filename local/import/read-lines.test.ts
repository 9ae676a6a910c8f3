import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '#test/contract/temporary-folder.ts'
import { openLines } from './read-lines.ts'

function fileOf(content: string | Buffer, name = 'lines.csv'): string {
  const path = join(temporaryFolder(), name)
  writeFileSync(path, content)
  return path
}

async function read(path: string) {
  const lines: unknown[] = []
  try {
    for await (const line of (await openLines(path, ['a', 'b'])).lines) lines.push(line)
  } catch (error) {
    return { lines, message: (error as Error).message }
  }
  return { lines, message: undefined }
}
const good = (line: number, a: string, b: string) => ({ line, fields: { a, b } })

describe('a good file', () => {
  const two = [good(2, '1', '2'), good(3, '3', '4')]
  it.each([
    ['plain', 'a,b\n1,2\n3,4\n', two],
    ['without an end to its last line', 'a,b\n1,2\n3,4', two],
    ['with line ends of Windows', 'a,b\r\n1,2\r\n3,4\r\n', two],
    ['with a byte order mark', '\ufeffa,b\n1,2\n3,4\n', two],
    ['with other columns in another order', 'c,b,a\n,2,1\nx,4,3\n', two],
    ['in gzip', gzipSync('a,b\n1,2\n3,4\n'), two],
    ['in gzip of two parts', Buffer.concat([gzipSync('a,b\n1,2\n'), gzipSync('3,4\n')]), two],
    ['with quotes', 'a,b\n"x, ""y""","two\nlines"\n3,4\n', [good(3, 'x, "y"', 'two\nlines'), good(4, '3', '4')]],
    ['with an empty line', 'a,b\n1,2\n\n3,4\n', [good(2, '1', '2'), good(4, '3', '4')]],
    ['with empty fields', 'a,b\n,\n', [good(2, '', '')]],
    ['with nothing but its header', 'a,b\n', []],
  ])('%s', async (_what, content, lines) => {
    expect(await read(fileOf(content))).toEqual({ lines, message: undefined })
  })

  it('named .gz, too', async () => {
    expect(await read(fileOf(gzipSync('a,b\n1,2\n3,4\n'), 'lines.csv.gz'))).toEqual({ lines: two, message: undefined })
  })

  it('is read for the optional columns that it has, and says which ones nobody asked for', async () => {
    const file = await openLines(fileOf('d,b,c,a\nx,2,3,1\n'), ['a'], ['b', 'e'])
    const lines: unknown[] = []
    for await (const line of file.lines) lines.push(line)
    expect(lines).toEqual([{ line: 2, fields: { a: '1', b: '2' } }])
    expect(file.ignored()).toEqual(['d', 'c'])
  })

  it('says how far it was read', async () => {
    const path = fileOf('a,b\n1,2\n')
    const file = await openLines(path, ['a', 'b'])
    for await (const _ of file.lines);
    expect([file.path, file.sizeBytes, file.bytesRead()]).toEqual([path, 8, 8])
  })
})

describe('a line that cannot be read is told by its number, and the others are read', () => {
  it.each([
    ['too few fields', '3', 'has 1 fields, and the header 2'],
    ['too many fields', '3,4,5', 'has 3 fields, and the header 2'],
    ['a quote in a field', '3,4"', expect.stringContaining('quote')],
  ])('%s', async (_what, line, message) => {
    const lines = [good(2, '1', '2'), { line: 3, message }, good(4, '5', '6')]
    expect(await read(fileOf(`a,b\n1,2\n${line}\n5,6\n`))).toEqual({ lines, message: undefined })
  })
})

describe('a bad file is told in one sentence', () => {
  it('that is not there, or not a file', async () => {
    const folder = temporaryFolder()
    expect((await read(join(folder, 'none.csv'))).message).toBe(`there is no file ${join(folder, 'none.csv')}`)
    mkdirSync(join(folder, 'folder'))
    expect((await read(join(folder, 'folder'))).message).toBe(`${join(folder, 'folder')} is not a file`)
  })

  it.each([
    ['empty', '', 'is empty: its first line must name the columns'],
    ['without a column', 'a,c\n1,2\n', 'has no column b: its first line names a, c'],
    ['with a column twice', 'a,b,a\n1,2,3\n', 'has more than one column a: rename or remove all but one'],
    ['with semicolons', 'a;b\n1;2\n', 'has no column a, b: its first line names a;b'],
  ])('%s', async (_what, content, message) => {
    const path = fileOf(content)
    expect(await read(path)).toEqual({ lines: [], message: `${path} ${message}` })
  })

  it('not gzip though its name says so', async () => {
    expect((await read(fileOf('a,b\n1,2\n', 'lines.csv.gz'))).message).toContain('is not gzip, though its name says so')
  })

  it('damaged in the middle: nothing is read, since damage can look like lines', async () => {
    const bytes = gzipSync(`a,b\n${'1,2\n'.repeat(10_000)}`)
    bytes.writeUInt32LE(0, bytes.length - 8)
    expect(await read(fileOf(bytes, 'lines.csv.gz'))).toEqual({
      lines: [],
      message: expect.stringContaining('is damaged'),
    })
  })
})

describe('a file that breaks off is read as far as it goes', () => {
  const lines = Array.from({ length: 20_000 }, (_, i) => `${i},${(i * 7919) % 1000}`)
  const whole = gzipSync(`a,b\n${lines.join('\n')}\n`)

  it.each([0.1, 0.5, 0.9, 1])('gzip, at %d of it', async (share) => {
    const path = fileOf(whole.subarray(0, Math.floor((whole.length - 1) * share)), 'lines.csv.gz')
    const { lines: found, message } = await read(path)
    expect(found).toEqual(
      lines.slice(0, found.length).map((line, i) => good(i + 2, ...(line.split(',') as [string, string]))),
    )
    expect(message).toBe(
      `${path} breaks off after line ${found.length + 1} (unexpected end of file): the lines up to there were read`,
    )
  })

  it('by a quote that never closes, without keeping the rest of the file in memory', async () => {
    const { lines: found, message } = await read(fileOf(`a,b\n1,2\n"3,4\n${'5,6\n'.repeat(1_000_000)}`))
    expect(found).toEqual([good(2, '1', '2'), { line: expect.any(Number), message: expect.stringContaining('quote') }])
    expect(message).toContain('breaks off after line 2 (the next line is longer than 1048576 bytes')
  })
})
