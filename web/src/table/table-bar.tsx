import { Menu, ScrollArea } from '@mantine/core'
import type { ReactNode, RefObject } from 'react'
import { useState } from 'react'
import { formatNumber } from '../format/format-number.ts'
import { CloseIcon, ColumnsIcon, DownloadIcon, FilterIcon, PinIcon, SearchIcon } from '../icons.tsx'
import { choicesOf, type DataColumn } from './data-column.ts'
import classes from './data-table.module.css'
import { type Filters, type Sort, toggleFilter, writeSort } from './table-view.ts'
import { words } from './words.ts'

/** More values than this are looked for by typing. */
const MOST_CHOICES = 200

type Props<R> = {
  readonly name: string
  readonly columns: readonly DataColumn<R>[]
  readonly rows: readonly R[]
  readonly find: string
  readonly onFind: (text: string) => void
  readonly findBox: RefObject<HTMLInputElement | null>
  readonly filters: Filters
  readonly onFilters: (filters: Filters) => void
  readonly shown: Readonly<Record<string, boolean>>
  readonly onShown: (shown: Readonly<Record<string, boolean>>) => void
  readonly pins: readonly string[]
  readonly onPins: (pins: readonly string[]) => void
  readonly sort: Sort | null
  /** Where there are no headings to press. */
  readonly onSort: ((sort: Sort) => void) | undefined
  readonly onCsv: () => void
  readonly tools: ReactNode
}

/** What is looked for, what is narrowed down, which columns are there, the file. */
export function TableBar<R>(props: Props<R>) {
  const { name, columns, find, onFind, findBox, filters, onFilters, sort, onSort, onCsv, tools } = props
  const nameOf = (id: string) => columns.find((column) => column.id === id)?.name ?? id
  const chips = Object.entries(filters).flatMap(([id, texts]) => texts.map((text) => ({ id, text })))
  return (
    <div className={classes.bar}>
      <label className={classes.find}>
        <SearchIcon size={14} />
        <input
          ref={findBox}
          type="search"
          value={find}
          placeholder={words.find}
          aria-label={words.findIn(name)}
          onChange={(event) => onFind(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') event.currentTarget.blur()
          }}
        />
      </label>
      {columns.some(({ filter }) => filter) && <FilterMenu {...props} />}
      {chips.map(({ id, text }) => (
        <button
          key={`${id} ${text}`}
          type="button"
          className={classes.chip}
          aria-label={words.without(nameOf(id), text)}
          onClick={() => onFilters(toggleFilter(filters, id, text))}
        >
          {words.chip(nameOf(id), text)}
          <CloseIcon size={12} />
        </button>
      ))}
      {chips.length > 1 && (
        <button type="button" className={classes.tool} onClick={() => onFilters({})}>
          {words.clear}
        </button>
      )}
      <div className={classes.barEnd}>
        {tools}
        {onSort !== undefined && (
          <select
            className={classes.sortChoice}
            aria-label={words.sortedBy}
            value={sort === null ? '' : writeSort(sort)}
            onChange={(event) => {
              const [id, way] = event.currentTarget.value.split(':')
              if (id) onSort({ id, desc: way === 'desc' })
            }}
          >
            {sort === null && <option value="">{words.sortedBy}</option>}
            {columns.flatMap(({ id, name: title }) =>
              [true, false].map((desc) => (
                <option key={writeSort({ id, desc })} value={writeSort({ id, desc })}>
                  {words.sortChoice(title, desc)}
                </option>
              )),
            )}
          </select>
        )}
        <ColumnMenu {...props} />
        <button type="button" className={classes.tool} aria-label={words.csvOf(name)} onClick={onCsv}>
          <DownloadIcon size={14} />
          {words.csv}
        </button>
      </div>
    </div>
  )
}

/** First the column, then its values. */
function FilterMenu<R>({ columns, rows, filters, onFilters }: Props<R>) {
  const [of, setOf] = useState<string | null>(null)
  const filterable = columns.filter(({ filter }) => filter)
  const open = filterable.length === 1 ? filterable[0] : filterable.find(({ id }) => id === of)
  return (
    <Menu
      position="bottom-start"
      closeOnItemClick={false}
      onClose={() => setOf(null)}
      transitionProps={{ duration: 0 }}
    >
      <Menu.Target>
        <button type="button" className={classes.tool}>
          <FilterIcon size={14} />
          {words.only}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {open === undefined ? (
          filterable.map(({ id, name }) => (
            <Menu.Item key={id} onClick={() => setOf(id)}>
              {name}
            </Menu.Item>
          ))
        ) : (
          <>
            <Menu.Label>{open.name}</Menu.Label>
            <ScrollArea.Autosize mah={320} type="auto">
              {choicesOf(open, rows, MOST_CHOICES).map(([text, count]) => (
                <Menu.CheckboxItem
                  key={text}
                  checked={filters[open.id]?.includes(text) ?? false}
                  rightSection={<span className={classes.count}>{formatNumber(count)}</span>}
                  onChange={() => onFilters(toggleFilter(filters, open.id, text))}
                >
                  {text === '' ? words.nothing : text}
                </Menu.CheckboxItem>
              ))}
            </ScrollArea.Autosize>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}

function ColumnMenu<R>({ columns, shown, onShown, pins, onPins }: Props<R>) {
  const pin = (id: string) => onPins(pins.includes(id) ? pins.filter((other) => other !== id) : [...pins, id])
  return (
    <Menu position="bottom-end" closeOnItemClick={false} transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <button type="button" className={classes.tool}>
          <ColumnsIcon size={14} />
          {words.columns}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <ScrollArea.Autosize mah={400} type="auto">
          {columns.map(({ id, name }, index) => (
            <Menu.CheckboxItem
              key={id}
              checked={shown[id] ?? false}
              // The first one names the row.
              disabled={index === 0}
              onChange={() => onShown({ ...shown, [id]: !shown[id] })}
            >
              {name}
            </Menu.CheckboxItem>
          ))}
          <Menu.Divider />
          <Menu.Label>{words.pinned}</Menu.Label>
          {columns.slice(1).map(({ id, name }) => (
            <Menu.CheckboxItem
              key={id}
              checked={pins.includes(id)}
              aria-label={words.pin(name)}
              checkIcon={<PinIcon size={12} />}
              onChange={() => pin(id)}
            >
              {name}
            </Menu.CheckboxItem>
          ))}
        </ScrollArea.Autosize>
      </Menu.Dropdown>
    </Menu>
  )
}
