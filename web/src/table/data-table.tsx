import { useMediaQuery } from '@mantine/hooks'
import {
  columnFilteringFeature,
  columnPinningFeature,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  constructFilterFn,
  constructSortFn,
  createFilteredRowModel,
  createSortedRowModel,
  globalFilteringFeature,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactNode, useDeferredValue, useMemo, useRef, useState } from 'react'
import { csvText } from '../chart/chart-table.ts'
import { fileNameOf, saveFile } from '../chart/save-file.ts'
import { usePageState } from '../frame/page-state.ts'
import { useShortcut } from '../frame/shortcuts.tsx'
import { DownIcon, UpIcon } from '../icons.tsx'
import { cellText, type DataColumn, footText, isRight, tableCells, unitOf } from './data-column.ts'
import classes from './data-table.module.css'
import { TableBar } from './table-bar.tsx'
import {
  nextSort,
  readColumns,
  readFilters,
  readPins,
  readSort,
  type Sort,
  viewFields,
  writeColumns,
  writeFilters,
  writeSort,
} from './table-view.ts'
import { words } from './words.ts'

/** What a row is on a phone: a title and three facts. */
export type RowCard = {
  readonly title: ReactNode
  readonly facts: readonly { readonly name: string; readonly value: ReactNode }[]
}

type Props<R> = {
  /** Of its part of the address: two tables of a page have two. */
  readonly id: string
  /** What the rows are, for those who hear it and for the file: 'Products'. */
  readonly name: string
  /** Made outside of the component, or remembered: the same array as long as nothing has changed. */
  readonly columns: readonly DataColumn<R>[]
  readonly rows: readonly R[]
  readonly rowKey: (row: R) => string
  /** How it is sorted as long as nobody said otherwise; null: as the rows come. */
  readonly sort?: Sort | null
  readonly card?: (row: R) => RowCard
  /** A click on a row, and `Enter`. */
  readonly onOpen?: (row: R) => void
  /** Buttons at the end of a row. */
  readonly actions?: (row: R) => ReactNode
  readonly actionsWidth?: number
  /** The keys of the rows that are chosen, for buttons that act on all of them. */
  readonly selected?: ReadonlySet<string>
  readonly onSelect?: (keys: ReadonlySet<string>) => void
  /** Above the rows, beside the filter. */
  readonly tools?: ReactNode
  /** The most that it takes of the page, as CSS. */
  readonly height?: string
  /** Whether `j`, `k` and `/` are about this table; false where another of the page has them. */
  readonly keys?: boolean
  /** A row that wants to be seen apart. */
  readonly tone?: (row: R) => 'bad' | 'warn' | 'quiet' | undefined
}

const ROW_PX = 36
const CARD_PX = 92
const OVERSCAN = 10
const SELECT_PX = 40

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

/** Numbers by size, texts as people sort them. Rows without a value are last in either direction. */
const byValue = constructSortFn({
  sort: (a: string | number, b: string | number) =>
    typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b)),
})

const features = tableFeatures({
  columnSizingFeature,
  columnResizingFeature,
  columnVisibilityFeature,
  columnPinningFeature,
  columnFilteringFeature,
  globalFilteringFeature,
  rowSortingFeature,
  filteredRowModel: createFilteredRowModel(),
  sortedRowModel: createSortedRowModel(),
})

/**
 * Rows of anything: sorted, filtered, with the columns that one wants, as a file. Only the rows in view are in the page.
 * How it is looked at stands in the address. On a phone a row is a card.
 */
export function DataTable<R extends object>({
  id,
  name,
  columns,
  rows,
  rowKey,
  sort: usual = null,
  card,
  onOpen,
  actions,
  actionsWidth = 120,
  selected,
  onSelect,
  tools,
  height = 'max(320px, calc(100dvh - 260px))',
  keys = true,
  tone,
}: Props<R>) {
  const phone = useMediaQuery('(max-width: 720px)', false, { getInitialValueInEffect: false })
  const [fields] = useState(() => viewFields(id))
  const [said, say] = usePageState(fields)
  const ids = useMemo(() => columns.map((column) => column.id), [columns])
  const sort = useMemo(() => readSort(said[`${id}.sort`], ids) ?? usual, [said, id, ids, usual])
  const filters = useMemo(() => readFilters(said[`${id}.only`], ids), [said, id, ids])
  const shown = useMemo(() => readColumns(said[`${id}.columns`], columns), [said, id, columns])
  const pins = useMemo(() => readPins(said[`${id}.pin`], ids), [said, id, ids])
  // What is typed is seen at once; a hundred thousand rows follow when there is time.
  const find = useDeferredValue(said[`${id}.find`] ?? '')

  const byId = useMemo(() => new Map(columns.map((column) => [column.id, column])), [columns])
  const definitions = useMemo(() => columns.map((column) => definitionOf(column)), [columns])
  const table = useTable({
    features,
    columns: definitions,
    data: rows as readonly Row[],
    getRowId: (row) => rowKey(row as R),
    columnResizeMode: 'onChange',
    enableSortingRemoval: true,
    // A row is looked through as a whole: the library asks for one of its columns.
    getColumnCanGlobalFilter: (column) => column.id === ids[0],
    globalFilterFn: useMemo(() => findIn(columns as readonly DataColumn<Row>[]), [columns]),
    state: {
      sorting: useMemo(() => (sort === null ? [] : [{ ...sort }]), [sort]),
      columnFilters: useMemo(
        () => Object.entries(filters).map(([column, value]) => ({ id: column, value })),
        [filters],
      ),
      globalFilter: find.toLowerCase(),
      columnVisibility: shown,
      columnPinning: useMemo(() => ({ start: pins, end: [] }), [pins]),
    },
  })
  const model = table.getRowModel().rows
  const visible = [...table.getStartVisibleLeafColumns(), ...table.getCenterVisibleLeafColumns()]
  const visibleColumns = visible.map((column) => byId.get(column.id)!)
  const shownRows = useMemo(() => model.map((row) => row.original as R), [model])
  // A scroll draws the table again; a sum of a hundred thousand rows is made once.
  const feet = useMemo(
    () => new Map(columns.map((column) => [column.id, footText(column, shownRows)])),
    [columns, shownRows],
  )

  const scroll = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: model.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => (phone ? CARD_PX : ROW_PX),
    overscan: OVERSCAN,
    getItemKey: (index) => model[index]!.id,
  })
  const [at, setAt] = useState<string | null>(null)
  const atIndex = at === null ? -1 : model.findIndex((row) => row.id === at)

  const goTo = (index: number) => {
    const row = model[Math.min(model.length - 1, Math.max(0, index))]
    if (row === undefined) return
    setAt(row.id)
    virtual.scrollToIndex(Math.min(model.length - 1, Math.max(0, index)))
    requestAnimationFrame(() => rowElement(scroll.current, row.id)?.focus({ preventScroll: true }))
  }
  const findBox = useRef<HTMLInputElement>(null)

  const onKeyDown = (event: KeyboardEvent) => {
    const element = (event.target as HTMLElement).closest<HTMLElement>('[data-row]')
    if (element === null || event.target !== element) return
    const index = model.findIndex((row) => row.id === element.dataset.row)
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }
    if (event.key === 'Enter' && onOpen !== undefined) onOpen(model[index]!.original as R)
    else if (event.key === 'Home') goTo(0)
    else if (event.key === 'End') goTo(model.length - 1)
    else if (event.key === ' ' && onSelect !== undefined) select(element.dataset.row!)
    else if (steps[event.key] !== undefined) goTo(index + steps[event.key]!)
    else return
    event.preventDefault()
  }
  const select = (key: string) => {
    const next = new Set(selected)
    if (!next.delete(key)) next.add(key)
    onSelect?.(next)
  }
  const allSelected = selected !== undefined && model.length > 0 && model.every((row) => selected.has(row.id))
  const selectAll = () => onSelect?.(allSelected ? new Set() : new Set(model.map((row) => row.id)))

  const saveCsv = () => {
    const text = csvText(tableCells(visibleColumns, shownRows))
    saveFile(fileNameOf(name, new Date().toISOString(), 'csv'), new Blob([text], { type: 'text/csv' }))
  }
  const selecting = onSelect !== undefined && selected !== undefined
  const lead = selecting ? SELECT_PX : 0
  const width = lead + table.getTotalSize() + (actions === undefined ? 0 : actionsWidth)
  const place = (column: (typeof visible)[number]) => {
    const pinned = column.getIsPinned() === 'start'
    return {
      style: { width: column.getSize(), ...(pinned ? { left: lead + column.getStart('start') } : {}) },
      'data-pinned': pinned || undefined,
      'data-right': isRight(byId.get(column.id)!) || undefined,
    }
  }
  return (
    <div className={classes.table}>
      {keys && <RowKeys step={(by) => goTo(atIndex + by)} find={() => findBox.current?.focus()} />}
      <TableBar
        name={name}
        columns={columns}
        rows={rows}
        find={said[`${id}.find`] ?? ''}
        onFind={(text) => say({ [`${id}.find`]: text === '' ? undefined : text })}
        findBox={findBox}
        filters={filters}
        onFilters={(next) => say({ [`${id}.only`]: writeFilters(next) })}
        shown={shown}
        onShown={(next) => say({ [`${id}.columns`]: writeColumns(next, columns) })}
        pins={pins}
        onPins={(next) => say({ [`${id}.pin`]: next.slice(1).join(',') || undefined })}
        sort={phone ? sort : null}
        onSort={phone ? (next) => say({ [`${id}.sort`]: writeSort(next) }) : undefined}
        onCsv={saveCsv}
        tools={tools}
      />
      <section
        ref={scroll}
        className={classes.scroll}
        style={{ maxHeight: height }}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard
        tabIndex={0}
        aria-label={name}
      >
        <table
          aria-label={name}
          aria-rowcount={model.length + 1}
          className={classes.grid}
          style={phone ? undefined : { minWidth: width }}
          onKeyDown={onKeyDown}
        >
          {!phone && (
            <thead className={classes.head}>
              <tr aria-rowindex={1} className={classes.headRow}>
                {selecting && (
                  <th scope="col" className={classes.check}>
                    <input type="checkbox" aria-label={words.selectAll} checked={allSelected} onChange={selectAll} />
                  </th>
                )}
                {visible.map((column) => {
                  const { name: title, ...rest } = byId.get(column.id)!
                  const way = sort?.id === column.id ? (sort.desc ? 'descending' : 'ascending') : undefined
                  const header = table.getLeafHeaders().find((one) => one.column.id === column.id)
                  return (
                    <th scope="col" key={column.id} className={classes.headCell} aria-sort={way} {...place(column)}>
                      <button
                        type="button"
                        className={classes.sort}
                        onClick={() => {
                          const next = nextSort(sort, column.id, rest.kind !== undefined && rest.kind !== 'text', usual)
                          say({ [`${id}.sort`]: next === null || next === usual ? undefined : writeSort(next) })
                        }}
                      >
                        <span className={classes.title}>
                          {title} {unitOf(byId.get(column.id)!) !== '' && <span>{unitOf(byId.get(column.id)!)}</span>}
                        </span>
                        {way !== undefined && (sort?.desc ? <DownIcon size={12} /> : <UpIcon size={12} />)}
                      </button>
                      {header !== undefined && (
                        <span
                          className={classes.grip}
                          aria-hidden="true"
                          onPointerDown={header.getResizeHandler()}
                          onDoubleClick={() => column.resetSize()}
                        />
                      )}
                    </th>
                  )
                })}
                {actions !== undefined && (
                  <th scope="col" className={classes.actions} style={{ width: actionsWidth }}>
                    <span className={classes.spoken}>{words.actions}</span>
                  </th>
                )}
              </tr>
            </thead>
          )}
          <tbody className={classes.body} style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map(({ index, key, start }) => {
              const row = model[index]!
              const original = row.original as R
              return (
                <tr
                  key={key}
                  ref={phone ? virtual.measureElement : undefined}
                  data-index={index}
                  data-row={row.id}
                  data-open={onOpen !== undefined || undefined}
                  data-tone={tone?.(original)}
                  aria-rowindex={index + 2}
                  aria-selected={selecting ? selected.has(row.id) : undefined}
                  tabIndex={index === Math.max(0, atIndex) ? 0 : -1}
                  className={phone ? classes.card : classes.row}
                  style={{ transform: `translateY(${start}px)` }}
                  onFocus={() => setAt(row.id)}
                  onClick={(event) => {
                    if (isOwn(event.target as HTMLElement)) onOpen?.(original)
                  }}
                >
                  {selecting && (
                    <td className={classes.check}>
                      <input
                        type="checkbox"
                        aria-label={words.select(cellText(visibleColumns[0]!, original))}
                        checked={selected.has(row.id)}
                        onChange={() => select(row.id)}
                      />
                    </td>
                  )}
                  {phone ? (
                    <Card {...(card ?? ((one: R) => usualCard(visibleColumns, one)))(original)} />
                  ) : (
                    visible.map((column) => (
                      <td key={column.id} className={classes.cell} {...place(column)}>
                        <Cell column={byId.get(column.id)!} row={original} />
                      </td>
                    ))
                  )}
                  {actions !== undefined && (
                    <td className={classes.actions} style={phone ? undefined : { width: actionsWidth }}>
                      {actions(original)}
                    </td>
                  )}
                </tr>
              )
            })}
          </tbody>
          {model.length === 0 && rows.length > 0 && (
            <tbody>
              <tr>
                <td className={classes.none}>
                  {words.noMatch} {words.noMatchWhy}
                </td>
              </tr>
            </tbody>
          )}
          <tfoot className={classes.foot}>
            <tr className={classes.footRow}>
              {phone ? (
                <td className={classes.footFirst}>
                  {countText(model.length, rows.length)}
                  {visibleColumns.map((column) => {
                    const text = feet.get(column.id)
                    return text === '' ? null : (
                      <span key={column.id}>
                        {column.name}: {text} {unitOf(column)}
                      </span>
                    )
                  })}
                </td>
              ) : (
                <>
                  {selecting && <td className={classes.check} />}
                  {visible.map((column, index) => (
                    <td key={column.id} className={classes.footCell} {...place(column)}>
                      {index === 0 ? countText(model.length, rows.length) : feet.get(column.id)}
                    </td>
                  ))}
                  {actions !== undefined && <td className={classes.actions} style={{ width: actionsWidth }} />}
                </>
              )}
            </tr>
          </tfoot>
        </table>
      </section>
    </div>
  )
}

// biome-ignore lint/suspicious/noExplicitAny: the library takes rows that are records, whatever is in them
type Row = Record<string, any>

function definitionOf<R>(column: DataColumn<R>) {
  return {
    id: column.id,
    accessorFn: (row: Row) => column.value(row as R) ?? undefined,
    header: column.name,
    size: column.width ?? (isRight(column) ? 120 : 180),
    minSize: 64,
    sortFn: byValue,
    sortUndefined: 'last' as const,
    filterFn: constructFilterFn({
      filter: (_: unknown, texts: readonly string[], row: { original: unknown }) =>
        texts.includes(cellText(column, row.original as R)),
    }),
  }
}

/** In which column it stands is no matter. What a row says is written once, and looked through with every key. */
function findIn(columns: readonly DataColumn<Row>[]) {
  const texts = new WeakMap<Row, string>()
  const textOf = (row: Row): string => {
    const known = texts.get(row)
    if (known !== undefined) return known
    const text = columns.map((column) => cellText(column, row).toLowerCase()).join('\n')
    texts.set(row, text)
    return text
  }
  return constructFilterFn({
    filter: (_: unknown, text: string, row: { original: unknown }) => textOf(row.original as Row).includes(text),
    autoRemove: (text: unknown) => text === '',
  })
}

const countText = (shown: number, all: number): string => (shown === all ? words.rows(all) : words.rowsOf(shown, all))

const rowElement = (scroll: HTMLElement | null, key: string): HTMLElement | null =>
  [...(scroll?.querySelectorAll<HTMLElement>('[data-row]') ?? [])].find(({ dataset }) => dataset.row === key) ?? null

/** Not on something in the row that does something itself. */
const isOwn = (target: HTMLElement): boolean => target.closest('a, button, input, label, select') === null

type RowKeysProps = { readonly step: (by: 1 | -1) => void; readonly find: () => void }

function RowKeys({ step, find }: RowKeysProps) {
  useShortcut('j', words.nextRow, () => step(1))
  useShortcut('k', words.rowBefore, () => step(-1))
  useShortcut('/', words.findKey, find)
  return null
}

function Cell<R>({ column, row }: { readonly column: DataColumn<R>; readonly row: R }) {
  if (column.show !== undefined) return column.show(row)
  const text = cellText(column, row)
  return text === '' ? <span className={classes.nothing}>—</span> : <span title={text}>{text}</span>
}

const Card = ({ title, facts }: RowCard) => (
  <td className={classes.cardBody}>
    <p className={classes.cardTitle}>{title}</p>
    <dl className={classes.facts}>
      {facts.slice(0, 3).map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  </td>
)

function usualCard<R>([first, ...others]: readonly DataColumn<R>[], row: R): RowCard {
  const facts = others.slice(0, 3).map((column) => ({ name: column.name, value: <Cell column={column} row={row} /> }))
  return { title: first && <Cell column={first} row={row} />, facts }
}
