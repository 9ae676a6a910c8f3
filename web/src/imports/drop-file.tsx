import { type DragEvent, useId, useRef, useState } from 'react'
import { formatNumber } from '../format/format-number.ts'
import { UploadIcon, WarningIcon } from '../icons.tsx'
import form from '../people/people.module.css'
import classes from './imports.module.css'
import { type Chosen, openRows } from './open-rows.ts'
import { FileError } from './rows-of-file.ts'
import { words } from './words.ts'

type Reading = { readonly name: string; readonly share: number; readonly lines: number }

/** A file by drag and drop or by a button; it is read here and goes nowhere yet. */
export function DropFile({ onOpen }: { readonly onOpen: (chosen: Chosen) => void }) {
  const [reading, setReading] = useState<Reading | null>(null)
  const [problem, setProblem] = useState('')
  const [isOver, setIsOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const heading = useId()

  const read = async (file: File | undefined) => {
    if (file === undefined || reading !== null) return
    setProblem('')
    const { name } = file
    setReading({ name, share: 0, lines: 0 })
    try {
      const onProgress = (bytes: number, lines: number) => setReading({ name, share: bytes / file.size, lines })
      onOpen({ name, rows: await openRows(file, onProgress) })
    } catch (error) {
      setReading(null)
      setProblem(error instanceof FileError ? error.message : words.unreadableFile)
    }
  }
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    setIsOver(false)
    void read(event.dataTransfer.files[0])
  }
  const onDragOver = (event: DragEvent) => {
    event.preventDefault()
    setIsOver(true)
  }
  return (
    <section
      className={classes.drop}
      aria-labelledby={heading}
      data-over={isOver || undefined}
      onDragOver={onDragOver}
      onDragLeave={() => setIsOver(false)}
      onDrop={onDrop}
    >
      <UploadIcon size={24} />
      <h2 id={heading}>{isOver ? words.dropNow : reading === null ? words.dropTitle : words.reading(reading.name)}</h2>
      {reading === null ? (
        <>
          <p>{words.dropAbout}</p>
          <input
            ref={input}
            type="file"
            hidden
            accept=".csv,.gz,.txt,text/csv,application/gzip"
            onChange={(event) => void read(event.currentTarget.files?.[0])}
          />
          <button type="button" className={form.primary} onClick={() => input.current?.click()}>
            {words.choose}
          </button>
          <p className={classes.light}>{words.larger}</p>
        </>
      ) : (
        <div className={classes.readingBar}>
          <progress max={1} value={reading.share} aria-label={words.reading(reading.name)} />
          <p role="status">
            {words.readSoFar(
              formatNumber(reading.share, { style: 'percent', maximumFractionDigits: 0 }),
              formatNumber(reading.lines),
            )}
          </p>
        </div>
      )}
      {problem !== '' && (
        <div className={form.refusal} role="alert">
          <WarningIcon />
          <p>{problem}</p>
        </div>
      )}
    </section>
  )
}
