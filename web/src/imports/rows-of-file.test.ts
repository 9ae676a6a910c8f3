import { describe, expect, it } from 'vitest'
import { FileError, RowsOfFile } from './rows-of-file.ts'

const read = (text: string) => new RowsOfFile(text)

describe('a file', () => {
  it('has its rows with their lines, that of the last line where a cell goes over several', () => {
    const rows = read('\ufeffa,b\r\n1,2\r\n"3\n4","5,6"\r\n\r\n7,\r\n')
    expect(rows.columns).toEqual(['a', 'b'])
    expect(rows.first(9)).toEqual([
      { line: 2, cells: ['1', '2'] },
      { line: 4, cells: ['3\n4', '5,6'] },
      { line: 6, cells: ['7', ''] },
    ])
    expect(rows.unreadable).toEqual([])
  })

  it('says which lines cannot be read, and reads the others', () => {
    const rows = read('a,b\n1,2\n3,4"5\n6,7\n8,"9')
    expect(rows.first(9).map(({ line }) => line)).toEqual([2, 4])
    expect(rows.unreadable.map(({ line }) => line)).toEqual([3, 5])
  })

  it('keeps rows with too few or too many cells for the engine to refuse', () => {
    expect(
      read('a,b\n1\n1,2,3\n')
        .first(9)
        .map(({ cells }) => cells.length),
    ).toEqual([1, 3])
  })

  it.each(['', '\n', 'a;b\n1;2\n', 'a\tb\n'])('that is none is told: %j', (text) => {
    expect(() => read(text)).toThrow(FileError)
  })
})

describe('parts', () => {
  const fileOf = (...keys: readonly string[]) => read(`key,n\n${keys.map((key, n) => `${key},${n}`).join('\n')}\n`)
  const partsOf = (rows: RowsOfFile, column: number | undefined) => {
    const { parts } = rows.divide(column)
    return Array.from({ length: parts }, (_, n) => rows.part(n).map(({ cells }) => cells[1]))
  }

  it('hold rows of one group together, where the first of them stands', () => {
    expect(partsOf(fileOf('x', 'y', ' x', 'z'), 0)).toEqual([['0', '2', '1', '3']])
  })

  it('end before a group that has no room, and hold a larger one whole', () => {
    const keys = [...Array(300).fill('x'), ...Array(300).fill('y'), ...Array(700).fill('z'), 'x']
    expect(partsOf(fileOf(...keys), 0).map(({ length }) => length)).toEqual([301, 300, 700])
  })

  it('without groups are 500 each', () => {
    expect(partsOf(fileOf(...Array(1201).fill('x')), undefined).map(({ length }) => length)).toEqual([500, 500, 201])
  })

  it('take 2,000 of one group, and name the lines that are too many', () => {
    const rows = fileOf(...Array(2003).fill('x'))
    expect(rows.divide(0)).toEqual({ parts: 1, tooMany: [2002, 2003, 2004] })
  })

  it('are none of a file without lines', () => {
    expect(read('a,b\n').divide(undefined)).toEqual({ parts: 0, tooMany: [] })
  })
})
